import { spawn } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";

import { AtollError, type Problem } from "@atoll/core";
import type { StackPlan } from "@atoll/organization";

import type { Canary } from "./deploy-types.ts";
import type { SelectedTask } from "./select-tasks.ts";

/**
 * Splits a run in two: the canary's stacks with all that they come after, and the others.
 *
 * @throws AtollError `CANARY_UNKNOWN` when no stack of the run is in that account
 */
export function phasesOf(
  tasks: readonly SelectedTask[],
  plans: readonly StackPlan[],
  account: string,
): { readonly first: readonly SelectedTask[]; readonly rest: readonly SelectedTask[] } {
  const own = new Set(
    plans.filter((plan) => plan.account.name === account).map(({ stack }) => stack),
  );
  const byName = new Map(tasks.map((task) => [task.stack, task]));
  const chosen = new Set<string>();
  const queue = tasks.map(({ stack }) => stack).filter((stack) => own.has(stack));
  if (queue.length === 0) {
    throw new AtollError(
      "CANARY_UNKNOWN",
      `No stack of this run is in the account "${account}": name one whose stacks are.`,
    );
  }
  for (let stack = queue.pop(); stack !== undefined; stack = queue.pop()) {
    if (chosen.has(stack)) continue;
    chosen.add(stack);
    queue.push(...(byName.get(stack)?.after ?? []));
  }
  return {
    first: tasks.filter(({ stack }) => chosen.has(stack)),
    rest: tasks.filter(({ stack }) => !chosen.has(stack)),
  };
}

/**
 * Waits for the canary and asks how it is.
 *
 * @returns null when it is well; else the error `CANARY_UNHEALTHY`
 */
export async function waitForHealth(
  { account, bakeMilliseconds, health }: Canary,
  options: {
    readonly env: Readonly<Record<string, string | undefined>>;
    readonly signal: AbortSignal;
  },
): Promise<Problem | null> {
  const { env, signal } = options;
  await sleep(bakeMilliseconds, undefined, { signal }).catch(() => undefined);
  if (signal.aborted) return unhealthy(account, "the run was stopped while it was watched");
  if (health === null) return null;
  const code = await exitCodeOf(health, { ...env, ATOLL_CANARY: account }, signal);
  return code === 0 ? null : unhealthy(account, `\`${health}\` exited with ${String(code)}`);
}

function exitCodeOf(
  command: string,
  env: Readonly<Record<string, string | undefined>>,
  signal: AbortSignal,
): Promise<number | null> {
  return new Promise((resolve) => {
    const child = spawn("sh", ["-c", command], { env, signal, stdio: ["ignore", 2, 2] });
    child.once("error", () => {
      resolve(null);
    });
    child.once("close", resolve);
  });
}

function unhealthy(account: string, why: string): Problem {
  return {
    code: "CANARY_UNHEALTHY",
    severity: "error",
    path: account,
    message: `The canary ${account} is not well: ${why}. The other accounts were not touched.`,
    got: why,
    expected: "a canary that is well after its bake time",
    fix: "Look at the canary; then go on with: atoll up --resume",
  };
}
