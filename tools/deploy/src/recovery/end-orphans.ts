import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";

import type { StackAccess } from "../state/stack-access.ts";

/** The variable by which a process that runs for a stack is known; whoever starts `pulumi` sets it. */
export const STACK_VARIABLE = "ATOLL_STACK";

/**
 * Ends what a killed `pulumi` left running for a stack: a provider lives on for minutes, and may finish the creation that
 * it was asked for after nobody waits for it any more. Only to be called when no `pulumi` is at work on the stack. They
 * are known by their environment: `ATOLL_STACK` and `PULUMI_BACKEND_URL`.
 *
 * @returns the ids of the processes that were ended
 */
export function endOrphans({ stack, backendUrl }: StackAccess): readonly number[] {
  const marks = [`${STACK_VARIABLE}=${stack}`, `PULUMI_BACKEND_URL=${backendUrl}`];
  const orphans = environments()
    .filter(({ pid, has }) => pid !== process.pid && marks.every(has))
    .map(({ pid }) => pid);
  return orphans.filter((pid) => {
    try {
      process.kill(pid, "SIGKILL");
      return true;
    } catch {
      return false;
    }
  });
}

/** A running process. */
interface Environment {
  readonly pid: number;
  /** Whether `NAME=value` is in its environment. */
  readonly has: (variable: string) => boolean;
}

/** The processes of this user, as far as the system shows their environment. */
function environments(): readonly Environment[] {
  try {
    return readdirSync("/proc")
      .filter((name) => /^\d+$/u.test(name))
      .flatMap(readEnvironment);
  } catch {
    return listedByPs();
  }
}

function readEnvironment(pid: string): readonly Environment[] {
  try {
    const variables = new Set(readFileSync(`/proc/${pid}/environ`, "utf8").split("\0"));
    return [{ pid: Number(pid), has: (variable) => variables.has(variable) }];
  } catch {
    // It has ended, or belongs to someone else.
    return [];
  }
}

/** Where there is no /proc (macOS), `ps` prints the environment behind the command. */
function listedByPs(): readonly Environment[] {
  const lines = execFileSync("ps", ["-E", "-ww", "-o", "pid=,command="], { encoding: "utf8" });
  return lines.split("\n").flatMap((line) => {
    const pid = Number.parseInt(line, 10);
    const words = ` ${line} `;
    return Number.isNaN(pid)
      ? []
      : [{ pid, has: (variable: string) => words.includes(` ${variable} `) }];
  });
}
