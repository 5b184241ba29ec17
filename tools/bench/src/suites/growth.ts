import { alternate } from "../alternate.ts";
import type { Figure } from "../alternate.ts";
import { assertAtollContent, atoll } from "../atoll.ts";
import { figureOf, rounds } from "../bench.ts";
import type { Suite } from "../bench.ts";

/** A tenth for the noise of the machine; nothing is subtracted, not even the start of the process. */
const TOLERANCE = 1.1;

/** How time and memory grow with the number of accounts. */
export const growthSuite: Suite = {
  name: "growth",
  title: "Growth: linear or better in time, nearly flat in memory",
  gates: [
    {
      name: "growth-100",
      claim: "seconds an account at 100 accounts / at 10",
      bound: "at-most",
      target: TOLERANCE,
    },
    {
      name: "growth-300",
      claim: "seconds an account at 300 accounts / at 100",
      bound: "at-most",
      target: TOLERANCE,
    },
    {
      name: "memory-300",
      claim: "PSS at 300 accounts / at 100",
      bound: "at-most",
      target: 1.2,
    },
  ],
  run: async (bench) => {
    const [ten, hundred, threeHundred] = [
      atoll(bench, { accounts: 10 }),
      atoll(bench, { accounts: 100 }),
      atoll(bench, { accounts: 300 }),
    ];
    const contenders = [ten, hundred, threeHundred];
    const figures = await alternate(contenders, rounds(bench, 3), bench.progress);
    contenders.forEach((contender) => {
      assertAtollContent(bench, contender);
    });
    const at10 = figureOf(figures, ten);
    const at100 = figureOf(figures, hundred);
    const at300 = figureOf(figures, threeHundred);
    return {
      figures,
      comparisons: [],
      measured: {
        "growth-100": secondsAnAccount(at100) / secondsAnAccount(at10),
        "growth-300": secondsAnAccount(at300) / secondsAnAccount(at100),
        "memory-300": at300.cost.peakPssMiB / at100.cost.peakPssMiB,
      },
    };
  },
};

function secondsAnAccount({ accounts, cost }: Figure): number {
  return cost.seconds / accounts;
}
