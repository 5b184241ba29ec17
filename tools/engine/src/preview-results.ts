import { readFileSync } from "node:fs";

import type { Problem } from "@atoll/core";
import { AtollError } from "@atoll/core";
import type { StackPlan } from "@atoll/organization";

import type { Deployment } from "./deployment.ts";
import type { StackPreview, StackStatus } from "./preview.ts";
import type { StackResult } from "./protocol.ts";
import type { PreviewRun, StackSummary } from "./run-types.ts";
import { previewOf } from "./stack-preview.ts";
import type { WireProperties } from "./wire.ts";

interface Kept {
  readonly summary: StackSummary;
  readonly outputs: WireProperties;
  readonly readsOrganization: boolean;
  /** File that holds the stack's preview; null when there is nothing but the summary. */
  readonly file: string | null;
}

/** What a preview found: summaries in memory, resources on disk. */
export class PreviewResults implements PreviewRun {
  readonly organization: string;
  readonly problems: readonly Problem[];
  readonly needs: Readonly<Record<string, readonly string[]>>;
  readonly dispose: () => void;
  deployment: Deployment | null = null;
  readonly #plans: readonly StackPlan[];
  readonly #kept = new Map<string, Kept>();
  readonly #milliseconds = new Map<string, number>();
  readonly #timings: boolean;

  constructor(options: {
    readonly organization: string;
    readonly problems: readonly Problem[];
    readonly plans: readonly StackPlan[];
    /** Stacks to report on; null for every stack. */
    readonly selected: readonly string[] | null;
    readonly timings: boolean;
    readonly dispose: () => void;
  }) {
    this.organization = options.organization;
    this.problems = options.problems;
    this.dispose = options.dispose;
    this.#timings = options.timings;
    const selected = new Set(options.selected ?? []);
    this.#plans = options.plans.filter((plan) => selected.size === 0 || selected.has(plan.stack));
    this.needs = Object.fromEntries(
      this.#plans.map((plan) => [plan.stack, Object.values(plan.needs)]),
    );
    for (const plan of options.plans) {
      if (plan.status !== "run") this.#keep(plan, { status: "skipped", reason: plan.reason });
    }
  }

  get stacks(): readonly StackSummary[] {
    return this.#plans.map((plan) => this.#timed(plan.stack));
  }

  load(stack: string): StackPreview {
    return JSON.parse(this.#text(stack)) as StackPreview;
  }

  writeJson(write: (text: string) => void): void {
    write(`{"version":1,"organization":${JSON.stringify(this.organization)},"stacks":[`);
    this.#plans.forEach(({ stack }, index) => {
      write(`${index === 0 ? "" : ","}\n${this.#text(stack)}`);
    });
    write(`],\n"problems":${JSON.stringify(this.problems)}}\n`);
  }

  status(stack: string): StackStatus | undefined {
    return this.#kept.get(stack)?.summary.status;
  }

  outputs(stack: string): WireProperties {
    return this.#kept.get(stack)?.outputs ?? {};
  }

  /** True where that is not known: a program that failed may have looked. */
  readsOrganization(stack: string): boolean {
    const kept = this.#kept.get(stack);
    return kept === undefined || kept.readsOrganization || kept.summary.status !== "ok";
  }

  add(result: StackResult, file: string): void {
    this.#kept.set(result.summary.stack, {
      summary: result.summary,
      outputs: result.outputs,
      readsOrganization: result.readsOrganization,
      file,
    });
  }

  fail(plan: StackPlan, problems: readonly Problem[]): void {
    this.#keep(plan, { status: "failed", problems });
  }

  block(plan: StackPlan, blockedBy: readonly string[]): void {
    this.#keep(plan, {
      status: "blocked",
      blockedBy: [...new Set(blockedBy)].sort(),
      reason: `it needs ${blockedBy.join(", ")}`,
    });
  }

  /** Notes how long a stack took, in milliseconds. */
  time(stack: string, milliseconds: number): StackSummary {
    this.#milliseconds.set(stack, Math.round(milliseconds));
    return this.#timed(stack);
  }

  #keep(plan: StackPlan, what: Partial<StackSummary> & Pick<StackSummary, "status">): void {
    const summary: StackSummary = {
      stack: plan.stack,
      account: plan.account.name,
      accountId: plan.account.id,
      kind: plan.kind,
      unit: plan.unit,
      blockedBy: [],
      reason: null,
      outputs: {},
      problems: [],
      counts: {},
      cached: false,
      log: [],
      ...what,
    };
    this.#kept.set(plan.stack, { summary, outputs: {}, readsOrganization: false, file: null });
  }

  #find(stack: string): Kept {
    const kept = this.#kept.get(stack);
    if (kept === undefined)
      throw new AtollError("UNKNOWN_STACK", `There is no stack ${stack} in this preview.`);
    return kept;
  }

  #timed(stack: string): StackSummary {
    const { summary } = this.#find(stack);
    const milliseconds = this.#milliseconds.get(stack);
    return this.#timings && milliseconds !== undefined ? { ...summary, milliseconds } : summary;
  }

  /** The stack's preview as JSON. */
  #text(stack: string): string {
    const { summary, file } = this.#find(stack);
    const text =
      file === null ? JSON.stringify(previewOf(summary, [])) : readFileSync(file, "utf8");
    const milliseconds = this.#timings ? this.#milliseconds.get(stack) : undefined;
    return milliseconds === undefined
      ? text
      : `${text.slice(0, -1)},"milliseconds":${String(milliseconds)}}`;
  }
}
