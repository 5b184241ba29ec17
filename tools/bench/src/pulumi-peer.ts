import { fork } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

import { benchAccountName } from "../organization/define-bench-organization.ts";
import type { Contender } from "./alternate.ts";
import { measure } from "./bench.ts";
import type { Bench } from "./bench.ts";
import { assertContent } from "./content.ts";
import { BenchError } from "./errors.ts";
import { assertCompiler, pulumiProgram } from "./pulumi-program.ts";
import type { MonitorReport } from "./pulumi-monitor/record.ts";
import { sumSamples } from "./statistics.ts";
import type { Sample } from "./statistics.ts";

const PROJECT = "atoll-bench";

/** Peer 2: the SDK's own `cmd/run` with its defaults, one account after another. */
export interface PulumiPeer {
  readonly contender: (accounts: number) => Contender;
  readonly close: () => void;
}

/** Installs peer 2 where it is missing, and starts the monitor that its programs talk to. */
export async function pulumiPeer(bench: Bench): Promise<PulumiPeer> {
  const folder = await pulumiProgram(bench);
  const monitor = fork(join(import.meta.dirname, "pulumi-monitor", "main.ts"), [PROJECT]);
  const address = `127.0.0.1:${await portOf(monitor)}`;
  return {
    contender: (accounts) => ({
      name: `pulumi-run-${accounts}`,
      label: "@pulumi/pulumi's cmd/run, ts-node",
      accounts,
      run: async (sampleMemory) => {
        const samples: Sample[] = [];
        for (let number = 1; number <= accounts; number += 1) {
          samples.push(
            await runProgram(bench, folder, address, benchAccountName(number), sampleMemory),
          );
        }
        checkReport(await reportOf(monitor), accounts);
        return sumSamples(samples);
      },
    }),
    close: () => {
      monitor.disconnect();
    },
  };
}

function runProgram(
  bench: Bench,
  folder: string,
  address: string,
  stack: string,
  sampleMemory: boolean,
): Promise<Sample> {
  // As the language host starts it; `.` is the program, which package.json names.
  const flags = {
    monitor: address,
    engine: address,
    project: PROJECT,
    stack,
    organization: "organization",
    parallel: "16",
    pwd: folder,
    "root-directory": folder,
  };
  const args = Object.entries(flags).flatMap(([name, value]) => [`--${name}`, value]);
  const run = join(folder, "node_modules", "@pulumi", "pulumi", "cmd", "run");
  return measure(
    bench,
    {
      name: "pulumi-run",
      words: [process.execPath, run, ...args, "--dry-run", "."],
      cwd: folder,
      env: { PULUMI_NODEJS_TYPESCRIPT: "true" },
    },
    sampleMemory,
  );
}

/**
 * Makes sure that the programs did what they are compared for, compiled as the SDK does by default: where ts-node is
 * missing the SDK runs TypeScript natively and says nothing.
 *
 * @throws BenchError `BENCH_PEER_WITHOUT_TS_NODE`, `BENCH_PEER_COMPLAINED` or `BENCH_CONTENT_DIFFERS`
 */
export function checkReport({ stacks, messages }: MonitorReport, accounts: number): void {
  if (messages.length > 0) {
    throw new BenchError("BENCH_PEER_COMPLAINED", messages.slice(0, 4).join("\n"));
  }
  const outputs = Object.entries(stacks).map(([stack, record]) => [stack, record.outputs] as const);
  assertCompiler(Object.fromEntries(outputs));
  const types = Object.entries(stacks).map(([stack, record]) => [stack, record.types] as const);
  assertContent("pulumi-run", Object.fromEntries(types), accounts, "pulumi");
}

async function portOf(monitor: ChildProcess): Promise<number> {
  const [message] = (await once(monitor, "message")) as [{ readonly port: number }];
  return message.port;
}

async function reportOf(monitor: ChildProcess): Promise<MonitorReport> {
  const answer = once(monitor, "message") as Promise<[MonitorReport]>;
  monitor.send("report");
  const [report] = await answer;
  return report;
}
