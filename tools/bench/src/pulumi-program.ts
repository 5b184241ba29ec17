import { copyFileSync, existsSync } from "node:fs";
import { join } from "node:path";

import type { Bench } from "./bench.ts";
import { BenchError } from "./errors.ts";
import { preparePeer } from "./peers.ts";

/** What the program says when the SDK compiled it as it does by default. */
const DEFAULT_COMPILER = "ts-node";

/** Installs peer 2 where it is missing: a bench account as a Pulumi program of its own. The result is its folder. */
export async function pulumiProgram(bench: Bench): Promise<string> {
  const folder = join(bench.scratch.folder, "peers", "pulumi-run");
  if (!existsSync(folder)) {
    await preparePeer("pulumi-run", folder, bench.environment, bench.progress);
    const content = "account-content.ts";
    const program = join(import.meta.dirname, "..", "organization", "bench");
    copyFileSync(join(program, content), join(folder, content));
  }
  return folder;
}

/**
 * Makes sure that programs were compiled as the SDK does by default: where ts-node is missing the SDK runs TypeScript
 * natively and says nothing.
 *
 * @param outputs of the stacks, by their names
 * @throws BenchError `BENCH_PEER_WITHOUT_TS_NODE`
 */
export function assertCompiler(
  outputs: Readonly<Record<string, Readonly<Record<string, unknown>>>>,
): void {
  const others = Object.entries(outputs).filter(
    ([, { compiledBy }]) => compiledBy !== DEFAULT_COMPILER,
  );
  if (others.length === 0) return;
  const seen = others.map(([stack, { compiledBy }]) => `${stack}: ${String(compiledBy)}`);
  const message = `The peer must be compiled by ts-node, type check included.\n${seen.join("\n")}`;
  throw new BenchError("BENCH_PEER_WITHOUT_TS_NODE", message);
}
