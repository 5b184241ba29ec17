import type { RunRecord, StackRecord } from "./records.ts";

/** What is known of a stack before it is run. */
export interface CurrentStack {
  /** Of everything that decides what the stack is to be; null where that is not known. */
  readonly inputHash: string | null;
  /** Version of its state as it is now; null where it was not read. */
  readonly stateVersion: string | null;
  /** Hash of the outputs of each stack that it needs, as they are now; null for one that has none yet. */
  readonly needs: Readonly<Record<string, string | null>>;
}

/** What is to be done with a stack, and why, in words. */
export interface StackDecision {
  /** `stale`: run it, and its state was changed by something else than Atoll's last run of it. */
  readonly action: "run" | "stale" | "unchanged";
  readonly reason: string;
}

/** Statuses of a stack that is as its last run left it. */
const SETTLED: readonly string[] = ["ok", "unchanged"];

const WHY: Readonly<Record<string, string>> = {
  waiting: "its last run was stopped before its turn",
  running: "its last run was cut short",
  failed: "it failed last time",
  blocked: "a stack that it needs failed last time",
  cancelled: "it was cancelled last time",
};

/**
 * Decides about one stack. Ask again when the stacks that it needs have run: their outputs may be others then.
 *
 * @param options.force run it whatever is known
 */
export function decideStack(
  latest: StackRecord | null,
  current: CurrentStack,
  { force = false }: { readonly force?: boolean } = {},
): StackDecision {
  if (latest === null) return { action: "run", reason: "it was never run" };
  if (!SETTLED.includes(latest.status)) {
    return { action: "run", reason: WHY[latest.status] ?? "its last run did not end well" };
  }
  if (latest.stateAfter === null || latest.stateAfter !== current.stateVersion) {
    return { action: "stale", reason: "its state was changed outside of Atoll since its last run" };
  }
  const changed = changedNeeds(latest, current);
  if (changed.length > 0)
    return { action: "run", reason: `outputs of ${changed.join(", ")} changed` };
  if (latest.inputHash === null || latest.inputHash !== current.inputHash) {
    return { action: "run", reason: "its inputs changed" };
  }
  if (force) return { action: "run", reason: "asked for" };
  return { action: "unchanged", reason: "nothing changed since its last run" };
}

/** All stacks of a run, and what is known of them. */
export interface RunPlanRequest {
  /** Those that a stack needs come before it. */
  readonly stacks: readonly string[];
  readonly latest: ReadonlyMap<string, StackRecord | null>;
  readonly current: ReadonlyMap<string, CurrentStack>;
  /** Only what did not end well last time or did not get its turn, is stale, or needs one of those. @default false */
  readonly resume?: boolean;
  /** The run to resume: the newest of the ledger. @default none */
  readonly lastRun?: RunRecord | null;
  /** Run what is unchanged too. @default false */
  readonly force?: boolean;
}

/** What is to be done with one stack of a run. */
export interface PlannedStack extends StackDecision {
  readonly stack: string;
  /** It needs a stack that runs before it: decide again, with `decideStack`, when that has ended. */
  readonly decideAgain: boolean;
}

/**
 * Decides about all stacks of a run, in the order given. With `resume`, a stack that ended well in the run that is
 * resumed, and whose state is as it was left, is not run even when its inputs changed since: it is `unchanged`, and the
 * reason says so.
 */
export function planRun(request: RunPlanRequest): readonly PlannedStack[] {
  const { stacks, latest, current, resume = false, force = false, lastRun = null } = request;
  const running = new Set<string>();
  return stacks.map((stack) => {
    const now = current.get(stack) ?? { inputHash: null, stateVersion: null, needs: {} };
    const record = latest.get(stack) ?? null;
    const decision = decideStack(record, now, { force: force && !resume });
    const decideAgain = Object.keys(now.needs).some((need) => running.has(need));
    // What it was given has changed: that belongs to what is resumed. Its own inputs do not.
    const leave =
      resume &&
      decision.action === "run" &&
      record !== null &&
      SETTLED.includes(record.status) &&
      !hadNoTurn(lastRun, record) &&
      changedNeeds(record, now).length === 0;
    const result = leave
      ? {
          action: "unchanged" as const,
          reason: `it ended well last time; ${decision.reason} since, run it without --resume`,
        }
      : decision;
    if (result.action !== "unchanged" || decideAgain) running.add(stack);
    return { stack, ...result, decideAgain };
  });
}

/** The run was cut short before it came to the stack, whose newest record is older. */
function hadNoTurn(run: RunRecord | null, record: StackRecord): boolean {
  return run?.endedAt === null && run.stacks.includes(record.stack) && record.run !== run.id;
}

/** Needs whose outputs are not those that the stack was given, and needs that it did not have; sorted. */
function changedNeeds(latest: StackRecord, current: CurrentStack): readonly string[] {
  const names = new Set([...Object.keys(latest.needs), ...Object.keys(current.needs)]);
  return [...names]
    .filter((name) => latest.needs[name] !== (current.needs[name] ?? undefined))
    .sort();
}
