import { readdirSync, readFileSync } from "node:fs";

/**
 * The `Pss` line of `/proc/<pid>/smaps_rollup`, in KiB; null where the text has none. PSS counts a page that n
 * processes share as 1/n in each, so the sum over a process tree counts every page once.
 */
export function parsePssKiB(smapsRollup: string): number | null {
  const match = /^Pss:\s+(\d+) kB$/m.exec(smapsRollup);
  return match?.[1] === undefined ? null : Number(match[1]);
}

/** Process ids out of `/proc/<pid>/task/<tid>/children`. */
export function parseChildren(text: string): readonly number[] {
  return text
    .split(" ")
    .filter((part) => part.trim() !== "")
    .map(Number);
}

/** The process and everything below it. Children belong to the thread that started them, so every thread is asked. */
export function processTree(root: number): readonly number[] {
  const tree = [root];
  // The list grows while it is walked; a process that has just ended answers with nothing.
  for (const pid of tree) {
    for (const thread of attempt(() => readdirSync(`/proc/${pid}/task`), [])) {
      const path = `/proc/${pid}/task/${thread}/children`;
      tree.push(...parseChildren(attempt(() => readFileSync(path, "utf8"), "")));
    }
  }
  return tree;
}

/** PSS of the whole process tree at this moment, in KiB. */
export function treePssKiB(root: number): number {
  return processTree(root).reduce((sum, pid) => {
    const text = attempt(() => readFileSync(`/proc/${pid}/smaps_rollup`, "utf8"), "");
    return sum + (parsePssKiB(text) ?? 0);
  }, 0);
}

/** True where the kernel offers what the measurement reads (Linux). */
export function canReadMemory(): boolean {
  return treePssKiB(process.pid) > 0 && attempt(() => readChildren(), null) !== null;
}

function readChildren(): string {
  return readFileSync(`/proc/${process.pid}/task/${process.pid}/children`, "utf8");
}

/** Processes come and go between two reads, so a failed read is an answer too. */
function attempt<T>(read: () => T, otherwise: T): T {
  try {
    return read();
  } catch {
    return otherwise;
  }
}
