import { execFileSync } from "node:child_process";
import { cpSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";

import { benchAccountName } from "../organization/define-bench-organization.ts";
import { atollProgram } from "./atoll.ts";
import { organizationFile, writeOrganization } from "./bench-organization.ts";
import type { Bench } from "./bench.ts";
import { assertContent, countTypes } from "./content.ts";
import { commandEnvironment } from "./environment.ts";
import { BenchError } from "./errors.ts";

/** Project and organization have the same name. */
export const PROJECT = "atoll-bench";

/** A sandbox of a bench organization in which nothing is deployed: its accounts are as AWS hands them out, its stacks empty. */
export interface SandboxState {
  /** What `atoll env --sandbox` adds to the environment. */
  readonly variables: Readonly<Record<string, string>>;
  /** The bench accounts' stacks, in order. */
  readonly stacks: readonly string[];
  /** Folder of the settings files of the stacks. */
  readonly settings: string;
  /** Puts everything back to where nothing is deployed. */
  readonly restore: () => void;
}

/** What the bench reads of a stack's state. */
export interface DeployedStack {
  readonly types: readonly string[];
  readonly outputs: Readonly<Record<string, unknown>>;
}

const SCRIPT =
  'exports="$("$0" env --sandbox --quiet --organization "$1")" && eval "$exports" && env -0';

/**
 * Prepares the sandbox of that many bench accounts by `atoll env --sandbox`: the Pulumi CLI is found, or made, and a stack
 * is made for each account.
 *
 * @throws BenchError `BENCH_NO_SANDBOX`
 */
export function prepareSandboxState(bench: Bench, accounts: number): SandboxState {
  const { checkout, folder } = bench.scratch;
  writeOrganization(checkout, accounts);
  const local = join(checkout, ".atoll");
  const fresh = join(folder, `fresh-${accounts}`);
  rmSync(local, { recursive: true, force: true });
  bench.progress(`preparing the sandbox of ${accounts} accounts`);
  const variables = sandboxVariables(bench, accounts);
  rmSync(fresh, { recursive: true, force: true });
  cpSync(local, fresh, { recursive: true, verbatimSymlinks: true });
  return {
    variables,
    stacks: Array.from({ length: accounts }, (_, index) => benchAccountName(index + 1)),
    settings: join(fresh, PROJECT, "project", "config"),
    restore: () => {
      rmSync(local, { recursive: true, force: true });
      cpSync(fresh, local, { recursive: true, verbatimSymlinks: true });
    },
  };
}

function sandboxVariables(bench: Bench, accounts: number): Readonly<Record<string, string>> {
  const env = commandEnvironment(bench.environment);
  const args = ["-c", SCRIPT, atollProgram(bench), organizationFile(accounts)];
  let text: string;
  try {
    text = execFileSync("sh", args, { cwd: bench.scratch.checkout, env, encoding: "utf8" });
  } catch (cause) {
    throw new BenchError("BENCH_NO_SANDBOX", "`atoll env --sandbox` did not work.", { cause });
  }
  return Object.fromEntries(
    text.split("\0").flatMap((line) => {
      const at = line.indexOf("=");
      const name = line.slice(0, at);
      const value = line.slice(at + 1);
      return at > 0 && env[name] !== value ? [[name, value] as const] : [];
    }),
  );
}

/**
 * What a stack holds by its state.
 *
 * @throws BenchError `BENCH_NOT_DEPLOYED` when it has no state, or an operation that did not end
 */
export function deployedStack(bench: Bench, stack: string): DeployedStack {
  const backend = join(bench.scratch.checkout, ".atoll", PROJECT, "backend");
  const file = join(backend, ".pulumi", "stacks", PROJECT, `${stack}.json`);
  const { latest } = (JSON.parse(readFileSync(file, "utf8")) as StateFile).checkpoint;
  const resources = latest?.resources ?? [];
  if (resources.length === 0 || (latest?.pending_operations ?? []).length > 0) {
    throw new BenchError("BENCH_NOT_DEPLOYED", `The stack ${stack} was not deployed whole.`);
  }
  const root = resources.find(({ type }) => type === "pulumi:pulumi:Stack");
  return { types: resources.map(({ type }) => type), outputs: root?.outputs ?? {} };
}

interface StateFile {
  readonly checkpoint: {
    readonly latest?: {
      readonly resources?: readonly {
        readonly type: string;
        readonly outputs?: Readonly<Record<string, unknown>>;
      }[];
      readonly pending_operations?: readonly unknown[];
    };
  };
}

/**
 * Makes sure that a contender deployed every bench account, with the content that the others have.
 *
 * @throws BenchError `BENCH_NOT_DEPLOYED` or `BENCH_CONTENT_DIFFERS`
 */
export function assertDeployed(bench: Bench, contender: string, stacks: readonly string[]): void {
  const counts = stacks.map(
    (stack) => [stack, countTypes(deployedStack(bench, stack).types)] as const,
  );
  assertContent(contender, Object.fromEntries(counts), stacks.length, "pulumi");
}
