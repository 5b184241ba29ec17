import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

import type { Victim } from "./kill-plan.ts";

/** A process of a run. */
export interface RunProcess {
  readonly pid: number;
  readonly role: Victim;
}

/**
 * The processes that work on an organization, those of a command that was killed included. They are known by their
 * environment, which `/proc` shows.
 *
 * @param organizationFile what `ATOLL_ORGANIZATION` says in it
 * @param from only those that were started after this process; looking at all of them takes much longer
 */
export function processesOf(organizationFile: string, from = 1): readonly RunProcess[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/u.test(name) && Number(name) >= from)
    .flatMap((name) => readProcess(name, `ATOLL_ORGANIZATION=${organizationFile}`));
}

/** Waits until nothing works on an organization any more; false when it still does after that time. */
export async function untilQuiet(
  organizationFile: string,
  limitMilliseconds: number,
): Promise<boolean> {
  const until = performance.now() + limitMilliseconds;
  while (processesOf(organizationFile).length > 0) {
    if (performance.now() > until) return false;
    await sleep(100);
  }
  return true;
}

function readProcess(pid: string, mark: string): readonly RunProcess[] {
  try {
    if (!readFileSync(`/proc/${pid}/environ`, "utf8").split("\0").includes(mark)) return [];
    const role = roleOf(readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0"));
    return role === undefined ? [] : [{ pid: Number(pid), role }];
  } catch {
    // It has ended, or belongs to somebody else.
    return [];
  }
}

function roleOf(words: readonly string[]): Victim | undefined {
  if (words.some((word) => word.endsWith("/cli/src/main.ts"))) return "atoll";
  if (words.some((word) => word.endsWith("/deploy/src/host/main.ts"))) return "host";
  if (words.some((word) => word.endsWith("/sandbox/src/main.ts"))) return "provider";
  return words[0]?.endsWith("/pulumi") === true ? "pulumi" : undefined;
}
