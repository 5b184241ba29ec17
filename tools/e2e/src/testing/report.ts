/** What `up`, `destroy` and the like print with `--json`, as far as tests read it. */
export interface Report {
  readonly run: string | null;
  readonly stacks: readonly StackReport[];
  readonly problems: readonly ReportProblem[];
  readonly kept: readonly { readonly stack: string; readonly urns: readonly string[] }[];
  readonly drift: readonly {
    readonly stack: string;
    readonly resources: readonly {
      readonly urn: string;
      readonly kind: string;
      readonly properties: readonly {
        readonly path: string;
        readonly actual: unknown;
        readonly code: unknown;
      }[];
    }[];
  }[];
}

/** One stack of it. */
export interface StackReport {
  readonly stack: string;
  readonly status: string;
  readonly reason: string;
  readonly blockedBy: readonly string[];
  readonly problems: readonly ReportProblem[];
  readonly operations: readonly {
    readonly urn: string;
    readonly op: string;
    readonly state: string;
  }[];
}

/** A problem of it. */
export interface ReportProblem {
  readonly code: string;
  readonly path: string;
  readonly message: string;
}

/** Statuses by stack. */
export function statuses(report: Report): Readonly<Record<string, string>> {
  return Object.fromEntries(report.stacks.map(({ stack, status }) => [stack, status]));
}

/** What was changed, as `<op> <type> <name>` by stack; stacks without changes are left out. */
export function changes(report: Report): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(
    report.stacks
      .filter(({ operations }) => operations.length > 0)
      .map(({ stack, operations }) => [
        stack,
        operations.map(({ op, urn }) => `${op} ${tail(urn)}`).sort(),
      ]),
  );
}

/** The type and the name of a URN. */
export function tail(urn: string): string {
  const [, , types = "", ...name] = urn.split("::");
  return `${types.split("$").at(-1) ?? ""} ${name.join("::")}`;
}

/** A report in which everything went well; throws with what did not. */
export function well(report: Report): Report {
  const bad = report.stacks.filter(({ status }) => status !== "ok" && status !== "unchanged");
  const problems = [...report.problems, ...bad.flatMap((stack) => stack.problems)];
  if (bad.length > 0) {
    throw new TypeError(
      [
        bad.map(({ stack, status }) => `${stack} ${status}`).join(", "),
        ...problems.map(({ code, path, message }) => `${code} ${path}: ${message}`),
      ].join("\n"),
    );
  }
  return report;
}
