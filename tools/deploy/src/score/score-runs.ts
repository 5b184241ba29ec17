import type { LedgerTarget, OperationRecord, RunRecord, StackRecord } from "../ledger/records.ts";

/** A run with the records of its stacks. */
export interface ScoredRun {
  readonly run: RunRecord;
  readonly stacks: readonly StackRecord[];
}

/** How good the predictions for one resource type were against one target. */
export interface TypeScore {
  readonly target: LedgerTarget;
  readonly type: string;
  /** Operations that were predicted and came about, or came about unpredicted. */
  readonly sample: number;
  readonly right: number;
  /** `right` in `sample`, 0 to 1. */
  readonly accuracy: number;
}

/** One prediction that was wrong. */
export interface Miss {
  readonly run: string;
  readonly target: LedgerTarget;
  readonly stack: string;
  readonly urn: string;
  readonly type: string;
  /** Null where nothing was predicted. */
  readonly predicted: string | null;
  /** `create`, or `create failed` when the provider said no. */
  readonly happened: string;
}

/** The accuracy of predictions. */
export interface Score {
  /** Runs of which something was compared. */
  readonly runs: number;
  /** Sorted by target, then by type. */
  readonly types: readonly TypeScore[];
  /** The newest first. */
  readonly misses: readonly Miss[];
}

/** Pulumi's words for the parts of a replacement. */
const REPLACEMENTS = new Set(["replace", "create-replacement", "delete-replaced"]);

/** Operations that no prediction is about: they change nothing, and a program does not ask for them. */
const NOT_PREDICTED = new Set(["refresh", "read", "read-replacement", "read-discard"]);

/** Scores what was predicted against what happened. What the engine did not come to, or lost, does not count. */
export function scoreRuns(runs: readonly ScoredRun[]): Score {
  const counts = new Map<
    string,
    { target: LedgerTarget; type: string; sample: number; right: number }
  >();
  const misses: Miss[] = [];
  const scored = new Set<string>();
  for (const { run, stacks } of runs) {
    for (const { stack, operations } of stacks) {
      // Where nothing at all is predicted, nobody made a prediction.
      if (operations.every(({ predicted }) => predicted === null)) continue;
      for (const operation of operations) {
        const { urn, type, predicted } = operation;
        const happened = happenedIn(operation);
        if (happened === undefined || (predicted === null && happened === "same")) continue;
        const { target } = run;
        scored.add(run.id);
        const count = counts.get(`${target} ${type}`) ?? { target, type, sample: 0, right: 0 };
        count.sample += 1;
        if (happened === predicted) count.right += 1;
        else misses.push({ run: run.id, target, stack, urn, type, predicted, happened });
        counts.set(`${target} ${type}`, count);
      }
    }
  }
  const types = [...counts.values()].map((count) => ({
    ...count,
    accuracy: count.right / count.sample,
  }));
  return {
    runs: scored.size,
    types: types.sort((a, b) => compare(`${a.target} ${a.type}`, `${b.target} ${b.type}`)),
    misses: misses.sort((a, b) => compare(b.run, a.run) || compare(a.urn, b.urn)),
  };
}

/** Undefined for what does not count. */
function happenedIn({ happened, state }: OperationRecord): string | undefined {
  if (happened === null || NOT_PREDICTED.has(happened)) return undefined;
  const word = REPLACEMENTS.has(happened) ? "replace" : happened;
  if (state === "done") return word;
  return state === "failed" ? `${word} failed` : undefined;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
