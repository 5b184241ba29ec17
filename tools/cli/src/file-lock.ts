import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { AtollError } from "@atoll/core";

import type { Cleanup } from "./cleanup.ts";

/** Between two tries to get the lock. */
const RETRY_MILLISECONDS = 50;

/**
 * Runs an action while holding a lock: a file that only one process can create, with its process id in it. The lock of
 * a process that was killed is reported and not taken over: two that take it over at once would both have it.
 *
 * @param options.waitMilliseconds how long to wait for another process; @default 10,000
 * @throws AtollError `LOCK_HELD` when the other process holds on to it, or is gone without removing it
 */
export async function withFileLock<T>(
  file: string,
  action: () => T | Promise<T>,
  options: { readonly cleanup: Cleanup; readonly waitMilliseconds?: number },
): Promise<T> {
  mkdirSync(dirname(file), { recursive: true });
  const until = performance.now() + (options.waitMilliseconds ?? 10_000);
  while (!tryLock(file)) {
    const holder = holderOf(file);
    const isGone = holder !== undefined && !isRunning(holder);
    if (isGone || performance.now() > until) {
      const who = `process ${String(holder ?? "unknown")}${isGone ? ", which was stopped," : ""}`;
      throw new AtollError("LOCK_HELD", `${who} holds ${file}: remove that file and try again`);
    }
    await sleep(RETRY_MILLISECONDS);
  }
  const unlock = options.cleanup.add(() => {
    rmSync(file, { force: true });
  });
  try {
    return await action();
  } finally {
    unlock();
  }
}

function tryLock(file: string): boolean {
  try {
    const descriptor = openSync(file, "wx");
    writeSync(descriptor, String(process.pid));
    closeSync(descriptor);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

/** Undefined between the file's creation and its first byte: its holder is alive then. */
function holderOf(file: string): number | undefined {
  try {
    const id = Number(readFileSync(file, "utf8"));
    return Number.isInteger(id) && id > 0 ? id : undefined;
  } catch {
    return undefined;
  }
}

function isRunning(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    // It runs, but belongs to someone else.
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
