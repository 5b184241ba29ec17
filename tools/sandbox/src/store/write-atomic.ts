import {
  closeSync,
  fstatSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  writevSync,
  type BigIntStats,
} from "node:fs";
import { dirname } from "node:path";

import { AtollError } from "@atoll/core";

/**
 * Writes a file beside its place and renames it into it, so that a reader sees the old text or the new one, never half
 * of one. The result is what the file system says of the new file.
 *
 * @throws AtollError `SANDBOX_NOT_WRITTEN` when there is no room or no right to; the old file is left as it was
 */
export function writeAtomic(file: string, content: string | readonly Buffer[]): BigIntStats {
  const temporary = `${file}.${String(process.pid)}.tmp`;
  try {
    mkdirSync(dirname(file), { recursive: true });
    const descriptor = openSync(temporary, "w", 0o600);
    try {
      writeAll(descriptor, typeof content === "string" ? [Buffer.from(content)] : content);
      renameSync(temporary, file);
      return fstatSync(descriptor, { bigint: true });
    } finally {
      closeSync(descriptor);
    }
  } catch (cause) {
    rmSync(temporary, { force: true });
    const { code, message } = cause as NodeJS.ErrnoException;
    if (code === undefined) throw cause;
    const why = code === "ENOSPC" ? "the disk is full" : message;
    throw new AtollError(
      "SANDBOX_NOT_WRITTEN",
      `${file} could not be written: ${why}. The file is as it was before; make room and run again.`,
      { cause },
    );
  }
}

function writeAll(descriptor: number, pieces: readonly Buffer[]): void {
  let left = pieces;
  while (left.length > 0) {
    let written = writevSync(descriptor, left);
    let whole = 0;
    // The system may take less than all of it: what is left starts in the middle of a piece.
    for (const piece of left) {
      if (piece.length > written) break;
      written -= piece.length;
      whole += 1;
    }
    const [cut, ...rest] = left.slice(whole);
    left = cut === undefined ? [] : [cut.subarray(written), ...rest];
  }
}
