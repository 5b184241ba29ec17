import { hostname } from "node:os";

import { AtollError } from "@atoll/core";

import type { LedgerHolder } from "./ledger-store.ts";

/** Whether whoever holds a lock still runs: `unknown` on another machine. */
export type HolderLife = "alive" | "gone" | "unknown";

/** Looks whether a process of this machine runs. */
export function lifeOf({ host, pid }: { readonly host: string; readonly pid: number }): HolderLife {
  if (host !== hostname()) return "unknown";
  try {
    process.kill(pid, 0);
    return "alive";
  } catch (error) {
    // It runs, but belongs to someone else.
    return (error as NodeJS.ErrnoException).code === "EPERM" ? "alive" : "gone";
  }
}

/** Reads what a holder left about itself; null when that is damaged. */
export function parseHolder(json: string): LedgerHolder | null {
  try {
    const value = JSON.parse(json) as LedgerHolder;
    return typeof value.pid === "number" && typeof value.host === "string" ? value : null;
  } catch {
    return null;
  }
}

/** Says who holds a lock, and whether they still run. */
export function explainHolder(holder: LedgerHolder, life: HolderLife): string {
  const { command, user, host, pid, since } = holder;
  const said = {
    alive: "it is running",
    gone: "it is gone: the lock is stale",
    unknown: "on another machine: whether it runs cannot be seen from here",
  };
  return `\`${command}\` of ${user}@${host}, process ${String(pid)}, since ${since} (${said[life]})`;
}

/** The refusal of a second run. `RUN_IN_PROGRESS` */
export function runInProgress(
  location: string,
  holder: LedgerHolder | null,
  fix: string,
): AtollError {
  const who = holder === null ? "another run" : explainHolder(holder, lifeOf(holder));
  return new AtollError(
    "RUN_IN_PROGRESS",
    `The run ledger ${location} is held by ${who}: one run at a time works on an organization. ${fix}`,
  );
}
