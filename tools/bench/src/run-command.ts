import { spawn } from "node:child_process";
import { closeSync, openSync, readFileSync } from "node:fs";
import { performance } from "node:perf_hooks";

import { BenchError } from "./errors.ts";
import { treePssKiB } from "./process-tree.ts";
import type { Sample } from "./statistics.ts";

/** A command to measure. */
export interface Command {
  readonly program: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** File that its stdout goes to. */
  readonly stdout: string;
  /** File that its stderr goes to. */
  readonly stderr: string;
}

/** Interval between two looks at the memory of the process tree, in milliseconds. */
const SAMPLE_INTERVAL_MS = 50;
/** A command that takes longer has hung, in milliseconds. */
const TIMEOUT_MS = 600_000;

// `times` prints what the shell's children used, to the millisecond or hundredth, whatever they did with their own.
const SHELL = '"$@"; code=$?; times >&3; exit $code';

const running = new Set<number>();

/** Ends every command that is still running, with all it started. */
export function killRunning(): void {
  for (const pid of running) {
    killGroup(pid);
  }
}

/**
 * Runs a command to its end and says what it cost. With `sampleMemory` its process tree is looked at every 50 ms, which
 * slows it down a little, the more the larger it is: a run is timed or looked at, not both.
 *
 * @throws BenchError `BENCH_COMMAND_FAILED` when it exits with anything but 0, does not start or takes over 10 minutes.
 */
export async function runCommand(command: Command, sampleMemory: boolean): Promise<Sample> {
  const stdout = openSync(command.stdout, "w");
  const stderr = openSync(command.stderr, "w");
  try {
    return await runShell(command, sampleMemory, stdout, stderr);
  } finally {
    closeSync(stdout);
    closeSync(stderr);
  }
}

function runShell(
  command: Command,
  sampleMemory: boolean,
  stdout: number,
  stderr: number,
): Promise<Sample> {
  const { promise, resolve, reject } = Promise.withResolvers<Sample>();
  const started = performance.now();
  // A group of its own, so that the whole tree can be ended at once.
  const child = spawn("sh", ["-c", SHELL, "sh", command.program, ...command.args], {
    cwd: command.cwd,
    env: { ...command.env },
    stdio: ["ignore", stdout, stderr, "pipe"],
    detached: true,
  });
  const stopWatching = watch(child.pid, sampleMemory);
  let ended = 0;
  let times = "";
  child.stdio[3]?.on("data", (chunk: Buffer) => (times += chunk.toString("utf8")));
  child.on("error", (cause) => {
    stopWatching();
    reject(
      new BenchError("BENCH_COMMAND_FAILED", `${describe(command)} did not start.`, { cause }),
    );
  });
  child.on("exit", () => (ended = performance.now()));
  child.on("close", (code, signal) => {
    const peakPssMiB = stopWatching();
    if (code === 0) {
      resolve({ seconds: (ended - started) / 1000, cpuSeconds: parseTimes(times), peakPssMiB });
    } else {
      reject(new BenchError("BENCH_COMMAND_FAILED", failure(command, code, signal)));
    }
  });
  return promise;
}

/** Watches over a process tree until the returned function is called, which gives the highest PSS seen, in MiB. */
function watch(pid: number | undefined, sampleMemory: boolean): () => number | null {
  if (pid === undefined) {
    return () => null;
  }
  running.add(pid);
  let peakKiB = 0;
  const sample = () => (peakKiB = Math.max(peakKiB, treePssKiB(pid)));
  const sampler = sampleMemory ? setInterval(sample, SAMPLE_INTERVAL_MS) : undefined;
  const timeout = setTimeout(() => {
    killGroup(pid);
  }, TIMEOUT_MS);
  return () => {
    clearInterval(sampler);
    clearTimeout(timeout);
    running.delete(pid);
    return sampleMemory ? peakKiB / 1024 : null;
  };
}

/** The children's line of the shell's `times`, user and system time together, in seconds. */
export function parseTimes(text: string): number {
  const line = text.trim().split("\n").at(-1) ?? "";
  // Some shells print a decimal comma where the locale has one.
  const parts = [...line.matchAll(/(\d+)m(\d+)[.,](\d+)s/g)];
  return parts.reduce(
    (sum, [, minutes, whole, fraction]) =>
      sum + Number(minutes) * 60 + Number(`${whole}.${fraction}`),
    0,
  );
}

function failure(command: Command, code: number | null, signal: string | null): string {
  const how = code === null ? `was ended by ${signal ?? "a signal"}` : `exited with ${code}`;
  const tail = readFileSync(command.stderr, "utf8").trim().split("\n").slice(-12).join("\n");
  return `${describe(command)} ${how}.${tail === "" ? "" : `\n${tail}`}`;
}

function describe(command: Command): string {
  return [command.program, ...command.args].join(" ");
}

function killGroup(pid: number): void {
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // It has ended by itself.
  }
}
