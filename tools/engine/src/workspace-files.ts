import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, readlinkSync, lstatSync } from "node:fs";
import { join, relative, resolve, sep } from "node:path";

import { compareText } from "@atoll/core";

const NEVER = new Set(["node_modules", ".git", ".atoll", ".nx"]);

/**
 * Absolute paths of the files of a folder that git does not ignore, tracked or not, sorted. Without git, all files but
 * dependencies and Atoll's own.
 */
export function listFiles(folder: string): readonly string[] {
  return (listByGit(folder) ?? listByWalking(folder)).sort(compareText);
}

function listByGit(folder: string): string[] | undefined {
  try {
    const git = (...args: readonly string[]) =>
      execFileSync("git", args, {
        cwd: folder,
        encoding: "utf8",
        stdio: ["ignore", "pipe", "ignore"],
        maxBuffer: 2 ** 28,
      });
    // A copy inside an ignored folder of another checkout is not that checkout's: git would list nothing.
    if (resolve(git("rev-parse", "--show-toplevel").trim()) !== resolve(folder)) return undefined;
    const listed = git("ls-files", "-z", "--cached", "--others", "--exclude-standard");
    const paths = listed.split("\0").filter((path) => path !== "");
    return [...new Set(paths)].map((path) => join(folder, path));
  } catch {
    return undefined;
  }
}

function listByWalking(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (NEVER.has(entry.name)) return [];
    const path = join(folder, entry.name);
    return entry.isDirectory() ? listByWalking(path) : [path];
  });
}

/** One hash for the names and contents of files. A file that is listed and gone counts as gone. */
export function digestFiles(root: string, files: readonly string[]): string {
  const hash = createHash("sha256");
  for (const file of files) {
    hash.update(`${relative(root, file).split(sep).join("/")}\0`);
    hash.update(contentOf(file));
    hash.update("\0");
  }
  return hash.digest("hex");
}

function contentOf(file: string): string | Buffer {
  try {
    if (lstatSync(file).isSymbolicLink()) return `link ${readlinkSync(file)}`;
    return createHash("sha256").update(readFileSync(file)).digest();
  } catch {
    return "gone";
  }
}
