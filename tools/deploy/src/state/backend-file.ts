import { readFileSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { gunzipSync, zstdDecompressSync } from "node:zlib";

import type { StackAccess } from "./stack-access.ts";

/** How Pulumi compresses a state file, by the end of its name. */
const ENDINGS: Readonly<Record<string, (bytes: Buffer) => Buffer>> = {
  ".json": (bytes) => bytes,
  ".json.gz": gunzipSync,
  ".json.zst": zstdDecompressSync,
};

/** The folder of a `file://` backend; undefined for every other kind. */
export function backendFolder(backendUrl: string): string | undefined {
  if (!backendUrl.startsWith("file://")) return undefined;
  const path = decodeURIComponent(backendUrl.slice("file://".length).replace(/\?.*$/u, ""));
  return path.startsWith("~") ? join(homedir(), path.slice(1)) : path;
}

/** A stack's state file, as it is on disk. */
export interface StateFile {
  readonly file: string;
  /** The text, decompressed on demand: throws what the decompression throws. */
  readonly text: () => string;
}

/** Finds a stack's state file: of several, the one written last, as Pulumi does. Undefined where there is none. */
export function findStateFile(folder: string, access: StackAccess): StateFile | undefined {
  const base = join(folder, ".pulumi", "stacks", access.project, access.stack);
  const found = Object.entries(ENDINGS)
    .map(([ending, open]) => ({ file: `${base}${ending}`, open }))
    .map((each) => ({ ...each, time: statSync(each.file, { throwIfNoEntry: false })?.mtimeMs }))
    .filter(({ time }) => time !== undefined)
    .sort((a, b) => (b.time ?? 0) - (a.time ?? 0));
  const [newest] = found;
  if (newest === undefined) return undefined;
  return { file: newest.file, text: () => newest.open(readFileSync(newest.file)).toString("utf8") };
}

/** Folder of a stack's locks in a `file://` backend. */
export function lockFolder(folder: string, { project, stack }: StackAccess): string {
  return join(folder, ".pulumi", "locks", "organization", project, stack);
}
