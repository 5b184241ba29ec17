import { AtollError, ProblemError, type Problem } from "@atoll/core";

import { crashMessage, writeCrashLog, type Crash } from "./crash.ts";
import { UsageError } from "./errors.ts";
import { EXIT } from "./exit-codes.ts";
import { renderProblems } from "./render/problems.ts";
import type { Io } from "./io.ts";

/** Codes of errors that mean: what was named on the command line is not there. */
const USAGE_CODES: readonly string[] = ["ORGANIZATION_FILE_MISSING"];

/** How a failure is told. */
export interface FailureOptions {
  /** Print the stack of a crash. */
  readonly debug: boolean;
  /** Where the report of a crash goes. */
  readonly temporaryFolder: string;
}

/** Says why a command failed, and returns the exit code for it. */
export function handleFailure(
  crash: Crash,
  io: Pick<Io, "err" | "errorPaint">,
  options: FailureOptions,
): number {
  const { error } = crash;
  if (error instanceof UsageError) {
    io.err(`atoll: ${error.message}\n${error.fix === "" ? "" : `${error.fix}\n`}`);
    return EXIT.usage;
  }
  if (error instanceof AtollError && USAGE_CODES.includes(error.code)) {
    const message = error.message.replace(/^./, (letter) => letter.toLowerCase());
    io.err(`atoll: ${message.replace(/\.$/, "")}\nName another file with --organization <file>.\n`);
    return EXIT.usage;
  }
  if (error instanceof ProblemError) {
    const found = error.problems.map((problem: Problem) => ({ stack: null, problem }));
    io.err(renderProblems(found, io.errorPaint));
    return EXIT.errors;
  }
  io.err(crashMessage(crash, writeCrashLog(crash, options.temporaryFolder), options.debug));
  return EXIT.internal;
}
