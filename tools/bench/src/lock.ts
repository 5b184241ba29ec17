import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

/** How often a held lock is looked at, in milliseconds. */
const POLL_MS = 500;

/** Runs an action while holding a lock file; waits for whoever holds it, and takes over from a process that is gone. */
export async function withLock(
  file: string,
  progress: (line: string) => void,
  action: () => void,
): Promise<void> {
  let waiting = false;
  while (!take(file)) {
    if (isStale(file)) {
      rmSync(file, { force: true });
      continue;
    }
    if (!waiting) {
      progress(`waiting for another bench that holds ${file}`);
      waiting = true;
    }
    await sleep(POLL_MS);
  }
  try {
    action();
  } finally {
    rmSync(file, { force: true });
  }
}

function take(file: string): boolean {
  try {
    writeFileSync(file, String(process.pid), { flag: "wx" });
    return true;
  } catch (error) {
    if (isCode(error, "EEXIST")) {
      return false;
    }
    throw error;
  }
}

/** True when the lock's process no longer runs. An empty file is being written at this moment. */
export function isStale(file: string): boolean {
  try {
    const pid = Number(readFileSync(file, "utf8"));
    if (pid > 0) {
      process.kill(pid, 0);
    }
    return false;
  } catch (error) {
    // ENOENT: released in between. EPERM: it runs, as somebody else.
    return isCode(error, "ESRCH");
  }
}

function isCode(error: unknown, code: string): boolean {
  return typeof error === "object" && error !== null && "code" in error && error.code === code;
}
