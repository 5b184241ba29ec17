/** How much a problem matters: only errors make a command exit with 1. */
export type Severity = "error" | "warning";

/** A value that JSON can carry. */
export type JsonValue =
  null | boolean | number | string | readonly JsonValue[] | { readonly [key: string]: JsonValue };

/** Where a problem was written, when that is known. */
export interface SourceLocation {
  /** Path relative to the workspace root, with forward slashes. */
  readonly file: string;
  /** 1-based line. */
  readonly line: number;
}

/**
 * The only shape in which planners, validators and the command line say that something is wrong.
 * Codes are stable and listed in `docs/problems.md`.
 */
export interface Problem {
  /** Stable upper-case identifier, such as `CIDR_OVERLAP`. */
  readonly code: string;
  readonly severity: Severity;
  /** What it is about, such as `accounts[2].email` or `network/vpc.subnets.publicA:cidrBlock`. */
  readonly path: string;
  /** One sentence that says what is wrong. */
  readonly message: string;
  /** What was found. */
  readonly got: JsonValue;
  /** What would have been right. */
  readonly expected: string;
  /** What to do about it. */
  readonly fix: string;
  /** @default unknown */
  readonly source?: SourceLocation;
}

/** True when at least one of the problems is an error. */
export function hasErrors(problems: readonly Problem[]): boolean {
  return problems.some((problem) => problem.severity === "error");
}

/** Problems in a stable order: errors first, then by path, code and message. */
export function sortProblems(problems: readonly Problem[]): readonly Problem[] {
  const rank = (problem: Problem) => (problem.severity === "error" ? "0" : "1");
  const key = (problem: Problem) =>
    [rank(problem), problem.path, problem.code, problem.message].join("\u0000");
  return [...problems].sort((a, b) => compareText(key(a), key(b)));
}

/** Compares by code unit, so that the order is the same under every locale. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
