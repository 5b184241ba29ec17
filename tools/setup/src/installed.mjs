import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { nodeIn } from "./node-binary.mjs";

/** @type {(root: string) => string} It lies in node_modules, so that it goes away with what it speaks of. */
const stampOf = (root) => join(root, "node_modules/.atoll-installed.json");

/**
 * What node_modules must have been made from: the lockfile, on this kind of machine.
 * @type {(root: string) => string}
 */
function wanted(root) {
  const lockfile = readFileSync(join(root, "package-lock.json"));
  const sha256 = createHash("sha256").update(lockfile).digest("hex");
  return `${JSON.stringify({ lockfile: sha256, platform: process.platform, arch: process.arch })}\n`;
}

/**
 * True when node_modules is what the lockfile says. Reads two small files: it is asked at every start.
 * @type {(root: string) => boolean}
 */
export function isInstalled(root) {
  const stamp = stampOf(root);
  return (
    existsSync(stamp) && existsSync(nodeIn(root)) && readFileSync(stamp, "utf8") === wanted(root)
  );
}

/** @type {(root: string) => void} Says that node_modules is what the lockfile says. */
export function markInstalled(root) {
  const draft = `${stampOf(root)}.${String(process.pid)}`;
  mkdirSync(join(root, "node_modules"), { recursive: true });
  writeFileSync(draft, wanted(root));
  renameSync(draft, stampOf(root));
}

/** @type {(root: string) => void} Takes that back, before anything in node_modules changes. */
export function unmarkInstalled(root) {
  rmSync(stampOf(root), { force: true });
}

/**
 * @typedef {{ version?: string, integrity?: string, resolved?: string, link?: boolean, optional?: boolean }} Entry
 */

/**
 * True when somebody else's `npm install` has put into node_modules what the lockfile says. npm writes what it
 * installed into a lockfile of its own there, as the last thing it does.
 * @type {(root: string) => boolean}
 */
export function matchesLockfile(root) {
  const present = packagesIn(join(root, "node_modules/.package-lock.json"));
  if (present === undefined) return false;
  const expected = Object.entries(packagesIn(join(root, "package-lock.json")) ?? {});
  return expected.every(([path, entry]) => {
    if (!path.startsWith("node_modules/") && !path.includes("/node_modules/")) return true;
    const found = present[path];
    // An optional package may be for another kind of machine.
    if (found === undefined) return entry.optional === true;
    return isSame(entry, found) && existsSync(join(root, path));
  });
}

/** @type {(file: string) => Record<string, Entry> | undefined} */
function packagesIn(file) {
  try {
    const lockfile = /** @type {{ packages?: Record<string, Entry> }} */ (
      JSON.parse(readFileSync(file, "utf8"))
    );
    return lockfile.packages;
  } catch {
    return undefined;
  }
}

/** @type {(a: Entry, b: Entry) => boolean} */
const isSame = (a, b) =>
  a.version === b.version &&
  a.integrity === b.integrity &&
  a.link === b.link &&
  (a.link !== true || a.resolved === b.resolved);

/** @type {(root: string) => number} How many packages the lockfile names. */
export function packageCount(root) {
  return Object.keys(packagesIn(join(root, "package-lock.json")) ?? {}).length;
}
