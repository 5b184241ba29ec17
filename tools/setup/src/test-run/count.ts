/** What one task of a test run came to. */
export interface TaskOutcome {
  /** `<project>:<target>`. */
  readonly task: string;
  /** Its exit code; null when it never ran. */
  readonly exitCode: number | null;
  /** For a jest task, what jest wrote about it: `missing` when it wrote nothing that can be read. Null for others. */
  readonly report: JestReport | "missing" | null;
}

/** The part of jest's JSON report that is counted. */
export interface JestReport {
  readonly success: boolean;
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  /** Test files that did not get as far as their tests. */
  readonly numRuntimeErrorTestSuites: number;
}

/** The sum of a test run, and why what has no test to show for it counts as failed. */
export interface Totals {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly reasons: readonly string[];
}

const NOTHING: Totals = { passed: 0, failed: 0, skipped: 0, reasons: [] };

/**
 * Adds up a run. A task that is not jest's counts as one. Whatever cannot show that it passed has failed: a task that
 * never ran, a jest that left no report, a report that contradicts the exit code, a suite without tests.
 */
export function countOutcomes(outcomes: readonly TaskOutcome[]): Totals {
  return outcomes.map(countOutcome).reduce(add, NOTHING);
}

/** The closing line, such as `12 passed, 0 failed` or `12 passed, 1 failed, 2 skipped`. */
export function closingLine({ passed, failed, skipped }: Totals): string {
  const skips = skipped > 0 ? `, ${String(skipped)} skipped` : "";
  return `${String(passed)} passed, ${String(failed)} failed${skips}`;
}

/** One failure that no task stands for. */
export function failure(reason: string): Totals {
  return { ...NOTHING, failed: 1, reasons: [reason] };
}

/** The sum of two parts of a run. */
export function add(a: Totals, b: Totals): Totals {
  return {
    passed: a.passed + b.passed,
    failed: a.failed + b.failed,
    skipped: a.skipped + b.skipped,
    reasons: [...a.reasons, ...b.reasons],
  };
}

function countOutcome({ task, exitCode, report }: TaskOutcome): Totals {
  if (exitCode === null) return failure(`${task} did not run`);
  if (report === null) return exitCode === 0 ? { ...NOTHING, passed: 1 } : failedTask(task);
  if (report === "missing") return failure(`${task} left no report: it crashed or was killed`);
  const counted: Totals = {
    passed: report.numPassedTests,
    failed: report.numFailedTests + report.numRuntimeErrorTestSuites,
    skipped: report.numPendingTests + report.numTodoTests,
    reasons: [],
  };
  if (counted.failed > 0) return { ...counted, reasons: [`${task} failed`] };
  if (exitCode !== 0 || !report.success) {
    return add(counted, failure(`${task} ended with ${String(exitCode)} although no test failed`));
  }
  if (counted.passed + counted.skipped === 0) return failure(`${task} has no tests`);
  return counted;
}

function failedTask(task: string): Totals {
  return failure(`${task} failed`);
}
