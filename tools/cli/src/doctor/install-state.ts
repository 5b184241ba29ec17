import { compareText } from "@atoll/core";

import { plural } from "../render/table.ts";

/**
 * How what is installed departs from the lockfile, in words; empty when it does not. Packages for other machines may be
 * missing.
 *
 * @param lockfile text of `package-lock.json`
 * @param installed text of `node_modules/.package-lock.json`, which npm writes
 */
export function installProblems(
  lockfile: string | null,
  installed: string | null,
): readonly string[] {
  if (lockfile === null) return ["there is no package-lock.json"];
  if (installed === null) return ["nothing is installed"];
  const wanted = packagesOf(lockfile);
  const present = packagesOf(installed);
  if (wanted === undefined) return ["package-lock.json cannot be read"];
  if (present === undefined) return ["node_modules/.package-lock.json cannot be read"];
  const paths = Object.keys(wanted).filter((path) => path.includes("node_modules/"));
  const missing = paths.filter((path) => {
    const { optional, devOptional } = wanted[path] ?? {};
    return present[path] === undefined && optional !== true && devOptional !== true;
  });
  const other = paths.filter((path) => {
    const [want, have] = [wanted[path], present[path]];
    return have !== undefined && want?.link !== true && want?.version !== have.version;
  });
  return [...describe("missing", missing), ...describe("at another version", other)];
}

interface LockedPackage {
  readonly version?: string;
  readonly link?: boolean;
  readonly optional?: boolean;
  readonly devOptional?: boolean;
}

function packagesOf(text: string): Readonly<Record<string, LockedPackage>> | undefined {
  try {
    const { packages } = JSON.parse(text) as { packages?: Record<string, LockedPackage> };
    return packages;
  } catch {
    return undefined;
  }
}

function describe(what: string, paths: readonly string[]): readonly string[] {
  if (paths.length === 0) return [];
  const names = paths.map((path) => path.replace(/^.*node_modules\//, "")).sort(compareText);
  const shown = names.slice(0, 3).join(", ");
  const rest = names.length > 3 ? ` and ${String(names.length - 3)} more` : "";
  return [`${plural(names.length, "package")} ${what}: ${shown}${rest}`];
}
