import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** A package that a program depends on. */
export interface ProgramDependency {
  readonly name: string;
  /** The installed version. */
  readonly version: string;
}

/** The direct dependencies of the package that a folder belongs to, as far as they are installed; sorted by name. */
export function programDependencies(folder: string): readonly ProgramDependency[] {
  const file = packageFile(folder);
  if (file === null) return [];
  const { dependencies = {} } = readJson(file) as { dependencies?: Record<string, string> };
  const { resolve } = createRequire(file);
  return Object.keys(dependencies)
    .sort()
    .flatMap((name) => {
      try {
        const { version } = readJson(resolve(`${name}/package.json`)) as { version: string };
        return [{ name, version }];
      } catch {
        // Not installed, or it does not show its package.json.
        return [];
      }
    });
}

function packageFile(folder: string): string | null {
  for (let at = folder; ; at = dirname(at)) {
    const file = join(at, "package.json");
    if (existsSync(file)) return file;
    if (dirname(at) === at) return null;
  }
}

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(file, "utf8"));
}
