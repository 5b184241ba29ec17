# Sourced by the scripts beside it, after they set $here to their own folder: sets $node to a Node that runs TypeScript.
root=$(CDPATH='' cd -P "$here/../../.." && pwd) || exit 3
node="$root/node_modules/node/bin/node"
if [ ! -x "$node" ]; then
  node=$(command -v node) || node=
  check='const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 22 || (a === 22 && b >= 18) ? 0 : 1)'
  if [ -z "$node" ] || ! "$node" -e "$check" 2>/dev/null; then
    echo "atoll: needs Node 22.18 or newer (Node 24 is best). Run \`npm ci\` in $root: it brings Node 24 along." >&2
    exit 3
  fi
fi

# Compiled code is kept between runs; the user's own choice comes first.
: "${NODE_COMPILE_CACHE:=$root/node_modules/.cache/atoll/compile}"
export NODE_COMPILE_CACHE
