import type { Problem, SourceLocation } from "@atoll/core";
import { AtollError, ProblemError } from "@atoll/core";

import { HermeticError } from "./hermetic/guard.ts";
import { ReportedError } from "./problem-log.ts";
import { locateError } from "./source-location.ts";

/** A program that called `process.exit`. */
export class ProgramExit extends Error {
  override readonly name = "ProgramExit";
  readonly exitCode: number | string | null | undefined;

  constructor(exitCode: number | string | null | undefined) {
    super(`The program called process.exit(${exitCode ?? ""}).`);
    this.exitCode = exitCode;
  }
}

/** Turns what a program threw into problems; empty when they were reported already. */
export function problemsOfFailure(
  thrown: unknown,
  stack: string,
  root: string,
  reported: ReadonlySet<string>,
): readonly Problem[] {
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  const chain = causes(error);
  const problems = chain.find((item) => item instanceof ProblemError);
  if (problems instanceof ProblemError) return problems.problems;
  if (chain.some((item) => item instanceof ReportedError || reported.has(item.message))) return [];
  const source = locateError(error, root);
  const where = source === undefined ? {} : { source };
  const hermetic = chain.find((item) => item instanceof HermeticError);
  if (hermetic instanceof HermeticError) return [hermeticProblem(hermetic, stack, where)];
  const exit = chain.find((item) => item instanceof ProgramExit);
  if (exit instanceof ProgramExit) return [exitProblem(stack, exit.exitCode, where)];
  const coded = chain.find((item) => item instanceof AtollError);
  if (coded instanceof AtollError) return [codedProblem(coded, stack, where)];
  const missing = /Missing required property '([^']+)'/u.exec(error.message)?.[1];
  if (missing !== undefined) {
    return [
      {
        code: "MISSING_PROPERTY",
        severity: "error",
        path: `${stack}:${missing}`,
        message: `A resource lacks its required property ${missing}.`,
        got: null,
        expected: `a value for ${missing}`,
        fix: `Give the resource its ${missing}.`,
        ...where,
      },
    ];
  }
  return [
    {
      code: "PROGRAM_FAILED",
      severity: "error",
      path: stack,
      message: chain.map((item) => item.message).join(": because "),
      got: error.name,
      expected: "a program that runs to its end",
      fix: "Mend the program; atoll preview --verbose shows what it printed.",
      ...where,
    },
  ];
}

type Where = { readonly source?: SourceLocation };

function hermeticProblem(error: HermeticError, stack: string, where: Where): Problem {
  return {
    code: error.code,
    severity: "error",
    path: stack,
    message: error.message,
    got: error.what,
    expected: "a program whose result depends on its inputs alone",
    fix: error.message.slice(error.message.indexOf(". ") + 2),
    ...where,
  };
}

/** An error of Atoll's own packages has a stable code, and says in its message what to do. */
function codedProblem(error: AtollError, stack: string, where: Where): Problem {
  return {
    code: error.code,
    severity: "error",
    path: stack,
    message: error.message,
    got: error.name,
    expected: "a program that runs to its end",
    fix: "Do what the message says.",
    ...where,
  };
}

/** A program that ended its own thread. */
export function exitProblem(
  stack: string,
  exitCode: number | string | null | undefined,
  where: Where = {},
): Problem {
  return {
    code: "PROGRAM_EXITED",
    severity: "error",
    path: stack,
    message: "The program ended the process instead of returning.",
    got: `process.exit(${exitCode ?? ""})`,
    expected: "a program that returns its outputs or throws",
    fix: "Throw an error instead of calling process.exit.",
    ...where,
  };
}

/** A program that waits for something that never happens. */
export function stalledProblem(stack: string, waiting: readonly string[]): Problem {
  return {
    code: "PROGRAM_STALLED",
    severity: "error",
    path: stack,
    message:
      waiting.length === 0
        ? "The program waits for a promise or an output that nothing will ever resolve."
        : `Nothing will ever resolve what these wait for: ${waiting.join("; ")}.`,
    got: waiting.length === 0 ? null : [...waiting],
    expected: "every promise and output to be resolved",
    fix: "Look for a Promise whose resolve is never called, or for resources that wait for one another.",
  };
}

/** A program that keeps its thread busy or waits on a timer for too long. */
export function timeoutProblem(stack: string, seconds: number): Problem {
  return {
    code: "PROGRAM_TIMEOUT",
    severity: "error",
    path: stack,
    message: `The program did not finish within ${String(seconds)} seconds.`,
    got: `${String(seconds)} s`,
    expected: "a program that finishes at once: a preview waits for nothing outside",
    fix: "Look for an endless loop or a timer.",
  };
}

/** A program that took its thread down, as running out of memory does. */
export function crashedProblem(stack: string, cause: string): Problem {
  return {
    code: "PROGRAM_CRASHED",
    severity: "error",
    path: stack,
    message: `The program took its thread down: ${cause}.`,
    got: cause,
    expected: "a program that runs to its end",
    fix: "Look for unbounded memory or recursion.",
  };
}

function causes(error: Error): readonly Error[] {
  const chain: Error[] = [];
  for (let item: unknown = error; item instanceof Error && chain.length < 8; item = item.cause) {
    chain.push(item);
  }
  return chain;
}
