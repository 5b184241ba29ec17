import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { AtollError } from "@atoll/core";

import { lifeOf, type HolderLife } from "../ledger/lock-holder.ts";
import { backendFolder, lockFolder } from "../state/backend-file.ts";
import { mendAttributes } from "../state/mend-attributes.ts";
import { runPulumi } from "../state/run-pulumi.ts";
import type { StackAccess } from "../state/stack-access.ts";

/** A lock that Pulumi holds, or left behind, on a stack. */
export interface StackLock {
  readonly pid: number;
  readonly host: string;
  readonly user: string;
  /** ISO 8601. */
  readonly since: string;
  /** Whether its process still runs; `unknown` on another machine. */
  readonly life: HolderLife;
}

/**
 * Looks at Pulumi's locks on a stack.
 *
 * @returns null where the backend's locks cannot be looked at: Pulumi's own error names the holder there, see
 *   `parseLockError`
 */
export function readStackLocks(access: StackAccess): readonly StackLock[] | null {
  const folder = backendFolder(access.backendUrl);
  if (folder === undefined) return null;
  const locks = lockFolder(folder, access);
  if (!existsSync(locks)) return [];
  return readdirSync(locks)
    .filter((name) => name.endsWith(".json"))
    .flatMap((name) => readLock(join(locks, name)));
}

/** The holders that Pulumi's error about a locked stack names; empty for any other text. */
export function parseLockError(text: string): readonly StackLock[] {
  const lines = text.matchAll(/created by (.*)@(\S*) \(pid (\d+)\) at (\S+)/gu);
  return [...lines].map(([, user = "", host = "", pid = "", since = ""]) =>
    withLife({ pid: Number(pid), host, user, since }),
  );
}

/** The error of a stack that is locked: who holds it, and the one command that clears it. `STACK_LOCKED` */
export function stackLocked(
  { stack, pulumi }: StackAccess,
  locks: readonly StackLock[],
): AtollError {
  const option = pulumi.env["ATOLL_TARGET"] === "sandbox" ? " --sandbox" : "";
  const who = locks.map(
    ({ user, host, pid, since, life }) =>
      `${user}@${host}, process ${String(pid)}, since ${since} (${SAID[life]})`,
  );
  const fix = locks.some(({ life }) => life === "alive")
    ? "Wait for it, or stop it."
    : `When nothing is at work on the stack any more: atoll unlock ${stack}${option}`;
  return new AtollError(
    "STACK_LOCKED",
    `The stack ${stack} is locked by ${who.join("; ")}. ${fix}`,
  );
}

const SAID: Readonly<Record<HolderLife, string>> = {
  alive: "it is running",
  gone: "it is gone: the lock is stale",
  unknown: "on another machine: whether it runs cannot be seen from here",
};

/** How a lock is cleared. */
export interface ClearLockOptions {
  /** Who holds it, from `parseLockError`. @default what `readStackLocks` sees */
  readonly locks?: readonly StackLock[];
  /** Clear it although its process runs, or may run on another machine. @default false */
  readonly force?: boolean;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Clears the locks of processes that are gone, through `pulumi cancel`, and mends what they have left half-written. Where the backend's locks cannot be looked at it
 * does nothing, unless it is told who holds them or to use force.
 *
 * @returns the locks that were cleared; empty when there was none to be seen
 * @throws AtollError `STACK_LOCKED` when a holder runs or may run; `UNLOCK_FAILED` when Pulumi does not do it
 */
export async function clearStackLock(
  access: StackAccess,
  { locks = readStackLocks(access) ?? [], force = false, signal }: ClearLockOptions = {},
): Promise<readonly StackLock[]> {
  mendAttributes(access);
  if (!force) {
    if (locks.length === 0) return [];
    if (locks.some(({ life }) => life !== "gone")) throw stackLocked(access, locks);
  }
  const { exitCode, err } = await runPulumi(access, { args: ["cancel", "--yes"], signal });
  if (exitCode !== 0) {
    const why = `pulumi cancel exited with ${String(exitCode)}: ${err.trim()}`;
    throw new AtollError("UNLOCK_FAILED", `The lock of ${access.stack} was not cleared: ${why}`);
  }
  return locks;
}

function readLock(file: string): readonly StackLock[] {
  try {
    const { pid, hostname, username, timestamp } = JSON.parse(readFileSync(file, "utf8")) as {
      readonly pid: number;
      readonly hostname: string;
      readonly username: string;
      readonly timestamp: string;
    };
    return [withLife({ pid, host: hostname, user: username, since: timestamp })];
  } catch (error) {
    // Its holder has just let go of it.
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    return [{ pid: 0, host: "", user: "unknown", since: "an unknown time", life: "unknown" }];
  }
}

function withLife(lock: Omit<StackLock, "life">): StackLock {
  const life = lifeOf(lock);
  return { ...lock, life: life === "alive" && !isPulumi(lock.pid) ? "gone" : life };
}

/** A process id is used again by other programs in time. Where that cannot be told it counts as Pulumi's. */
function isPulumi(pid: number): boolean {
  try {
    return readFileSync(`/proc/${String(pid)}/cmdline`, "utf8").includes("pulumi");
  } catch {
    return true;
  }
}
