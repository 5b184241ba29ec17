import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";

import { AtollError } from "@atoll/core";

/** How long a process waits for another one, in milliseconds. Calls hold a lock for a few of them. */
const PATIENCE_MILLISECONDS = 30_000;

const open = new Map<string, DatabaseSync>();

/**
 * Runs a short, synchronous action while no other process does so under the same lock file. The lock is SQLite's on
 * that file, which the kernel lets go of when its holder dies, so a killed process leaves nothing behind. Not reentrant.
 *
 * @throws AtollError `SANDBOX_LOCKED` when another process holds it for 30 seconds; what the action throws
 */
export function withAccountLock<T>(file: string, action: () => T): T {
  const database = databaseOf(file);
  try {
    database.exec("BEGIN EXCLUSIVE");
  } catch (cause) {
    throw new AtollError(
      "SANDBOX_LOCKED",
      `Another process has held ${file} for ${String(PATIENCE_MILLISECONDS / 1000)} seconds: see which one with ` +
        `\`fuser ${file}\`, let it finish or stop it.`,
      { cause },
    );
  }
  try {
    return action();
  } finally {
    database.exec("ROLLBACK");
  }
}

function databaseOf(file: string): DatabaseSync {
  const known = open.get(file);
  if (known !== undefined) return known;
  mkdirSync(dirname(file), { recursive: true });
  const database = new DatabaseSync(file, { timeout: PATIENCE_MILLISECONDS });
  open.set(file, database);
  return database;
}
