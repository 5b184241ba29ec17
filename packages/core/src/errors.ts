import type { Problem } from "./problem.ts";

/** The base of every error that Atoll throws: it has a stable code and keeps its cause. */
export class AtollError extends Error {
  readonly code: string;

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
    this.code = code;
  }
}

/** Thrown where problems cannot be returned; it carries all of them. */
export class ProblemError extends AtollError {
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[], options?: ErrorOptions) {
    const lines = problems.map((problem) => `${problem.code} ${problem.path}: ${problem.message}`);
    super("PROBLEMS", lines.join("\n"), options);
    this.problems = problems;
  }
}
