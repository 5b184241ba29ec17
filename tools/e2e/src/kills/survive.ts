import { join } from "node:path";

import type { CommandRun, DeployedOrganization } from "../testing/deployed-organization.ts";
import { changes, well, type Report } from "../testing/report.ts";
import { defectsOf, isWhole, type Defects } from "./defects.ts";
import { describeKill, type KillPlan } from "./kill-plan.ts";
import { untilQuiet } from "./processes.ts";
import { runWithKill } from "./run-with-kill.ts";

/** A killed engine saves and ends when its host is gone; a provider that nobody talks to takes longer. */
const QUIET_MILLISECONDS = 30_000;
const MOST_TRIES = 4;
const UP = ["up", "--sandbox", "--yes", "--json"];

/** What came of one change that kills have cut short. */
export interface Survival {
  /** Kills that met their process; a run may be over before its moment has come. */
  readonly killed: readonly KillPlan[];
  readonly defects: Defects;
  readonly milliseconds: number;
}

/**
 * Runs `atoll up`, kills it, takes it up again, kills that, and so on, and in the end lets it finish.
 *
 * @throws TypeError with what the command said when it cannot be brought to a good end
 */
export async function survive(
  organization: DeployedOrganization,
  plans: readonly KillPlan[],
): Promise<Survival> {
  const started = performance.now();
  const killed: KillPlan[] = [];
  let isDone = false;
  let isResumed = false;
  for (const plan of plans) {
    if (isDone) break;
    const words = isResumed ? [...UP, "--resume"] : UP;
    const outcome = await runWithKill(organization, plan, words);
    if (outcome.killed) killed.push(plan);
    else if (outcome.run.exitCode === 0) isDone = true;
    else if (!isHeldUp(outcome.run)) throw failure(words, outcome.run, describeKill(plan));
    isResumed = true;
    if (plan.waits) await untilQuiet(fileOf(organization), QUIET_MILLISECONDS);
  }
  if (!isDone) await resumeUntilWell(organization);
  const milliseconds = Math.round(performance.now() - started);
  return { killed, defects: defectsOf(organization), milliseconds };
}

/**
 * Looks whether all is well in the end: what was not reached is brought up, and then the engine, asked about everything,
 * finds no change.
 *
 * @throws TypeError when not
 */
export async function settle(organization: DeployedOrganization): Promise<void> {
  well(await organization.json<Report>("up", "--sandbox", "--yes"));
  const report = well(await organization.json<Report>("up", "--sandbox", "--yes", "--all"));
  const changed = changes(report);
  if (Object.keys(changed).length > 0) {
    throw new TypeError(`the engine still finds changes: ${JSON.stringify(changed, null, 2)}`);
  }
  const defects = defectsOf(organization);
  if (!isWhole(defects)) throw new TypeError(JSON.stringify(defects, null, 2));
}

/** It may have to be run again for one reason alone: what was killed has left a `pulumi` at work that holds a stack. */
async function resumeUntilWell(organization: DeployedOrganization): Promise<void> {
  const words = [...UP, "--resume"];
  for (let tries = 1; ; tries += 1) {
    const run = await organization.run(...words);
    if (run.exitCode === 0) return;
    if (!isHeldUp(run) || tries === MOST_TRIES) throw failure(words, run, "the last run");
    await untilQuiet(fileOf(organization), QUIET_MILLISECONDS);
  }
}

/** Whether a stack that is locked by a living `pulumi` is all that was wrong. */
function isHeldUp({ out }: CommandRun): boolean {
  try {
    const { stacks } = JSON.parse(out) as Report;
    const failed = stacks.filter(({ status }) => status === "failed");
    const problems = failed.flatMap((stack) => stack.problems);
    return problems.length > 0 && problems.every(({ code }) => code === "STACK_LOCKED");
  } catch {
    return false;
  }
}

function failure(words: readonly string[], { exitCode, out, err }: CommandRun, what: string) {
  return new TypeError(
    `${what}: atoll ${words.join(" ")} exited with ${String(exitCode)}:\n${out}\n${err}`,
  );
}

function fileOf({ folder }: DeployedOrganization): string {
  return join(folder, "organization.ts");
}
