import { rmSync } from "node:fs";
import { join } from "node:path";

import { alternate } from "../alternate.ts";
import type { Contender } from "../alternate.ts";
import { atoll } from "../atoll.ts";
import { compare, rounds } from "../bench.ts";
import type { Bench, Suite, SuiteOutcome } from "../bench.ts";

/** Something that makes a preview fast, and the setting that turns it off. */
interface Lever {
  readonly name: string;
  /** Stable part of the figure's name. */
  readonly key: string;
  /** The number of accounts at which it shows. */
  readonly accounts: number;
  readonly off: Readonly<Record<string, string>>;
}

const LEVERS: readonly Lever[] = [
  {
    name: "own monitor (off: the SDK's mock monitor)",
    key: "stock-monitor",
    accounts: 100,
    off: { ATOLL_MONITOR: "stock" },
  },
  {
    name: "stack-trace limit (off: full traces)",
    key: "full-traces",
    accounts: 100,
    off: { ATOLL_STACK_TRACES: "full" },
  },
  {
    name: "a worker a core (off: one)",
    key: "one-worker",
    accounts: 100,
    off: { ATOLL_WORKERS: "1" },
  },
  {
    name: "deferred imports (off: eager)",
    key: "eager-imports",
    accounts: 6,
    off: { ATOLL_EAGER_IMPORTS: "1" },
  },
  {
    name: "compile cache (off: none)",
    key: "no-compile-cache",
    accounts: 6,
    off: { NODE_DISABLE_COMPILE_CACHE: "1" },
  },
];

/** Every lever before and after. Nothing is claimed of them, so there are no gates. */
export const leversSuite: Suite = {
  name: "levers",
  title: "The levers: before (turned off) and after (as shipped)",
  gates: [],
  run: async (bench) => {
    const outcomes = [await measureLevers(bench, 6, 5), await measureLevers(bench, 100, 3)];
    return {
      figures: outcomes.flatMap(({ figures }) => figures),
      comparisons: outcomes.flatMap(({ comparisons }) => comparisons),
      measured: {},
    };
  },
};

async function measureLevers(bench: Bench, accounts: number, timed: number): Promise<SuiteOutcome> {
  const shipped = atoll(bench, { accounts, label: "atoll preview, as shipped" });
  const cold = coldContender(bench, accounts);
  const levers = LEVERS.filter((lever) => lever.accounts === accounts).map((lever) => ({
    name: lever.name,
    contender: atoll(bench, {
      accounts,
      name: `atoll-${accounts}-${lever.key}`,
      label: `atoll preview, ${Object.entries(lever.off).flat().join("=")}`,
      env: lever.off,
    }),
  }));
  const contenders = [shipped, cold, ...levers.map(({ contender }) => contender)];
  const figures = await alternate(contenders, rounds(bench, timed), bench.progress);
  return {
    figures,
    comparisons: [
      ...levers.map(({ name, contender }) => compare(name, figures, contender, shipped)),
      compare(`compile cache, cold to warm, ${accounts} accounts`, figures, cold, shipped),
    ],
    measured: {},
  };
}

/** The first run ever: its compile cache is taken away before each run, which fills it again. */
function coldContender(bench: Bench, accounts: number): Contender {
  const folder = join(bench.scratch.folder, `cold-${accounts}`);
  return atoll(bench, {
    accounts,
    name: `atoll-${accounts}-cold`,
    label: "atoll preview, compile cache cold",
    env: { NODE_COMPILE_CACHE: folder },
    before: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  });
}
