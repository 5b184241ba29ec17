import { AtollError, ProblemError, type Problem } from "@atoll/core";
import type { Deployment } from "@atoll/engine";
import type { StackPlan } from "@atoll/organization";

import type { Ledger } from "../ledger/ledger.ts";
import { planRun, type CurrentStack, type PlannedStack } from "../ledger/plan-run.ts";
import { doubtsOf, type RunRecord, type StackRecord } from "../ledger/records.ts";
import { redactor } from "../ledger/redactor.ts";
import { identityLookup } from "../recovery/identity-lookup.ts";
import { recoverStack } from "../recovery/recover-stack.ts";
import type { Adoption, RunEvent, StackOutcome } from "../run/run-options.ts";
import { predictStack } from "../score/predict-stack.ts";
import { isCloudResource, type ExportedState } from "../state/deployment.ts";
import { readState } from "../state/read-state.ts";
import { refuseForeign } from "../state/refuse-foreign.ts";
import { outputsHash, stateVersion } from "../state/state-version.ts";
import type { DeployRequest } from "./deploy-types.ts";
import { onceUnlocked } from "./once-unlocked.ts";
import { planAdoption } from "./adoption.ts";
import { notPreviewed } from "./preview-problems.ts";
import type { SelectedTask } from "./select-tasks.ts";
import { StackLedger } from "./stack-ledger.ts";
import type { Target } from "./target.ts";

/** How long the engine of a run that was cut short may take to end by itself. */
const ENDING_SECONDS = 20;

/** What the work on a run's stacks takes. */
export interface StackWorkOptions {
  readonly request: DeployRequest;
  readonly deployment: Deployment;
  readonly target: Target;
  readonly tasks: readonly SelectedTask[];
  readonly ledger: Ledger;
  /** The run's id. */
  readonly run: string;
}

/**
 * What a run knows of its stacks, and what it decides about each when its turn has come: nothing to do, something to
 * recover first, or go on. It keeps the ledger.
 */
export class StackWork {
  readonly #options: StackWorkOptions;
  readonly #plans: ReadonlyMap<string, StackPlan>;
  readonly #states = new Map<string, ExportedState | null>();
  readonly #unreadable = new Map<string, AtollError>();
  readonly #latest: ReadonlyMap<string, StackRecord | null>;
  readonly #lastRun: RunRecord | null;
  readonly #records: StackLedger;
  readonly #redact: (text: string) => string;
  readonly #predicted = new Map<string, ReadonlyMap<string, string>>();

  /** Reads what there is. */
  static async open(options: StackWorkOptions): Promise<StackWork> {
    const { tasks, ledger, request } = options;
    const latest = await ledger.latestOf(tasks.map(({ stack }) => stack));
    const lastRun = request.resume ? ((await ledger.runs())[0] ?? null) : null;
    const work = new StackWork(options, latest, lastRun);
    for (const { stack } of tasks) await work.#readFirst(stack);
    return work;
  }

  private constructor(
    options: StackWorkOptions,
    latest: ReadonlyMap<string, StackRecord | null>,
    lastRun: RunRecord | null,
  ) {
    const { deployment, ledger, run, tasks } = options;
    this.#options = options;
    this.#latest = latest;
    this.#lastRun = lastRun;
    this.#plans = new Map(deployment.stacks.map((plan) => [plan.stack, plan]));
    // Pulumi hides the secrets that it knows in what it prints; these are those that its environment holds.
    const secrets = ["PULUMI_CONFIG_PASSPHRASE", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"];
    this.#redact = redactor(secrets.flatMap((name) => options.target.pulumi.env[name] ?? []));
    const names = tasks.map(({ stack }) => stack);
    this.#records = new StackLedger(ledger, run, names, this.#redact);
    for (const name of names) {
      this.#records.prepare(name, { uncertain: doubtsOf(latest.get(name) ?? null).made });
    }
  }

  /** A state that cannot be read is that stack's own problem: the others go on. */
  async #readFirst(stack: string): Promise<void> {
    try {
      await this.read(stack);
    } catch (error) {
      if (!(error instanceof AtollError)) throw error;
      this.#unreadable.set(stack, error);
    }
  }

  /** A stack's state as it is now. */
  async read(stack: string): Promise<ExportedState | null> {
    const access = this.#access(stack);
    const state = await readState(access, this.#options.request.signal);
    refuseForeign(state, access);
    this.#states.set(stack, state);
    return state;
  }

  /** What exists already and is to be taken over; null for nothing. */
  adoption(stack: string): Adoption | null {
    const known = new Set(resourcesOf(this.#states.get(stack)).map(({ urn }) => urn));
    return planAdoption(this.#declared(stack), known);
  }

  /** How many resource operations a stack is expected to take; null where that is not known. */
  total(stack: string): number | null {
    const { command } = this.#options.request;
    const declared = command === "up" || command === "drift" ? this.#declared(stack).length : 0;
    const existing = resourcesOf(this.#states.get(stack)).length;
    const total = Math.max(declared, existing);
    return total === 0 ? null : total;
  }

  /** Accounts with a stack that would be changed, as far as the embedded preview can tell; sorted. */
  touched(): readonly string[] {
    const { tasks, request } = this.#options;
    const stacks = tasks.filter(({ stack }) => {
      if (request.command !== "up") return resourcesOf(this.#states.get(stack)).length > 0;
      if (this.#planned(stack).action === "unchanged") return false;
      return [...this.#predictions(stack).values()].some((operation) => operation !== "same");
    });
    return [...new Set(stacks.map(({ stack }) => stack.split(".")[0] ?? stack))].sort();
  }

  /** Whether there is anything to look at: for previews and drift, which change nothing. */
  async decideQuietly(stack: string): Promise<{ readonly run: boolean; readonly reason: string }> {
    const { command } = this.#options.request;
    this.#refuseUnreadable(stack);
    this.#refuseBadPreview(stack);
    const isEmpty = resourcesOf(this.#states.get(stack)).length === 0;
    if (command === "drift" && isEmpty) return { run: false, reason: "it is not deployed" };
    if (command === "up") {
      const planned = this.#planned(stack);
      if (planned.action === "unchanged" && !planned.decideAgain) {
        return { run: false, reason: planned.reason };
      }
    }
    return Promise.resolve({ run: true, reason: "" });
  }

  /**
   * Whether there is anything to do; what a run that was cut short left behind is put right first.
   *
   * @throws ProblemError with what the embedded preview found, or what a recovery leaves to a person; what `recoverStack`
   * throws
   */
  async decide(stack: string): Promise<{ readonly run: boolean; readonly reason: string }> {
    const { command } = this.#options.request;
    this.#refuseUnreadable(stack);
    if (command === "up") this.#refuseBadPreview(stack);
    await this.#recover(stack);
    const state = await this.read(stack);
    if (command !== "up") {
      const isEmpty = resourcesOf(state).length === 0;
      return isEmpty ? { run: false, reason: "nothing is deployed" } : { run: true, reason: "" };
    }
    // As it is before the run; the recovery may have changed it.
    this.#predicted.delete(stack);
    this.#predictions(stack);
    const planned = this.#planned(stack);
    const { inputHash, needs } = await this.#current(stack);
    this.#records.prepare(stack, {
      inputHash,
      needs: definedOnly(needs),
      stateBefore: stateVersion(state),
      reason: planned.reason,
    });
    return { run: planned.action !== "unchanged", reason: planned.reason };
  }

  /** Notes how a stack ended, before anything that needs it starts. */
  async settle(outcome: StackOutcome): Promise<void> {
    const { stack } = outcome;
    // It has been said already.
    if (outcome.problems.some(({ code }) => code === this.#unreadable.get(stack)?.code)) {
      this.#endedEarly(outcome);
      return;
    }
    const state = await this.read(stack);
    this.#records.ended(outcome, {
      stateAfter: stateVersion(state),
      outputsHash: outputsHash(state),
      predicted: this.#predictions(stack),
    });
  }

  onEvent(event: RunEvent): void {
    if (event.type === "started") this.#records.started(event.stack);
    // Whoever did not get a turn is settled here; the others were before their event.
    if (event.type !== "ended") return;
    const { status } = event.outcome;
    if (status === "blocked" || status === "cancelled") this.#endedEarly(event.outcome);
  }

  /** The outcome of a stack that is not started because the canary is not well. */
  notStarted(stack: string, canary: string, problem: Problem | null): StackOutcome {
    const outcome: StackOutcome = {
      stack,
      status: problem === null ? "blocked" : "cancelled",
      problems: problem === null ? [] : [{ ...problem, path: stack }],
      operations: [],
      errors: [],
      steps: new Map(),
      reason: "",
      blockedBy: problem === null ? [canary] : [],
      milliseconds: 0,
    };
    this.#endedEarly(outcome);
    return outcome;
  }

  flush(): Promise<void> {
    return this.#records.flush();
  }

  #endedEarly(outcome: StackOutcome): void {
    const state = this.#states.get(outcome.stack) ?? null;
    this.#records.ended(outcome, {
      stateAfter: stateVersion(state),
      outputsHash: outputsHash(state),
      predicted: new Map(),
    });
  }

  #access(stack: string) {
    const { target, deployment } = this.#options;
    const { backendUrl, pulumi } = target;
    return { stack, project: deployment.organization.name, backendUrl, pulumi };
  }

  #declared(stack: string) {
    return this.#plans.has(stack) ? this.#options.request.preview.load(stack).resources : [];
  }

  #predictions(stack: string): ReadonlyMap<string, string> {
    const { command, preview } = this.#options.request;
    if (command !== "up" || !this.#plans.has(stack)) return new Map();
    const known = this.#predicted.get(stack);
    if (known !== undefined) return known;
    const predicted = predictStack(preview.load(stack), this.#states.get(stack) ?? null);
    this.#predicted.set(stack, predicted);
    return predicted;
  }

  #refuseUnreadable(stack: string): void {
    const error = this.#unreadable.get(stack);
    if (error !== undefined) throw error;
  }

  #refuseBadPreview(stack: string): void {
    const { preview, ignorePreview } = this.#options.request;
    const summary = preview.stacks.find((each) => each.stack === stack);
    const problems = notPreviewed(summary);
    if (problems.length > 0 && !ignorePreview) throw new ProblemError(problems);
  }

  async #recover(stack: string): Promise<void> {
    const { request, target, deployment } = this.#options;
    const { ui, signal, answers } = request;
    const latest = this.#latest.get(stack) ?? null;
    const account = this.#plans.get(stack)?.account.id ?? null;
    const recover = () =>
      recoverStack(this.#access(stack), {
        declared: this.#declared(stack),
        latest,
        lookup: identityLookup({
          target,
          organization: deployment.organization,
          accountId: account,
        }),
        answers,
        redact: this.#redact,
        signal,
      });
    // Only a run that was cut short leaves an engine that is about to end: whoever else holds a lock is at work.
    const seconds = latest?.status === "running" ? ENDING_SECONDS : 0;
    const report = await onceUnlocked(recover, seconds, signal);
    for (const { pid, since } of report.unlocked) {
      const text = `${stack}: the lock of process ${String(pid)} is cleared`;
      ui.onStep({ text, reason: `it has held it since ${since} and is gone` });
    }
    for (const { urn, id } of report.decisions) {
      if (id === null) continue;
      const name = urn.split("::").slice(2).join(" ");
      const reason = "a run that was cut short made it and could not say so";
      ui.onStep({ text: `${stack}: ${id} is taken as ${name}`, reason });
    }
    this.#records.prepare(stack, { uncertain: [] });
  }

  #planned(stack: string): PlannedStack {
    const { resume, all } = this.#options.request;
    const current = this.#currentSync(stack);
    const [planned] = planRun({
      stacks: [stack],
      latest: this.#latest,
      current: new Map([[stack, current]]),
      resume,
      lastRun: this.#lastRun,
      force: all,
    });
    return planned ?? { stack, action: "run", reason: "", decideAgain: false };
  }

  async #current(stack: string): Promise<CurrentStack> {
    const plan = this.#plans.get(stack);
    for (const need of Object.values(plan?.needs ?? {})) {
      if (!this.#states.has(need)) await this.read(need);
    }
    return this.#currentSync(stack);
  }

  #currentSync(stack: string): CurrentStack {
    const plan = this.#plans.get(stack);
    const needs = Object.values(plan?.needs ?? {}).map((need): [string, string | null] => {
      const state = this.#states.get(need) ?? null;
      return [need, resourcesOf(state).length === 0 ? null : outputsHash(state)];
    });
    return {
      inputHash: plan === undefined ? null : this.#options.deployment.inputHash(plan),
      stateVersion: stateVersion(this.#states.get(stack) ?? null),
      needs: Object.fromEntries(needs),
    };
  }
}

function resourcesOf(state: ExportedState | null | undefined) {
  return (state?.deployment.resources ?? []).filter(isCloudResource);
}

function definedOnly(needs: Readonly<Record<string, string | null>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(needs).flatMap(([name, hash]) => (hash === null ? [] : [[name, hash]])),
  );
}
