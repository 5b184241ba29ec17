import { randomBytes } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir, userInfo, hostname } from "node:os";
import { join } from "node:path";

import { AtollError, hasErrors, ProblemError, type Problem } from "@atoll/core";
import type { Deployment } from "@atoll/engine";

import { driftOf } from "../drift/drift-report.ts";
import { localFolders } from "../env/local-folders.ts";
import { writeWhole } from "../env/write-file.ts";
import { openLedger } from "../ledger/open-ledger.ts";
import { newRunId, type RunRecord } from "../ledger/records.ts";
import type { RunFolder, RunRequest, StackOutcome } from "../run/run-options.ts";
import { problemsOf } from "../run/run-problems.ts";
import { runStacks } from "../run/run-stacks.ts";
import { refuseTooMany } from "./blast-radius.ts";
import { phasesOf, waitForHealth } from "./canary.ts";
import type { DeployReport, DeployRequest } from "./deploy-types.ts";
import { keptResources } from "./kept-resources.ts";
import { stacksWithState } from "./known-stacks.ts";
import { StackWork } from "./stack-work.ts";
import { selectTasks, type SelectedTask } from "./select-tasks.ts";
import { prepareTarget, type Target } from "./target.ts";

/**
 * Brings stacks up, destroys them, reads them anew or looks for drift, with Pulumi's own engine: what runs, in which
 * order, what is recorded, and what a person is asked.
 *
 * @throws ProblemError with what is wrong with the target, the ledger or the lock; what goes wrong with a stack is in the
 *   report
 */
export async function deploy(request: DeployRequest): Promise<DeployReport> {
  const { preview } = request;
  if (preview.deployment === null) {
    throw new AtollError("ORGANIZATION_UNREADABLE", "The organization could not be read.");
  }
  return new Deploy(request, preview.deployment).run();
}

class Deploy {
  readonly #request: DeployRequest;
  readonly #deployment: Deployment;
  readonly #warnings: Problem[] = [];
  readonly #temporary = mkdtempSync(join(tmpdir(), "atoll-run-"));

  constructor(request: DeployRequest, deployment: Deployment) {
    this.#request = request;
    this.#deployment = deployment;
  }

  async run(): Promise<DeployReport> {
    try {
      return await this.#run();
    } catch (error) {
      const isKnown = error instanceof AtollError && !(error instanceof ProblemError);
      throw isKnown && !this.#request.signal.aborted
        ? new ProblemError(problemsOf("", error), { cause: error })
        : error;
    } finally {
      rmSync(this.#temporary, { recursive: true, force: true });
    }
  }

  async #run(): Promise<DeployReport> {
    const { command, signal } = this.#request;
    const first = this.#select([]);
    if (hasErrors(first.problems.filter(({ code }) => code === "STACK_REFUSED"))) {
      return this.#report({ problems: first.problems });
    }
    const target = await this.#prepare(first.tasks);
    const existing = await stacksWithState(this.#access(target, ""), signal);
    const selection = this.#select(existing);
    const { tasks, left, problems } = selection;
    if (hasErrors(problems)) return this.#report({ left, problems });
    const ledger = await openLedger(this.#ledgerLocation(), {
      warn: (problem) => this.#warnings.push(problem),
    });
    const run = this.#newRun(target, tasks);
    // Looking needs no lock: nothing is changed.
    const lock =
      command === "drift"
        ? null
        : await ledger.lock({
            ...run,
            command: `atoll ${command}`,
            run: run.id,
            since: run.startedAt,
          });
    try {
      const work = await StackWork.open({
        request: this.#request,
        deployment: this.#deployment,
        target,
        tasks,
        ledger,
        run: run.id,
      });
      if (command === "drift") {
        const outcomes = await this.#runPhase("run", tasks, work, target, run.id);
        return this.#report({ outcomes, left, problems, drift: outcomes.map(driftOf) });
      }
      const tooMany = refuseTooMany(this.#request.maxAccounts, work.touched());
      if (tooMany !== null) return this.#report({ left, problems: [...problems, tooMany] });
      if (!(await this.#confirmed(tasks, work, target, run.id))) {
        return this.#report({ left, problems, declined: true });
      }
      await ledger.begin(run);
      const outcomes = await this.#runPhases(tasks, work, target, run.id);
      await work.flush();
      await ledger.end({ ...run, endedAt: new Date().toISOString() });
      const kept =
        command === "destroy" ? await keptResources(tasks, (stack) => work.read(stack)) : [];
      return this.#report({ run: run.id, outcomes, left, problems, kept });
    } finally {
      await lock?.release();
    }
  }

  #select(existing: readonly string[]) {
    const { command, stacks: names } = this.#request;
    return selectTasks({ command, stacks: this.#deployment.stacks, names, existing });
  }

  #prepare(tasks: readonly SelectedTask[]): Promise<Target> {
    const { target: name, emulatorUrl, root, env, signal, ui, secretsProvider } = this.#request;
    return prepareTarget({
      name,
      ...(emulatorUrl === undefined ? {} : { emulatorUrl }),
      root,
      deployment: this.#deployment,
      stacks: tasks.map(({ stack }) => stack),
      secretsProvider,
      env,
      signal,
      onStep: ui.onStep,
    });
  }

  #access(target: Target, stack: string) {
    const { backendUrl, pulumi } = target;
    return { stack, project: this.#deployment.organization.name, backendUrl, pulumi };
  }

  #ledgerLocation(): string {
    const { ledger, root, target } = this.#request;
    if (ledger !== null) return ledger;
    const { base } = localFolders(root, this.#deployment.organization.name);
    // What was done to one target says nothing of another.
    return join(base, target === "sandbox" ? "ledger" : `ledger-${target}`);
  }

  #newRun(target: Target, tasks: readonly SelectedTask[]): RunRecord {
    const startedAt = new Date();
    return {
      version: 1,
      id: newRunId(startedAt, randomBytes(6).toString("hex")),
      organization: this.#deployment.organization.name,
      command: this.#request.command,
      target: target.name,
      startedAt: startedAt.toISOString(),
      endedAt: null,
      host: hostname(),
      pid: process.pid,
      user: userInfo().username,
      stacks: tasks.map(({ stack }) => stack),
    };
  }

  /** What would change, from Pulumi's own preview, and the person's answer. */
  async #confirmed(
    tasks: readonly SelectedTask[],
    work: StackWork,
    target: Target,
    run: string,
  ): Promise<boolean> {
    const { command, ui } = this.#request;
    if (ui.confirm === null) return true;
    // Only an update has a preview; what is destroyed or read anew is what there is.
    const previewed =
      command === "up" ? await this.#runPhase("preview", tasks, work, target, run) : [];
    return ui.confirm(previewed);
  }

  async #runPhases(
    tasks: readonly SelectedTask[],
    work: StackWork,
    target: Target,
    run: string,
  ): Promise<readonly StackOutcome[]> {
    const { canary } = this.#request;
    if (canary === null) return this.#runPhase("run", tasks, work, target, run);
    const { first, rest } = phasesOf(tasks, this.#deployment.stacks, canary.account);
    const early = await this.#runPhase("canary", first, work, target, run);
    const isWell = early.every(({ status }) => status === "ok" || status === "unchanged");
    const problem = isWell ? await waitForHealth(canary, this.#request) : null;
    if (isWell && problem === null) {
      return [...early, ...(await this.#runPhase("rest", rest, work, target, run))];
    }
    return [...early, ...rest.map(({ stack }) => work.notStarted(stack, canary.account, problem))];
  }

  async #runPhase(
    name: "preview" | "run" | "canary" | "rest",
    tasks: readonly SelectedTask[],
    work: StackWork,
    target: Target,
    run: string,
  ): Promise<readonly StackOutcome[]> {
    const { command, root, limits, refresh, signal, killSignal, ui } = this.#request;
    if (isPlanned(name, command)) this.#writePlanned();
    ui.onPhase({ name, stacks: tasks.map(({ stack }) => ({ stack, total: work.total(stack) })) });
    const isPreview = isPlanned(name, command);
    const options: RunRequest = {
      command: name === "preview" ? "preview" : command,
      // A preview reads planned outputs: it waits for nobody.
      tasks: tasks.map(({ stack, after }) => ({
        stack,
        after: isPreview ? [] : after,
        adoption: work.adoption(stack),
      })),
      root,
      deployment: this.#deployment,
      pulumi: target.pulumi,
      limits,
      folder: this.#folder(run),
      refresh,
      signal,
      killSignal,
      decide: isPreview ? (stack) => work.decideQuietly(stack) : (stack) => work.decide(stack),
      onEvent: (event) => {
        if (!isPreview) work.onEvent(event);
        ui.onEvent(event);
      },
      ...(isPreview ? {} : { settle: (outcome: StackOutcome) => work.settle(outcome) }),
    };
    return runStacks(options);
  }

  /** Outputs of stacks that are not deployed yet, for those that look at them before they are. */
  #writePlanned(): void {
    const { root, preview } = this.#request;
    const { planned } = localFolders(root, this.#deployment.organization.name);
    const good = preview.stacks.filter(({ status }) => status === "ok");
    const outputs = Object.fromEntries(good.map(({ stack, outputs: values }) => [stack, values]));
    writeWhole(planned, `${JSON.stringify(outputs, null, 2)}\n`);
  }

  #folder(run: string): RunFolder {
    const { base } = localFolders(this.#request.root, this.#deployment.organization.name);
    const logs = join(base, "logs", run);
    mkdirSync(logs, { recursive: true });
    return { logFile: (stack) => join(logs, `${stack}.log`), temporary: this.#temporary };
  }

  #report(parts: Partial<DeployReport> & { readonly problems: readonly Problem[] }): DeployReport {
    const nothing = { run: null, outcomes: [], left: [], kept: [], drift: [], declined: false };
    return { ...nothing, ...parts, problems: [...parts.problems, ...this.#warnings] };
  }
}

/** Whether a phase only looks, and so takes planned outputs for those that are not there yet. */
function isPlanned(name: string, command: string): boolean {
  return name === "preview" || command === "drift";
}
