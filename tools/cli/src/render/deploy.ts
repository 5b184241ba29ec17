import { compareText, stableJson } from "@atoll/core";
import type {
  DeployCommand,
  DeployReport,
  DriftedResource,
  Operation,
  StackOutcome,
} from "@atoll/deploy";

import type { Paint, Style } from "./paint.ts";
import { secondsText } from "./preview.ts";
import { renderProblems } from "./problems.ts";
import { namesText, plural } from "./table.ts";
import { valueText } from "./value.ts";

/** Words for what the engine does, and their look; others are not worth a line. */
const CHANGES: Readonly<Record<string, readonly [mark: string, style: Style]>> = {
  create: ["+", "added"],
  import: ["=", "added"],
  update: ["~", "changed"],
  replace: ["±", "changed"],
  delete: ["-", "removed"],
};

/**
 * What an update would change: stacks with the same changes together, many resources that are only made or deleted in one
 * line, every other change on its own.
 */
export function renderChanges(outcomes: readonly StackOutcome[], paint: Paint): string {
  const groups = new Map<string, string[]>();
  for (const outcome of outcomes) {
    const text = changesText(outcome, paint);
    groups.set(text, [...(groups.get(text) ?? []), outcome.stack]);
  }
  const parts = [...groups].map(([text, stacks]) => `${paint("name", namesText(stacks))}: ${text}`);
  const problems = problemsOf(outcomes);
  const errors = problems.length === 0 ? "" : `\n${renderProblems(problems, paint)}`;
  return `${parts.join("")}${errors}`;
}

function changesText(outcome: StackOutcome, paint: Paint): string {
  const changes = outcome.operations.filter(isChange);
  if (outcome.problems.length > 0) return "errors\n";
  if (outcome.status === "unchanged") return `${outcome.reason}\n`;
  if (changes.length === 0) return "no changes\n";
  const lines = linesOf(changes).map(([text, style]) => `  ${paint(style, text)}\n`);
  return `${plural(changes.length, "change")}\n${lines.join("")}`;
}

/** What came of a command, for people. */
export function renderReport(
  command: DeployCommand,
  report: DeployReport,
  options: {
    readonly milliseconds: number;
    readonly quiet: boolean;
    /** The progress has told of what went well. */
    readonly told: boolean;
  },
  paint: Paint,
): string {
  const problems = [
    ...report.problems.map((problem) => ({ stack: null, problem })),
    ...problemsOf(report.outcomes),
  ];
  const isWorthALine = ({ status }: StackOutcome) =>
    !options.quiet && !(options.told && (status === "ok" || status === "unchanged"));
  const parts = [
    ...(options.quiet
      ? []
      : report.left.map(({ stack, reason }) => `– ${stack}  left out: ${reason}\n`)),
    ...report.outcomes.filter(isWorthALine).map((outcome) => renderOutcome(outcome, paint)),
    ...(problems.length === 0 ? [] : [renderProblems(problems, paint)]),
    ...report.drift.map(({ stack, resources }) => renderDrift(stack, resources, paint)),
    ...renderKept(report, paint),
  ];
  const time = secondsText(options.milliseconds);
  if (report.declined) return `${parts.join("")}atoll ${command}: nothing was changed\n`;
  return `${parts.join("")}atoll ${command}: ${summary(report)}, ${time}${report.run === null ? "" : ` (run ${report.run})`}\n`;
}

/** What came of a command, as data. */
export function reportJson(command: DeployCommand, report: DeployReport): string {
  const stacks = report.outcomes.map((outcome) => {
    const { stack, status, reason, blockedBy, problems, operations, milliseconds } = outcome;
    const changes = operations.filter(isChange);
    return { stack, status, reason, blockedBy, problems, operations: changes, milliseconds };
  });
  const { run, problems, left, kept, declined, drift } = report;
  const data = { version: 1, command, run, stacks, drift, problems, left, kept, declined };
  return `${stableJson(JSON.parse(JSON.stringify(data)))}\n`;
}

function renderOutcome(outcome: StackOutcome, paint: Paint): string {
  const { stack, status, reason, blockedBy, milliseconds, operations } = outcome;
  const counts = countsText(operations);
  const details = {
    ok: [counts === "" ? "no changes" : counts, secondsText(milliseconds)],
    unchanged: [reason],
    failed: [counts, secondsText(milliseconds)],
    blocked: [`waits for ${blockedBy.join(", ")}`],
    cancelled: [counts === "" ? "not started" : `stopped after: ${counts}`],
  }[status].filter((text) => text !== "");
  const isGood = status === "ok" || status === "unchanged";
  const mark = isGood ? paint("good", "✔") : status === "failed" ? paint("error", "✖") : "–";
  const said = status === "ok" ? "" : `  ${status}`;
  return `${mark} ${paint("name", stack)}${said}  ${details.join(", ")}\n`;
}

function renderKept({ kept }: DeployReport, paint: Paint): readonly string[] {
  if (kept.length === 0) return [];
  const lines = kept.flatMap(({ stack, urns }) => [
    `  ${paint("name", stack)}\n`,
    ...urns.map((urn) => `    ${nameOf(urn)}\n`),
  ]);
  return [`Left, because it is locked or a locked resource needs it:\n${lines.join("")}`];
}

function renderDrift(stack: string, resources: readonly DriftedResource[], paint: Paint): string {
  if (resources.length === 0) return "";
  const lines = resources.flatMap((resource) => {
    const { urn, kind, replaces, properties } = resource;
    const what = { changed: "~", missing: "-", extra: "+" }[kind];
    const note = {
      changed: replaces ? "reverting replaces it" : "",
      missing: "is gone",
      extra: "is not in the code",
    }[kind];
    return [
      `  ${what} ${nameOf(urn)}${note === "" ? "" : `  (${note})`}\n`,
      ...properties.map(
        ({ path, actual, code }) =>
          `      ${path}: ${paint("removed", valueText(actual))} is there, ${paint("added", valueText(code))} in the code\n`,
      ),
    ];
  });
  const changed = resources.find(({ properties }) => properties.length > 0);
  const [first] = changed?.properties ?? [];
  const adopt =
    changed === undefined || first === undefined
      ? ""
      : `  adopt   write into the code: ${changed.name}.${first.path} = ${valueText(first.actual)}, and likewise the others\n`;
  return `${paint("name", stack)} differs from the code:\n${lines.join("")}  revert  atoll up ${stack} --refresh\n${adopt}`;
}

function summary({ outcomes }: DeployReport): string {
  const counts = new Map<string, number>();
  for (const { status } of outcomes) counts.set(status, (counts.get(status) ?? 0) + 1);
  const stacks = [...counts].map(([status, count]) => `${String(count)} ${status}`).join(", ");
  const changes = countsText(outcomes.flatMap(({ operations }) => operations));
  return `${plural(outcomes.length, "stack")}${stacks === "" ? "" : ` (${stacks})`}${changes === "" ? ", no changes" : `, ${changes}`}`;
}

const WORDS: Readonly<Record<string, string>> = {
  create: "created",
  import: "imported",
  update: "updated",
  replace: "replaced",
  delete: "deleted",
};

function countsText(operations: readonly Operation[]): string {
  const counts = new Map<string, number>();
  for (const operation of operations) {
    if (!isChange(operation) || operation.state !== "done") continue;
    counts.set(operation.op, (counts.get(operation.op) ?? 0) + 1);
  }
  return Object.entries(WORDS)
    .flatMap(([op, word]) => (counts.has(op) ? [`${String(counts.get(op))} ${word}`] : []))
    .join(", ");
}

function isChange({ op, urn }: Operation): boolean {
  return op in CHANGES && (urn.split("::")[2]?.split("$").at(-1) ?? "").startsWith("aws:");
}

/** More resources than this are counted where they are all made, or all deleted. */
const NAMED = 6;
/** Types that such a line names. */
const NAMED_TYPES = 4;

function linesOf(changes: readonly Operation[]): readonly (readonly [string, Style])[] {
  return Object.entries(CHANGES).flatMap(([op, [mark, style]]) => {
    const group = changes.filter((change) => change.op === op);
    if (group.length > NAMED && (op === "create" || op === "delete")) {
      return [[`${mark} ${plural(group.length, "resource")}: ${typesText(group)}`, style] as const];
    }
    return group.map(
      (change) => [`${mark} ${nameOf(change.urn)}${detail(change)}`, style] as const,
    );
  });
}

function typesText(changes: readonly Operation[]): string {
  const counts = new Map<string, number>();
  for (const { urn } of changes) counts.set(typeOf(urn), (counts.get(typeOf(urn)) ?? 0) + 1);
  const types = [...counts].sort(([a, m], [b, n]) => n - m || compareText(a, b));
  const named = types.slice(0, NAMED_TYPES).map(([type, count]) => `${String(count)} ${type}`);
  const rest = types.length - named.length;
  return `${named.join(", ")}${rest > 0 ? ` and ${plural(rest, "other type")}` : ""}`;
}

function detail({ op, changed, replacing }: Operation): string {
  if (op === "replace") return `  (${replacing.join(", ")})`;
  return op === "update" && changed.length > 0 ? `  (${changed.join(", ")})` : "";
}

function problemsOf(outcomes: readonly StackOutcome[]) {
  return outcomes.flatMap(({ stack, problems }) => problems.map((problem) => ({ stack, problem })));
}

function typeOf(urn: string): string {
  const token = urn.split("::")[2]?.split("$").at(-1) ?? "";
  const [, , service = "", name = ""] = /^([a-z]+):([^/:]+)[^:]*:(.+)$/u.exec(token) ?? [];
  return name === "" ? token : `${service}.${name}`;
}

function nameOf(urn: string): string {
  return `${typeOf(urn)} ${urn.split("::").slice(3).join("::")}`;
}
