import { rmSync } from "node:fs";
import { join } from "node:path";

import { alternate } from "../alternate.ts";
import type { Contender } from "../alternate.ts";
import { atoll } from "../atoll.ts";
import { organizationFile } from "../bench-organization.ts";
import { compare, measure, rounds } from "../bench.ts";
import type { Bench, Suite, SuiteOutcome } from "../bench.ts";

/** Something that makes a preview fast, and how to do without it. */
interface Lever {
  readonly name: string;
  /** Stable part of the figure's name. */
  readonly key: string;
  /** The number of accounts at which it shows. */
  readonly accounts: number;
  readonly without: {
    readonly flags?: readonly string[];
    readonly env?: Readonly<Record<string, string>>;
  };
}

const LEVERS: readonly Lever[] = [
  {
    name: "no stack traces (off: --sources takes them)",
    key: "full-traces",
    accounts: 100,
    without: { flags: ["--sources"] },
  },
  {
    name: "a thread a core (off: one)",
    key: "one-worker",
    accounts: 100,
    without: { flags: ["--workers", "1"] },
  },
  {
    name: "deferred imports (off: eager)",
    key: "eager-imports",
    accounts: 6,
    without: { env: { ATOLL_EAGER_IMPORTS: "1" } },
  },
  {
    name: "compile cache (off: none)",
    key: "no-compile-cache",
    accounts: 6,
    without: { env: { NODE_DISABLE_COMPILE_CACHE: "1" } },
  },
];

/** Every lever before and after. Nothing is claimed of them, so there are no gates. */
export const leversSuite: Suite = {
  name: "levers",
  title: "The levers: before (turned off) and after (as shipped)",
  gates: [],
  run: async (bench) => {
    const outcomes = [
      await measureLevers(bench, 6, 5),
      await measureLevers(bench, 100, 3),
      await measureMonitor(bench, 100, 3),
    ];
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
      label: `atoll preview, ${describeSettings(lever)}`,
      ...lever.without,
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

function describeSettings({ without }: Lever): string {
  const env = Object.entries(without.env ?? {}).map(([name, value]) => `${name}=${value}`);
  return [...(without.flags ?? []), ...env].join(" ");
}

/**
 * The monitor alone: both sides run the same programs in one thread, with eager imports and full stack traces. Atoll's
 * side checks every input and writes the preview on top.
 */
async function measureMonitor(
  bench: Bench,
  accounts: number,
  timed: number,
): Promise<SuiteOutcome> {
  const own = atoll(bench, {
    accounts,
    name: `atoll-${accounts}-own-monitor`,
    label: "atoll preview, every other lever off",
    flags: ["--sources", "--workers", "1"],
    env: { ATOLL_EAGER_IMPORTS: "1" },
  });
  const stock = stockMonitor(bench, accounts);
  const figures = await alternate([own, stock], rounds(bench, timed), bench.progress);
  return {
    figures,
    comparisons: [compare("own monitor (off: the SDK's mock monitor)", figures, stock, own)],
    measured: {},
  };
}

/** The same programs under `pulumi.runtime.setMocks`. */
function stockMonitor(bench: Bench, accounts: number): Contender {
  const { checkout } = bench.scratch;
  const name = `stock-monitor-${accounts}`;
  const script = join(checkout, "tools/bench/src/stock-monitor/main.ts");
  const words = [process.execPath, script, organizationFile(accounts)] as const;
  return {
    name,
    label: "pulumi.runtime.setMocks",
    accounts,
    run: (sampleMemory) =>
      measure(bench, { name, words: [...words], cwd: checkout, env: {} }, sampleMemory),
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
