import { closingLine, countOutcomes, type JestReport, type TaskOutcome } from "./count.ts";

function report(changes: Partial<JestReport>): JestReport {
  return {
    success: true,
    numPassedTests: 3,
    numFailedTests: 0,
    numPendingTests: 0,
    numTodoTests: 0,
    numRuntimeErrorTestSuites: 0,
    ...changes,
  };
}

function jest(exitCode: number | null, result: TaskOutcome["report"]): TaskOutcome {
  return { task: "core:test", exitCode, report: result };
}

const lint: TaskOutcome = { task: "core:lint", exitCode: 0, report: null };

test("tests are summed over suites, and every other task counts as one", () => {
  const skipping = jest(0, report({ numPassedTests: 2, numPendingTests: 1, numTodoTests: 1 }));
  expect(closingLine(countOutcomes([lint, jest(0, report({})), skipping]))).toBe(
    "6 passed, 0 failed, 2 skipped",
  );
});

test("a run without skipped tests does not speak of them", () => {
  expect(closingLine(countOutcomes([lint]))).toBe("1 passed, 0 failed");
});

const FAILURES: readonly (readonly [string, TaskOutcome, string])[] = [
  ["a task that failed", { ...lint, exitCode: 1 }, "0 passed, 1 failed"],
  ["a task that never ran", { ...lint, exitCode: null }, "0 passed, 1 failed"],
  ["jest that never ran, whatever lies there", jest(null, report({})), "0 passed, 1 failed"],
  ["jest that crashed before its report", jest(1, "missing"), "0 passed, 1 failed"],
  ["jest that succeeded without a report", jest(0, "missing"), "0 passed, 1 failed"],
  ["a report of success from a jest that failed", jest(1, report({})), "3 passed, 1 failed"],
  [
    "a report of failure from a jest that succeeded",
    jest(0, report({ success: false })),
    "3 passed, 1 failed",
  ],
  ["a failed test", jest(1, report({ success: false, numFailedTests: 2 })), "3 passed, 2 failed"],
  [
    "a test file that does not load",
    jest(1, report({ success: false, numPassedTests: 0, numRuntimeErrorTestSuites: 1 })),
    "0 passed, 1 failed",
  ],
  ["a suite without tests", jest(0, report({ numPassedTests: 0 })), "0 passed, 1 failed"],
];

test.each(FAILURES)("%s is counted as failed", (_name, outcome, line) => {
  const totals = countOutcomes([outcome]);
  expect(closingLine(totals)).toBe(line);
  expect(totals.reasons).toHaveLength(1);
});
