import { AtollError, ProblemError, type Problem } from "@atoll/core";

/** Something that was thrown, as problems of a stack. */
export function problemsOf(stack: string, error: unknown): readonly Problem[] {
  return error instanceof ProblemError ? error.problems : [problemOf(stack, error)];
}

function problemOf(stack: string, error: unknown): Problem {
  return {
    code: ownCodeOr("RUN_FAILED", error),
    severity: "error",
    path: stack,
    message: error instanceof Error ? error.message : String(error),
    got: null,
    expected: "a run that ends well",
    fix: "See the message and the stack's log.",
  };
}

function ownCodeOr(code: string, error: unknown): string {
  return error instanceof AtollError ? error.code : code;
}

/** The process that ran the program is gone. */
export function hostProblem(stack: string, reason: string, output: string): Problem {
  return {
    code: "PROGRAM_HOST_ENDED",
    severity: "error",
    path: stack,
    message: `The process that ran the program of ${stack} is gone: ${reason}.`,
    got: output.split("\n").slice(-5).join("\n"),
    expected: "programs that neither block, nor exit, nor fill their memory",
    fix: `Mend the program; another one in the same process may be the cause. Then: atoll up --resume`,
  };
}

/** The program waits for something that never comes. */
export function stalled(stack: string, seconds: number): Problem {
  return {
    code: "PROGRAM_STALLED",
    severity: "error",
    path: stack,
    message: `The program of ${stack} has done nothing for ${String(seconds)} s and has not ended: it waits for something that never comes.`,
    got: null,
    expected: "a program that runs to its end",
    fix: "Look for a promise that is never settled; atoll preview names what a resource waits for.",
  };
}
