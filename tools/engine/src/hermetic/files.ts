import fs from "node:fs";
import fsPromises from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";

import { ADVICE, dependencies, guardFunction, type HermeticOptions } from "./guard.ts";

/** Functions of `fs` whose first argument is a path that is read, listed or looked for. */
const READERS = ["readFile", "open", "opendir", "readdir", "readlink", "stat", "lstat", "access"];

export function installFiles(): void {
  const refuse = (args: readonly unknown[], options: HermeticOptions): boolean => {
    const target = args[0];
    if (options.files === null || typeof target === "number") return false;
    const path = target instanceof URL ? fileURLToPath(target) : resolve(String(target));
    return !isCovered(path, options.files) && !path.includes("/node_modules/");
  };
  const guard = (owner: object, name: string) => {
    const what = `what is not part of the workspace (fs.${name})`;
    guardFunction(owner, name, what, ADVICE.file, dependencies, refuse);
  };
  const others = ["createReadStream", "existsSync", "exists"];
  for (const name of [...READERS, ...READERS.map((each) => `${each}Sync`), ...others])
    guard(fs, name);
  for (const name of READERS) guard(fsPromises, name);
}

let folders: { readonly of: ReadonlySet<string>; readonly paths: ReadonlySet<string> } | undefined;

/** True for a file that the cache's key covers, and for a folder that holds one. */
function isCovered(path: string, files: ReadonlySet<string>): boolean {
  if (files.has(path)) return true;
  if (folders?.of !== files) {
    const paths = new Set<string>();
    for (const file of files) {
      for (let folder = dirname(file); !paths.has(folder); folder = dirname(folder))
        paths.add(folder);
    }
    folders = { of: files, paths };
  }
  return folders.paths.has(path);
}
