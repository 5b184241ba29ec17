import { compareText, type Problem } from "@atoll/core";

/**
 * Says that the base would have run with other dependencies: its program is run with what the working tree has
 * installed. Code `BASE_DEPENDENCIES_DIFFER`, a warning.
 *
 * @param base text of the base's `package-lock.json`; null when it has none
 * @param head text of the working tree's
 */
export function lockfileProblem(base: string | null, head: string | null): Problem | undefined {
  if (base === head) return undefined;
  const differing = differingPackages(versionsIn(base), versionsIn(head));
  if (differing.length === 0) return undefined;
  return {
    code: "BASE_DEPENDENCIES_DIFFER",
    severity: "warning",
    path: "package-lock.json",
    message: "The base has other dependencies; both sides were previewed with the working tree's.",
    got: differing,
    expected: "the same installed packages on both sides",
    fix: "Read changes that could come from these packages with care, or preview the base in a clone of its own.",
  };
}

/** Versions of the packages at the top of `node_modules`, by name. */
function versionsIn(text: string | null): ReadonlyMap<string, string> {
  if (text === null) return new Map();
  let packages: Record<string, { readonly version?: string; readonly link?: boolean }> = {};
  try {
    ({ packages = {} } = JSON.parse(text) as { packages?: typeof packages });
  } catch {
    // A lockfile that cannot be read names no packages: all of the other side's then differ.
  }
  const prefix = "node_modules/";
  return new Map(
    Object.entries(packages).flatMap(([path, { version, link }]): [string, string][] => {
      const name = path.slice(prefix.length);
      const isTop = path.startsWith(prefix) && !name.includes(prefix);
      return isTop && link !== true ? [[name, version ?? ""]] : [];
    }),
  );
}

function differingPackages(
  base: ReadonlyMap<string, string>,
  head: ReadonlyMap<string, string>,
): readonly string[] {
  const names = [...new Set([...base.keys(), ...head.keys()])].sort(compareText);
  return names.flatMap((name) => {
    const [was, is] = [base.get(name) ?? "none", head.get(name) ?? "none"];
    return was === is ? [] : [`${name} ${was} → ${is}`];
  });
}
