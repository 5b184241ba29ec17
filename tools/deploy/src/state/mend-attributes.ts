import { readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";

import { backendFolder, lockFolder } from "./backend-file.ts";
import type { StackAccess } from "./stack-access.ts";

/** Ends the name of the file with which Pulumi's `file://` backend describes the one beside it. */
const ATTRIBUTES = ".attrs";

/**
 * Removes what a killed Pulumi has left half-written beside the states of a project and the locks of a stack in a
 * `file://` backend. States themselves are written in one step, but not the files that describe them, and with such a
 * file cut off Pulumi reads no state at all (`failed to load checkpoint: EOF`). It goes on without one.
 *
 * source: gocloud.dev/blob/fileblob `attrs.go` (`setAttrs`, `getAttrs`) as of Pulumi 3.259.0, read 2026-11-27
 * @returns the files that were removed, sorted
 */
export function mendAttributes(access: StackAccess): readonly string[] {
  const folder = backendFolder(access.backendUrl);
  if (folder === undefined) return [];
  const folders = [join(folder, ".pulumi", "stacks", access.project), lockFolder(folder, access)];
  const damaged = folders
    .flatMap(filesIn)
    .filter((file) => file.endsWith(ATTRIBUTES) && isCut(file));
  for (const file of damaged) rmSync(file, { force: true });
  return damaged.sort();
}

function filesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).map((name) => join(folder, name));
  } catch {
    // Nothing was deployed yet.
    return [];
  }
}

function isCut(file: string): boolean {
  try {
    JSON.parse(readFileSync(file, "utf8"));
    return false;
  } catch (error) {
    return error instanceof SyntaxError;
  }
}
