import { alternate } from "../alternate.ts";
import type { Figure } from "../alternate.ts";
import { rounds } from "../bench.ts";
import type { Suite } from "../bench.ts";
import { prepareSandboxState } from "../sandbox-state.ts";
import { atollUp } from "../up-contenders.ts";

const SIZES = [6, 24, 60];
/** The budget that `atoll up` keeps to unless it is told another, in MiB. */
const BUDGET_MIB = 1536;

/** What deploying takes with more and more accounts. */
export const upGrowthSuite: Suite = {
  name: "up-growth",
  title: `atoll up of ${SIZES.join(", ")} accounts: memory within its budget at any number`,
  gates: [
    {
      name: "up-memory",
      claim: `highest peak PSS of the whole tree / the budget of ${BUDGET_MIB} MiB`,
      bound: "at-most",
      target: 1,
    },
  ],
  run: async (bench) => {
    const contenders = SIZES.map((accounts) => {
      const state = prepareSandboxState(bench, accounts);
      return atollUp(bench, state, { name: `up-growth-${accounts}`, label: "atoll up" });
    });
    // What is looked at fills the caches, too.
    const runs = { ...rounds(bench, 2), warmUp: 0, memory: 1 };
    const figures = await alternate(contenders, runs, bench.progress);
    return { figures, comparisons: [], measured: { "up-memory": peakOf(figures) / BUDGET_MIB } };
  },
};

function peakOf(figures: readonly Figure[]): number {
  return Math.max(...figures.map(({ cost }) => cost.peakPssMiB));
}
