import { existsSync, globSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";

/**
 * Gives a checkout a `node_modules` of its own: every entry links to the working tree's installed package, except the
 * workspace's packages, which link to the checkout's own folders. A link to the whole folder would load the working
 * tree's workspace packages instead of the checkout's.
 *
 * @param installed the working tree's `node_modules`
 * @param checkout folder of the checkout; its own `package.json` says which packages are the workspace's
 */
export function linkModules(installed: string, checkout: string): void {
  const target = join(checkout, "node_modules");
  const own = workspacePackages(checkout);
  // A package that only the working tree's workspace has is left out too: linking it would mix the two.
  const others = workspacePackages(dirname(installed));
  mkdirSync(target, { recursive: true });
  for (const name of installedNames(installed)) {
    if (!own.has(name) && !others.has(name)) link(join(installed, name), join(target, name));
  }
  for (const [name, folder] of own) link(folder, join(target, name));
  // Generated tables are kept by the hash of what they are made of, so both sides can share them.
  const cache = join(installed, ".cache");
  mkdirSync(cache, { recursive: true });
  link(cache, join(target, ".cache"));
}

/** Folders of a workspace's packages by the packages' names. */
function workspacePackages(root: string): ReadonlyMap<string, string> {
  const { workspaces = [] } = readManifest(join(root, "package.json"));
  const patterns = "packages" in workspaces ? workspaces.packages : workspaces;
  const found = patterns.flatMap((pattern) => globSync(pattern, { cwd: root }));
  const packages = [...new Set(found)].sort().flatMap((folder): [string, string][] => {
    const manifest = join(root, folder, "package.json");
    if (!existsSync(manifest)) return [];
    const { name } = readManifest(manifest);
    return name === undefined ? [] : [[name, join(root, folder)]];
  });
  return new Map(packages);
}

interface Manifest {
  readonly name?: string;
  readonly workspaces?: readonly string[] | { readonly packages: readonly string[] };
}

function readManifest(file: string): Manifest {
  return JSON.parse(readFileSync(file, "utf8")) as Manifest;
}

/** Names of what is installed, those of scopes one by one; hidden entries are npm's own. */
function installedNames(folder: string): readonly string[] {
  const entries = readdirSync(folder).filter((entry) => !entry.startsWith("."));
  return entries.flatMap((entry) =>
    entry.startsWith("@")
      ? readdirSync(join(folder, entry)).map((name) => `${entry}/${name}`)
      : [entry],
  );
}

function link(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true });
  symlinkSync(from, to);
}
