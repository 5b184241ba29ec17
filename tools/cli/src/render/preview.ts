import { stripVTControlCharacters } from "node:util";

import type { Problem } from "@atoll/core";
import type { StackPreview, StackStatus, StackSummary } from "@atoll/engine";

import { problemCounts, renderProblems, type FoundProblem } from "./problems.ts";
import { renderTree, treeDetail } from "./resource-tree.ts";
import { plural, thousands } from "./table.ts";
import { countsText, regionsOf, totalOf } from "./types.ts";
import type { PlannedOnly } from "../compare/planned-values.ts";
import type { Paint, Style } from "./paint.ts";

/** From so many stacks on, one that is well gets a line instead of a block. */
export const MANY_STACKS = 100;

/** A status's sign and its look. */
export const STATUS_MARK: Readonly<
  Record<StackStatus, { readonly mark: string; readonly style: Style }>
> = {
  ok: { mark: "✔", style: "good" },
  failed: { mark: "✖", style: "error" },
  blocked: { mark: "⊘", style: "warning" },
  skipped: { mark: "–", style: "faint" },
};

/** How stacks are shown. */
export interface StackOptions {
  readonly paint: Paint;
  readonly verbose: boolean;
  readonly timings: boolean;
}

/** What a resource is marked with when it would not be there without planned values. */
const PLANNED_RESOURCE = "only because of a planned value";

/** A stack on one line: status, name, account id, kind, regions where known, resources, why it is not well. */
export function renderStackLine(
  summary: StackSummary,
  options: StackOptions,
  regions: readonly string[] = [],
): string {
  const { paint, timings } = options;
  const { mark, style } = STATUS_MARK[summary.status];
  const total = totalOf(summary.counts);
  const { errors, warnings, text } = problemCounts(summary.problems);
  const parts = [
    `${paint(style, mark)} ${paint("name", summary.stack)}`,
    summary.accountId ?? "no account id yet",
    summary.unit === null ? summary.kind : `unit ${summary.unit}`,
    ...(regions.length === 0 ? [] : [regions.join(", ")]),
    summary.status === "blocked" || summary.status === "skipped"
      ? paint(style, summary.status)
      : plural(total, "resource"),
    ...(errors > 0 ? [paint("error", text)] : warnings > 0 ? [paint("warning", text)] : []),
    ...(summary.cached ? [paint("faint", "cached")] : []),
    ...(timings && summary.milliseconds !== undefined
      ? [paint("faint", secondsText(summary.milliseconds))]
      : []),
  ];
  return `${parts.join("  ")}\n`;
}

/** A stack with its counts by type and its tree. */
export function renderStackBlock(
  summary: StackSummary,
  preview: StackPreview,
  options: StackOptions,
  planned?: PlannedOnly,
): string {
  const { paint, verbose } = options;
  const lines = [renderStackLine(summary, options, regionsOf(preview.resources))];
  const reason = reasonText(summary);
  if (reason !== "") lines.push(`  ${paint("faint", reason)}\n`);
  const total = totalOf(summary.counts);
  if (total > 0) {
    const counts = verbose ? countsText(summary.counts) : countsText(summary.counts, 3);
    lines.push(`  ${paint("faint", counts)}\n`);
    const tree = renderTree(preview.resources, {
      detail: treeDetail(preview.resources, verbose),
      paint,
      remarkOf: ({ urn }) => (planned?.resources.has(urn) === true ? PLANNED_RESOURCE : ""),
      inputRemarkOf: ({ urn }, path) =>
        planned?.inputs.get(urn)?.has(path) === true ? "planned" : "",
    });
    lines.push(tree.replace(/^(?=.)/gm, "  "));
  }
  if (planned !== undefined) lines.push(...plannedLines(planned, paint));
  if (verbose) lines.push(...logLines(summary.log, paint));
  return lines.join("");
}

/** What the program printed, with nothing in it that would steer a terminal. */
function logLines(log: readonly string[], paint: Paint): string[] {
  const shown = log.map((line) => `  ${paint("faint", "│")} ${stripVTControlCharacters(line)}\n`);
  return shown.length === 0 ? [] : [`  ${paint("faint", "printed by the program")}\n`, ...shown];
}

/** Why a stack was not previewed; empty when it was. */
export function reasonText({ status, reason, blockedBy }: StackSummary): string {
  if (status === "blocked" && blockedBy.length > 0) return `waits for ${blockedBy.join(", ")}`;
  if (status === "skipped" || status === "blocked") return reason ?? "";
  return "";
}

/** What a finished preview amounts to. */
export interface PreviewTotals {
  readonly organization: string;
  readonly stacks: readonly StackSummary[];
  /** Of the organization itself. */
  readonly problems: readonly Problem[];
  /** Shown when given. */
  readonly milliseconds?: number;
}

/** Every problem of a preview, each with the stack it is in. */
export function foundProblems(totals: Pick<PreviewTotals, "stacks" | "problems">): FoundProblem[] {
  return [
    ...totals.problems.map((problem) => ({ stack: null, problem })),
    ...totals.stacks.flatMap(({ stack, problems }) =>
      problems.map((problem) => ({ stack, problem })),
    ),
  ];
}

/** The problems of a preview under a heading, a blank line ahead; empty when there are none. */
export function renderProblemSection(found: readonly FoundProblem[], paint: Paint): string {
  return found.length === 0
    ? ""
    : `\n${paint("heading", "Problems")}\n${renderProblems(found, paint)}`;
}

/** Counts of stacks by status, resources and problems: two lines. */
export function renderSummary(totals: PreviewTotals, paint: Paint): string {
  const { stacks } = totals;
  const statuses = (["ok", "failed", "blocked", "skipped"] as const).flatMap((status) => {
    const count = stacks.filter((stack) => stack.status === status).length;
    return count === 0 ? [] : [paint(STATUS_MARK[status].style, `${thousands(count)} ${status}`)];
  });
  const resources = stacks.reduce((sum, { counts }) => sum + totalOf(counts), 0);
  const { errors, text } = problemCounts(foundProblems(totals).map(({ problem }) => problem));
  const name = totals.organization === "" ? "The organization" : totals.organization;
  const states = statuses.length === 0 ? "" : ` (${statuses.join(", ")})`;
  const elapsed =
    totals.milliseconds === undefined ? "" : `, in ${secondsText(totals.milliseconds)}`;
  return (
    `${paint("heading", name)}: ${plural(stacks.length, "stack")}${states}, ` +
    `${plural(resources, "resource")}, ` +
    `${errors > 0 ? paint("error", text) : text}${elapsed}\n`
  );
}

/** What to type next, a line each; depends on how the preview came out. */
export function renderNextSteps(totals: PreviewTotals, options: NextStepOptions): string {
  const steps = nextSteps(totals, options);
  if (steps.length === 0) return "";
  const { paint, organizationFlag } = options;
  const commands = steps.map(([command, text]) => [`${command}${organizationFlag}`, text] as const);
  const width = Math.max(...commands.map(([command]) => command.length));
  const lines = commands.map(
    ([command, text]) => `  ${paint("name", command.padEnd(width))}  ${paint("faint", text)}\n`,
  );
  return `${paint("heading", "Next")}\n${lines.join("")}`;
}

/** What the next steps depend on besides the preview. */
export interface NextStepOptions {
  readonly paint: Paint;
  /** Put behind every command; empty, or ` --organization <file>`. */
  readonly organizationFlag: string;
  /** Whether the organization can be compared with another revision: it is part of the workspace. */
  readonly hasBase: boolean;
  /** Options that this preview was made with need not be proposed. */
  readonly verbose: boolean;
  readonly sources: boolean;
}

type Step = readonly [command: string, text: string];

function nextSteps(totals: PreviewTotals, options: NextStepOptions): readonly Step[] {
  const { stacks } = totals;
  const problems = foundProblems(totals).map(({ problem }) => problem);
  const { errors } = problemCounts(problems);
  const failed = stacks.find(({ status }) => status === "failed");
  const first = failed ?? stacks.find(({ status }) => status === "ok");
  const steps: Step[] = [];
  if (problems.some(({ code }) => code === "ADDRESS_BOOK_MISSING_ENTRY")) {
    steps.push(["atoll addresses allocate", "adds the blocks that are missing"]);
  } else if (stacks.length === 0) {
    steps.push(["atoll preview", "again, once the errors are mended"]);
  }
  if (failed !== undefined && !options.sources) {
    steps.push([`atoll preview ${failed.stack} --sources`, "that stack alone, with lines"]);
  }
  if (first !== undefined && !options.verbose) {
    steps.push([`atoll preview ${first.stack} --verbose`, "every resource with its inputs"]);
  }
  if (errors === 0 && stacks.length > 0) {
    steps.push(["atoll up --sandbox", "brings all of it up on this machine, without AWS"]);
    if (options.hasBase) {
      steps.push(["atoll preview --base HEAD", "what the working tree changes"]);
    }
    steps.push(["atoll accounts", "the accounts, their lifecycle and addresses"]);
  }
  return steps;
}

/** `0.42 s`, `12.3 s`. */
export function secondsText(milliseconds: number): string {
  const seconds = milliseconds / 1000;
  return `${seconds.toFixed(seconds < 10 ? 2 : 1)} s`;
}

function plannedLines(planned: PlannedOnly, paint: Paint): string[] {
  const values = [...planned.inputs.values()].reduce((sum, paths) => sum + paths.size, 0);
  const parts = [
    ...(planned.resources.size > 0 ? [plural(planned.resources.size, "resource")] : []),
    ...(values > 0 ? [plural(values, "input value")] : []),
    ...(planned.problems.size > 0 ? [plural(planned.problems.size, "problem")] : []),
  ];
  const lines =
    parts.length === 0
      ? []
      : [`  ${paint("faint", `only because of planned values: ${parts.join(", ")}`)}\n`];
  const { missing } = planned;
  if (missing.length > 0) {
    lines.push(`  ${paint("warning", `only with unknowns: ${missing.join(", ")}`)}\n`);
  }
  return lines;
}
