import { spawnSync } from "node:child_process";
import { availableParallelism } from "node:os";
import { delimiter, dirname } from "node:path";

/** Cores that every command is measured on. */
export const CORES = 2;

// What a shell may have set for other tools would change what is measured.
const FOREIGN = /^(?:ATOLL|AWS|CDK|NODE|PULUMI|TS_NODE|npm|NPM)_/;

/** The environment of a measured command: this one without settings of the tools measured, and with this Node first. */
export function commandEnvironment(
  environment: Readonly<Record<string, string | undefined>>,
  additions: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> {
  const kept = Object.entries(environment).flatMap(([name, value]) =>
    value === undefined || FOREIGN.test(name) ? [] : [[name, value] as const],
  );
  const path = [dirname(process.execPath), environment["PATH"] ?? ""].join(delimiter);
  return { ...Object.fromEntries(kept), PATH: path, ...additions };
}

/** Command line that keeps what follows it to two cores; empty on a machine that has no more, null where it cannot. */
export function coreLimit(): readonly string[] | null {
  if (availableParallelism() <= CORES) {
    return [];
  }
  const prefix = ["taskset", "-c", "0,1"];
  return spawnSync("taskset", ["-c", "0,1", "true"]).status === 0 ? prefix : null;
}
