import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { alternate } from "../alternate.ts";
import { compare, figureOf, rounds } from "../bench.ts";
import type { Bench, Suite, SuiteOutcome } from "../bench.ts";
import { prepareSandboxState } from "../sandbox-state.ts";
import type { SandboxState } from "../sandbox-state.ts";
import { atollUp, pulumiDefaultsUp, pulumiUp } from "../up-contenders.ts";

const ACCOUNTS = 6;
/** The budget that `atoll up` keeps to unless it is told another, in MiB. */
const BUDGET_MIB = 1536;
/** Programs as Pulumi's own language host runs them, where Atoll's is in its place: none of Atoll's short cuts. */
const AS_PULUMI = { ATOLL_STACK_TRACES: "1" };

/** `atoll up` against `pulumi up`, both with the same provider. */
export const upSuite: Suite = {
  name: "up",
  title: "atoll up against pulumi up, one account after another, in the sandbox",
  gates: [
    {
      name: "up-native",
      claim: `time of pulumi up with native TypeScript / Atoll's, ${ACCOUNTS} accounts`,
      bound: "at-least",
      target: 2,
    },
    {
      name: "up-defaults",
      claim: `time of pulumi up with Pulumi's defaults / Atoll's, ${ACCOUNTS} accounts`,
      bound: "at-least",
      target: 4,
    },
    {
      name: "up-unchanged",
      claim: "time of the first atoll up / of a second one with nothing changed",
      bound: "at-least",
      target: 2,
    },
  ],
  run: async (bench) => {
    const state = prepareSandboxState(bench, ACCOUNTS);
    const peers = await against(bench, state, "up", {});
    const own = await againstItself(bench, state);
    return {
      figures: [...peers.figures, ...own.figures],
      comparisons: [...peers.comparisons, ...own.comparisons],
      measured: { ...peers.measured, ...own.measured },
    };
  },
};

/** The same where the calls take time and the provider memory, as on AWS. */
export const upSlowSuite: Suite = {
  name: "up-slow",
  title: "The same with 150 ms of latency a call and a provider process of 300 MB",
  gates: [
    {
      name: "up-slow-native",
      claim: `time of pulumi up with native TypeScript / Atoll's, ${ACCOUNTS} accounts`,
      bound: "at-least",
      target: 2,
    },
    {
      name: "up-slow-defaults",
      claim: `time of pulumi up with Pulumi's defaults / Atoll's, ${ACCOUNTS} accounts`,
      bound: "at-least",
      target: 4,
    },
    {
      name: "up-slow-memory",
      claim: `peak PSS of atoll up / its budget of ${BUDGET_MIB} MiB`,
      bound: "at-most",
      target: 1,
    },
  ],
  run: async (bench) => {
    const state = prepareSandboxState(bench, ACCOUNTS);
    const faults = join(bench.scratch.folder, "slow.json");
    writeFileSync(faults, JSON.stringify({ latencyMilliseconds: 150, memoryMiB: 300 }));
    const outcome = await against(bench, state, "up-slow", { ATOLL_SANDBOX_FAULTS: faults });
    const { cost } = figureOf(outcome.figures, { name: "up-slow" });
    const measured = { ...outcome.measured, "up-slow-memory": cost.peakPssMiB / BUDGET_MIB };
    return { ...outcome, measured };
  },
};

async function against(
  bench: Bench,
  state: SandboxState,
  key: string,
  env: Readonly<Record<string, string>>,
): Promise<SuiteOutcome> {
  const ours = atollUp(bench, state, { name: key, label: "atoll up", env });
  const native = pulumiUp(bench, state, {
    name: `${key}-native`,
    label: "pulumi up, native TypeScript",
    env: { ...env, ...AS_PULUMI },
  });
  const defaults = await pulumiDefaultsUp(bench, state, {
    name: `${key}-defaults`,
    label: "pulumi up, Pulumi's defaults (ts-node)",
    env: { ...env, ...AS_PULUMI },
  });
  // A round takes minutes: few of them do.
  const runs = { ...rounds(bench, 3), memory: 1 };
  const figures = await alternate([ours, native, defaults], runs, bench.progress);
  const againstNative = compare("native TypeScript", figures, native, ours);
  const againstDefaults = compare("Pulumi's defaults", figures, defaults, ours);
  return {
    figures,
    comparisons: [againstNative, againstDefaults],
    measured: {
      [native.name]: againstNative.ratio,
      [defaults.name]: againstDefaults.ratio,
    },
  };
}

/** What Atoll's own parts are worth: not starting the engine, and the short cuts that plain Pulumi has too. */
async function againstItself(bench: Bench, state: SandboxState): Promise<SuiteOutcome> {
  const first = atollUp(bench, state, { name: "up-first", label: "atoll up, the first" });
  // These two go on from what the one before them left.
  const unchanged = atollUp(bench, state, {
    name: "up-unchanged",
    label: "atoll up, nothing changed",
    again: true,
    all: false,
  });
  const forced = atollUp(bench, state, {
    name: "up-forced",
    label: "atoll up --all, nothing changed",
    again: true,
  });
  const quick = pulumiUp(bench, state, {
    name: "up-own-host",
    label: "pulumi up, native TypeScript with Atoll's short cuts",
  });
  const runs = { ...rounds(bench, 3), memory: 1 };
  const figures = await alternate([first, unchanged, forced, quick], runs, bench.progress);
  const second = compare("nothing changed", figures, first, unchanged);
  return {
    figures,
    comparisons: [
      second,
      compare("nothing changed, the engine run all the same", figures, first, forced),
      compare("native TypeScript with Atoll's short cuts", figures, quick, first),
    ],
    measured: { [unchanged.name]: second.ratio },
  };
}
