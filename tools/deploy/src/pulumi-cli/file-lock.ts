import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as sleep } from "node:timers/promises";

import { AtollError } from "@atoll/core";

/** Between two tries to get the lock. */
const RETRY_MILLISECONDS = 100;

/** SQLite's result codes for a lock that someone else holds; the upper bytes say more and do not matter here. */
const HELD = new Set([5, 6]);

/** How to wait for a lock. */
export interface FileLockOptions {
  /** Called once, when another process or another caller holds the lock. */
  readonly onWait?: () => void;
  /** Stops the waiting: the call rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

/**
 * Runs an action while holding a lock on a file, which is made if need be and stays behind, empty. The lock is the
 * kernel's: it is gone with the process that held it, however that process ended. It keeps out other processes and
 * other callers in this one. The file must not be opened by anything else, nor be on a network file system without
 * locks.
 *
 * @throws AtollError `LOCK_FILE_UNUSABLE` when the file cannot be made or locked; what the action throws
 */
export async function withFileLock<T>(
  file: string,
  options: FileLockOptions,
  run: () => T | Promise<T>,
): Promise<T> {
  const database = open(file);
  try {
    let waits = false;
    while (!tryLock(database, file)) {
      if (!waits) options.onWait?.();
      waits = true;
      await sleep(RETRY_MILLISECONDS, undefined, { signal: options.signal }).catch(() => undefined);
      options.signal?.throwIfAborted();
    }
    return await run();
  } finally {
    // Ends the transaction too.
    database.close();
  }
}

function open(file: string): DatabaseSync {
  try {
    mkdirSync(dirname(file), { recursive: true });
    return new DatabaseSync(file);
  } catch (cause) {
    throw unusable(file, cause);
  }
}

function tryLock(database: DatabaseSync, file: string): boolean {
  try {
    database.exec("BEGIN EXCLUSIVE");
    return true;
  } catch (cause) {
    const { errcode } = cause as { errcode?: number };
    if (errcode !== undefined && HELD.has(errcode & 0xff)) return false;
    throw unusable(file, cause);
  }
}

function unusable(file: string, cause: unknown): AtollError {
  const message = cause instanceof Error ? cause.message : String(cause);
  return new AtollError("LOCK_FILE_UNUSABLE", `${file} cannot be locked: ${message}`, { cause });
}
