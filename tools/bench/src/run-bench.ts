import { writeFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";

import { writeOrganization } from "./bench-organization.ts";
import type { Bench, Suite } from "./bench.ts";
import { CORES, coreLimit } from "./environment.ts";
import { BenchError } from "./errors.ts";
import { exitCode } from "./gates.ts";
import type { Options } from "./options.ts";
import { canReadMemory } from "./process-tree.ts";
import { renderSuite, suiteReport } from "./report.ts";
import type { BenchReport, SuiteReport } from "./report.ts";
import { commitScratch } from "./workspace-copy.ts";
import type { Scratch } from "./workspace-copy.ts";

/** Where text goes. */
export interface Output {
  readonly print: (text: string) => void;
  readonly progress: (line: string) => void;
}

/** A machine that did this much on average in the last minute, in cores, spoils the figures. */
const BUSY_LOAD = 0.7;

/** Numbers of accounts that suites ask for: committed in the copy, as an organization's files are. */
const SIZES = [6, 10, 24, 60, 100, 300];

/**
 * Runs the suites one after another, prints each as it comes and says whether all gates passed. A suite that cannot be
 * measured does not stop the others.
 *
 * @throws BenchError `BENCH_MACHINE` where the machine cannot be measured on.
 */
export async function runBench(
  suites: readonly Suite[],
  options: Options,
  scratch: Scratch,
  output: Output,
): Promise<0 | 1> {
  const startedAt = new Date().toISOString();
  const bench: Bench = {
    scratch,
    environment: process.env,
    coreLimit: checkMachine(output),
    quick: options.quick,
    progress: output.progress,
  };
  for (const accounts of SIZES) {
    writeOrganization(scratch.checkout, accounts);
  }
  commitScratch(scratch);
  const reports: SuiteReport[] = [];
  for (const suite of suites) {
    const report = suiteReport(suite, await runSuite(suite, bench));
    output.print(renderSuite(report));
    reports.push(report);
  }
  const gates = reports.flatMap((report) => report.gates);
  const failures = reports.flatMap(({ failure }) => failure ?? []);
  const passedGates = gates.filter((gate) => gate.passed).length;
  const code = exitCode(gates, failures);
  output.print(
    `${passedGates} of ${gates.length} gates passed, ${failures.length} suites not measured\n`,
  );
  if (options.json !== null) {
    const report: BenchReport = {
      version: 1,
      node: process.version,
      cpu: cpus()[0]?.model ?? "unknown",
      cores: Math.min(CORES, cpus().length),
      startedAt,
      suites: reports,
      passed: code === 0,
    };
    writeFileSync(options.json, `${JSON.stringify(report, null, 2)}\n`);
  }
  return code;
}

async function runSuite(suite: Suite, bench: Bench) {
  try {
    return await suite.run(bench);
  } catch (error) {
    return error instanceof Error ? error : new BenchError("BENCH_SUITE_FAILED", String(error));
  }
}

function checkMachine({ progress }: Output): readonly string[] {
  if (!canReadMemory()) {
    const message = "The bench reads memory from /proc, so it runs on Linux alone.";
    throw new BenchError("BENCH_MACHINE", message);
  }
  const limit = coreLimit();
  if (limit === null) {
    const message = `The gates hold for ${CORES} cores, and without taskset commands cannot be kept to them.`;
    throw new BenchError("BENCH_MACHINE", message);
  }
  const load = loadavg()[0] ?? 0;
  if (load > BUSY_LOAD) {
    progress(`the machine is busy (load ${load.toFixed(1)}): seconds will be high, ratios less so`);
  }
  return limit;
}
