import { costOf } from "./statistics.ts";
import type { Cost, Runs, Sample } from "./statistics.ts";

/** One of the commands that are compared. */
export interface Contender {
  /** Stable, such as `atoll-100`. */
  readonly name: string;
  /** What is run, for a reader. */
  readonly label: string;
  /** Number of accounts. */
  readonly accounts: number;
  /** Prepares a run; its time does not count. */
  readonly before?: () => void;
  readonly run: (sampleMemory: boolean) => Promise<Sample>;
}

/** What a contender cost. */
export interface Figure {
  readonly name: string;
  readonly label: string;
  readonly accounts: number;
  readonly runs: Runs;
  readonly cost: Cost;
}

/** How often each contender is run. */
export interface Rounds {
  /** Runs that fill caches and count for nothing. */
  readonly warmUp: number;
  readonly memory: number;
  readonly timed: number;
}

/**
 * Runs the contenders in turn (A B A B …), so that whatever slows the machine down for a while slows all of them.
 * Figures come back in the order of the contenders.
 */
export async function alternate(
  contenders: readonly Contender[],
  rounds: Rounds,
  progress: (line: string) => void,
): Promise<readonly Figure[]> {
  const records = contenders.map((contender) => ({
    contender,
    timed: [] as Sample[],
    memory: [] as Sample[],
  }));
  const round = async (what: "warm-up" | "memory" | "timed", number: number) => {
    for (const record of records) {
      progress(`${record.contender.name}: ${what} run ${number}`);
      record.contender.before?.();
      const sample = await record.contender.run(what === "memory");
      if (what !== "warm-up") {
        record[what].push(sample);
      }
    }
  };
  for (const what of ["warm-up", "memory", "timed"] as const) {
    const count = what === "warm-up" ? rounds.warmUp : rounds[what];
    for (let number = 1; number <= count; number += 1) {
      await round(what, number);
    }
  }
  return records.map(({ contender: { name, label, accounts }, timed, memory }) => {
    const runs = { timed, memory };
    return { name, label, accounts, runs, cost: costOf(runs) };
  });
}
