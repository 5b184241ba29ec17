import { parseArgs } from "node:util";

import { BenchError } from "./errors.ts";

/** What the command line asks for. */
export interface Options {
  /** Suites to run; empty for all. */
  readonly only: readonly string[];
  /** Fewer runs. */
  readonly quick: boolean;
  /** File that the report is written to as JSON; null for none. */
  readonly json: string | null;
  /** Leave the working folder. */
  readonly keep: boolean;
  readonly help: boolean;
}

/** What `--help` prints. */
export const HELP = `npm run bench -- [options]

Measures Atoll against its peers and against itself. Every gate is a ratio of two medians of the same run.

  --only <suite>   run this suite alone; may be given several times
  --quick          two timed runs instead of three to five
  --json <file>    write everything measured to a file
  --keep           leave the working folder, and say where it is
  --help           this text

Exit codes: 0 every gate passed, 1 a gate missed or not measured, 2 wrong usage, 130 interrupted.
`;

/**
 * Reads the command line.
 *
 * @throws BenchError `BENCH_USAGE` when an option or a suite is unknown.
 */
export function parseOptions(args: readonly string[], suites: readonly string[]): Options {
  const { values } = parse(args);
  const only = values.only ?? [];
  const unknown = only.filter((name) => !suites.includes(name));
  if (unknown.length > 0) {
    const message = `There is no suite ${unknown.join(", ")}. There are: ${suites.join(", ")}.`;
    throw new BenchError("BENCH_USAGE", message);
  }
  return {
    only,
    quick: values.quick ?? false,
    json: values.json ?? null,
    keep: values.keep ?? false,
    help: values.help ?? false,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        only: { type: "string", multiple: true },
        quick: { type: "boolean" },
        json: { type: "string" },
        keep: { type: "boolean" },
        help: { type: "boolean" },
      },
    });
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    throw new BenchError("BENCH_USAGE", message, { cause });
  }
}
