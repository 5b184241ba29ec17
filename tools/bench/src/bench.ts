import { mkdirSync } from "node:fs";
import { join } from "node:path";

import type { Contender, Figure, Rounds } from "./alternate.ts";
import { commandEnvironment } from "./environment.ts";
import type { Gate } from "./gates.ts";
import { runCommand } from "./run-command.ts";
import type { Sample } from "./statistics.ts";
import type { Scratch } from "./workspace-copy.ts";

/** What every suite is given. */
export interface Bench {
  readonly scratch: Scratch;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Command line that keeps what follows it to two cores; empty where there are no more. */
  readonly coreLimit: readonly string[];
  /** Fewer runs. */
  readonly quick: boolean;
  readonly progress: (line: string) => void;
}

/** A gate before it is measured. */
export type GateSpec = Omit<Gate, "measured">;

/** Two figures of one run against each other. */
export interface Comparison {
  /** What the difference is due to. */
  readonly name: string;
  /** Names of figures. */
  readonly before: string;
  readonly after: string;
  /** Wall-clock time before / after. */
  readonly ratio: number;
}

/** What a suite found. */
export interface SuiteOutcome {
  readonly figures: readonly Figure[];
  readonly comparisons: readonly Comparison[];
  /** The measured ratio of each of the suite's gates, by name. */
  readonly measured: Readonly<Record<string, number>>;
}

/** A group of comparisons that is measured together. */
export interface Suite {
  /** What `--only` takes. */
  readonly name: string;
  readonly title: string;
  readonly gates: readonly GateSpec[];
  readonly run: (bench: Bench) => Promise<SuiteOutcome>;
}

/** A command as a suite states it. */
export interface CommandLine {
  /** Names the files that take its output. */
  readonly name: string;
  readonly words: readonly [program: string, ...args: string[]];
  readonly cwd: string;
  /** @default none */
  readonly env?: Readonly<Record<string, string>>;
}

/** Where the stdout of a command of that name goes. */
export function stdoutFile(bench: Bench, name: string): string {
  return join(bench.scratch.folder, "output", `${name}.stdout`);
}

/** Runs one command as every command is measured: on two cores, with a clean environment. */
export function measure(bench: Bench, line: CommandLine, sampleMemory: boolean): Promise<Sample> {
  mkdirSync(join(bench.scratch.folder, "output"), { recursive: true });
  const [program, ...args] = [...bench.coreLimit, ...line.words];
  const command = {
    program: program ?? line.words[0],
    args,
    cwd: line.cwd,
    env: commandEnvironment(bench.environment, line.env),
    stdout: stdoutFile(bench, line.name),
    stderr: join(bench.scratch.folder, "output", `${line.name}.stderr`),
  };
  return runCommand(command, sampleMemory);
}

/** Runs of each contender: three columns, fewer with `--quick`. */
export function rounds(bench: Bench, timed: number): Rounds {
  return bench.quick ? { warmUp: 1, memory: 1, timed: 2 } : { warmUp: 1, memory: 2, timed };
}

/** The figure of that contender. */
export function figureOf(figures: readonly Figure[], { name }: Pick<Contender, "name">): Figure {
  const figure = figures.find((candidate) => candidate.name === name);
  if (figure === undefined) {
    throw new RangeError(`No contender ${name} was run.`);
  }
  return figure;
}

/** Compares the wall-clock time of two contenders that ran together. */
export function compare(
  name: string,
  figures: readonly Figure[],
  before: Pick<Contender, "name">,
  after: Pick<Contender, "name">,
): Comparison {
  const ratio = figureOf(figures, before).cost.seconds / figureOf(figures, after).cost.seconds;
  return { name, before: before.name, after: after.name, ratio };
}
