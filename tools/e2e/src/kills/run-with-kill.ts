import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import type { CommandRun, DeployedOrganization } from "../testing/deployed-organization.ts";
import { setFaults } from "../testing/faults.ts";
import type { KillPlan } from "./kill-plan.ts";
import { processesOf } from "./processes.ts";

/** How often files are looked at, and how often processes are, which takes longer. */
const FILES_MILLISECONDS = 4;
const PROCESSES_MILLISECONDS = 25;

/** A run with a kill in it. */
export interface KilledRun {
  readonly run: CommandRun;
  /** False when the run was over before the moment had come. */
  readonly killed: boolean;
}

/** Runs `atoll` and kills one of its processes at the moment that the plan names. */
export async function runWithKill(
  organization: DeployedOrganization,
  plan: KillPlan,
  words: readonly string[],
): Promise<KilledRun> {
  const { victim, moment, latencyMilliseconds } = plan;
  const process = victim === "pulumi" ? "engine" : "provider";
  const calls = ["create", "update", "delete"];
  const kills =
    moment.type === "call" ? [{ call: moment.call, when: moment.when, process, calls }] : [];
  setFaults(organization, { latencyMilliseconds, kills });
  try {
    const { child, done } = organization.start(...words);
    if (moment.type === "call") {
      const run = await done;
      // Nothing else goes wrong in such a run.
      return { run, killed: run.exitCode !== 0 };
    }
    const killed = await killAt(organization, plan, child.pid ?? 1, done);
    return { run: await done, killed };
  } finally {
    setFaults(organization, null);
  }
}

async function killAt(
  organization: DeployedOrganization,
  { victim, moment, which }: KillPlan,
  pid: number,
  done: Promise<CommandRun>,
): Promise<boolean> {
  const file = join(organization.folder, "organization.ts");
  const changes = new ChangeCounter(organization);
  const over = new AbortController();
  void done.then(() => {
    over.abort();
  });
  let seen: number | undefined;
  while (!over.signal.aborted) {
    await sleep(moment.type === "change" ? FILES_MILLISECONDS : PROCESSES_MILLISECONDS);
    if (moment.type === "change" && changes.count() < moment.count) continue;
    const running = processesOf(file, pid);
    const found = running.filter(({ role }) => role === victim);
    if (moment.type === "time") {
      if (running.some(({ role }) => role === moment.since)) seen ??= performance.now();
      if (seen === undefined || performance.now() - seen < moment.milliseconds) continue;
    }
    const chosen = found[Math.floor(which * found.length)];
    if (chosen === undefined) continue;
    try {
      process.kill(chosen.pid, "SIGKILL");
      return true;
    } catch {
      // It has just ended by itself: there may be another one.
    }
  }
  return false;
}

/** Counts how often states and accounts have changed on disk. */
class ChangeCounter {
  readonly #folders: readonly string[];
  readonly #versions = new Map<string, string>();
  #count = 0;

  constructor({ local, name }: DeployedOrganization) {
    this.#folders = [
      join(local, "sandbox", "accounts"),
      join(local, "backend", ".pulumi", "stacks", name),
    ];
    this.count();
    this.#count = 0;
  }

  count(): number {
    for (const folder of this.#folders) {
      for (const file of filesIn(folder)) {
        const { ino, mtimeMs, size } = statSync(file, { throwIfNoEntry: false }) ?? {};
        const version = [ino, mtimeMs, size].join(" ");
        if (this.#versions.get(file) === version) continue;
        this.#versions.set(file, version);
        this.#count += 1;
      }
    }
    return this.#count;
  }
}

function filesIn(folder: string): readonly string[] {
  try {
    const names = readdirSync(folder).filter((name) => name.endsWith(".json"));
    return names.map((name) => join(folder, name));
  } catch {
    // Nothing was made yet.
    return [];
  }
}
