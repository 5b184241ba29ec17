import { cpSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import type { Contender } from "./alternate.ts";
import { atollProgram } from "./atoll.ts";
import { organizationFile } from "./bench-organization.ts";
import { measure } from "./bench.ts";
import type { Bench } from "./bench.ts";
import { assertCompiler, pulumiProgram } from "./pulumi-program.ts";
import { assertDeployed, deployedStack, PROJECT } from "./sandbox-state.ts";
import type { SandboxState } from "./sandbox-state.ts";
import { sumSamples } from "./statistics.ts";
import type { Sample } from "./statistics.ts";

/** How a contender deploys. */
export interface UpOptions {
  /** Stable, such as `up-6`. */
  readonly name: string;
  readonly label: string;
  /** @default none */
  readonly env?: Readonly<Record<string, string>>;
}

/** How Atoll deploys. */
export interface AtollUpOptions extends UpOptions {
  /** Goes on from what is deployed, instead of from nothing. @default false */
  readonly again?: boolean;
  /** Starts the engine for every account, changed or not. @default true */
  readonly all?: boolean;
}

/** `atoll up` of the bench accounts, started as a user starts it. */
export function atollUp(bench: Bench, state: SandboxState, options: AtollUpOptions): Contender {
  const { name, label, env = {}, again = false, all = true } = options;
  const { stacks, restore } = state;
  const file = organizationFile(stacks.length);
  const flags = ["--sandbox", "--yes", "--organization", file, ...(all ? ["--all"] : [])];
  const words = [atollProgram(bench), "up", ...flags, ...stacks] as const;
  return {
    name,
    label,
    accounts: stacks.length,
    ...(again ? {} : { before: restore }),
    run: async (sampleMemory) => {
      const line = { name, words, cwd: bench.scratch.checkout, env };
      const sample = await measure(bench, line, sampleMemory);
      assertDeployed(bench, name, stacks);
      return sample;
    },
  };
}

/** `pulumi up` of the same accounts, one after another, of the same programs, as Node runs them. */
export function pulumiUp(bench: Bench, state: SandboxState, options: UpOptions): Contender {
  return oneByOne(bench, state, options, bench.scratch.checkout);
}

/**
 * The same with Pulumi's defaults: a project that says no more than its runtime, so that ts-node compiles its program and
 * checks its types. That it does is asserted, account by account.
 */
export async function pulumiDefaultsUp(
  bench: Bench,
  state: SandboxState,
  options: UpOptions,
): Promise<Contender> {
  const folder = await pulumiProgram(bench);
  writeFileSync(join(folder, "Pulumi.yaml"), `name: ${PROJECT}\nruntime: nodejs\n`);
  cpSync(state.settings, folder, { recursive: true });
  const contender = oneByOne(bench, state, options, folder);
  return {
    ...contender,
    run: async (sampleMemory) => {
      const sample = await contender.run(sampleMemory);
      const outputs = state.stacks.map(
        (stack) => [stack, deployedStack(bench, stack).outputs] as const,
      );
      assertCompiler(Object.fromEntries(outputs));
      return sample;
    },
  };
}

function oneByOne(
  bench: Bench,
  { variables, stacks, restore }: SandboxState,
  { name, label, env = {} }: UpOptions,
  cwd: string,
): Contender {
  const program = join(bench.scratch.checkout, ".atoll", PROJECT, "bin", "pulumi");
  const flags = ["up", "--yes", "--skip-preview", "--non-interactive", "--stack"] as const;
  return {
    name,
    label,
    accounts: stacks.length,
    before: restore,
    run: async (sampleMemory) => {
      const samples: Sample[] = [];
      for (const stack of stacks) {
        const words = [program, ...flags, stack] as const;
        const line = { name, words, cwd, env: { ...variables, ...env } };
        samples.push(await measure(bench, line, sampleMemory));
      }
      assertDeployed(bench, name, stacks);
      return sumSamples(samples);
    },
  };
}
