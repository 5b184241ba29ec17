import type { Figure } from "./alternate.ts";
import type { Comparison, Suite, SuiteOutcome } from "./bench.ts";
import { evaluateGate } from "./gates.ts";
import type { GateResult } from "./gates.ts";

/** What came of one suite. */
export interface SuiteReport {
  readonly name: string;
  readonly title: string;
  readonly figures: readonly Figure[];
  readonly comparisons: readonly Comparison[];
  readonly gates: readonly GateResult[];
  /** Why it could not be measured; null when it was. */
  readonly failure: string | null;
}

/** What `--json` writes. */
export interface BenchReport {
  readonly version: 1;
  readonly node: string;
  readonly cpu: string;
  /** Cores that each command had. */
  readonly cores: number;
  /** ISO date and time of the start. */
  readonly startedAt: string;
  readonly suites: readonly SuiteReport[];
  readonly passed: boolean;
}

/** Judges a suite's gates. One that failed was not measured, so all of its gates are missed. */
export function suiteReport(suite: Suite, result: SuiteOutcome | Error): SuiteReport {
  const { name, title } = suite;
  const outcome: SuiteOutcome =
    result instanceof Error ? { figures: [], comparisons: [], measured: {} } : result;
  const gates = suite.gates.map((gate) =>
    evaluateGate({ ...gate, measured: outcome.measured[gate.name] ?? null }),
  );
  const failure = result instanceof Error ? result.message : null;
  const { figures, comparisons } = outcome;
  return { name, title, figures, comparisons, gates, failure };
}

/** A suite as text: its figures, what they are against each other, and its gates. */
export function renderSuite(report: SuiteReport): string {
  const parts = [
    `${report.name}: ${report.title}`,
    ...(report.failure === null ? [] : [indent(`not measured: ${report.failure}`)]),
    ...(report.figures.length === 0 ? [] : [indent(renderFigures(report.figures))]),
    ...report.comparisons.map(({ name, ratio }) =>
      indent(`${name}: ${ratio.toFixed(2)} times as fast`),
    ),
    ...report.gates.map((gate) => indent(renderGate(gate))),
  ];
  return `${parts.join("\n")}\n`;
}

/** One line for a gate. */
function renderGate({ passed, name, claim, bound, target, measured }: GateResult): string {
  const got = measured === null ? "not measured" : measured.toFixed(2);
  const sign = bound === "at-least" ? ">=" : "<=";
  return `${passed ? "pass" : "MISS"}  ${name}: ${claim}: ${got} (must be ${sign} ${target})`;
}

const HEAD = ["", "accounts", "wall s", "ms/account", "cpu s", "PSS MiB", "spread"];

function renderFigures(figures: readonly Figure[]): string {
  const rows = figures.map(({ label, accounts, cost }) => [
    label,
    String(accounts),
    cost.seconds.toFixed(2),
    ((cost.seconds * 1000) / accounts).toFixed(1),
    cost.cpuSeconds.toFixed(2),
    cost.peakPssMiB.toFixed(0),
    `${(cost.spread * 100).toFixed(0)}%`,
  ]);
  return table([HEAD, ...rows]);
}

/** Columns as wide as their widest cell; the first is text, the others are numbers. */
function table(rows: readonly (readonly string[])[]): string {
  const widths = HEAD.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, column) =>
          column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
        )
        .join("  "),
    )
    .join("\n");
}

function indent(text: string): string {
  return text.replaceAll(/^/gm, "  ");
}
