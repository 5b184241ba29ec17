import { relative } from "node:path";

import type { PreviewRun, StackSummary } from "@atoll/engine";

import { findPlannedOnly, problemKey, type PlannedOnly } from "../compare/planned-values.ts";
import {
  foundProblems,
  MANY_STACKS,
  renderNextSteps,
  renderProblemSection,
  renderStackBlock,
  renderStackLine,
  renderSummary,
} from "../render/preview.ts";
import type { FoundProblem } from "../render/problems.ts";
import type { Session } from "../session.ts";

import type { PreviewOptions } from "./preview-options.ts";

/** A finished preview, and what it is shown with. */
export interface FinishedPreview {
  readonly run: PreviewRun;
  /** The same preview with unknowns, to mark what rests on planned values. */
  readonly other: PreviewRun | undefined;
  readonly milliseconds: number;
}

/** Writes a preview for people, one stack after another, so that no more than one is in memory. */
export function writePreview(
  session: Session,
  options: PreviewOptions,
  { run, other, milliseconds }: FinishedPreview,
): void {
  const { io, quiet } = session;
  const { organization, problems, stacks } = run;
  const timed = options.timings === true ? { milliseconds } : {};
  const totals = { organization, problems, stacks, ...timed };
  const planned = plannedOnlyOf(run, stacks, other);
  if (!quiet) writeStacks(session, options, { run, stacks, planned });
  const found = renderProblemSection(withRemarks(foundProblems(totals), planned), io.paint);
  const isFirst = quiet || stacks.length === 0;
  io.out(isFirst ? found.trimStart() : found);
  io.out(`${isFirst && found === "" ? "" : "\n"}${renderSummary(totals, io.paint)}`);
  if (quiet) return;
  const next = renderNextSteps(totals, {
    paint: io.paint,
    organizationFlag: organizationFlagOf(session),
    hasBase: !relative(session.root, session.organizationFile).startsWith(".."),
    verbose: options.verbose === true,
    sources: options.sources === true,
  });
  io.out(next === "" ? "" : `\n${next}`);
}

/** The organization that was named, so that what is proposed can be typed as it stands. */
function organizationFlagOf({ cwd, organizationFile, organizationNamed }: Session): string {
  if (!organizationNamed) return "";
  const file = relative(cwd, organizationFile);
  const isPlain = /^[\w./@-]+$/.test(file);
  return ` --organization ${isPlain ? file : `'${file.replaceAll("'", "'\\''")}'`}`;
}

function writeStacks(
  { io }: Session,
  options: PreviewOptions,
  shown: {
    readonly run: PreviewRun;
    readonly stacks: readonly StackSummary[];
    readonly planned: ReadonlyMap<string, PlannedOnly>;
  },
): void {
  const { run, stacks, planned } = shown;
  const verbose = options.verbose === true;
  const look = { paint: io.paint, verbose, timings: options.timings === true };
  const isMany = stacks.length >= MANY_STACKS && !verbose;
  let afterBlock = false;
  for (const summary of stacks) {
    // Nobody reads on: what follows need not be made.
    if (io.closed()) return;
    const isLine = isMany && summary.status === "ok";
    if (summary !== stacks[0] && (!isLine || afterBlock)) io.out("\n");
    afterBlock = !isLine;
    io.out(
      isLine
        ? renderStackLine(summary, look)
        : renderStackBlock(summary, run.load(summary.stack), look, planned.get(summary.stack)),
    );
  }
}

/** By stack, what only the planned preview has; empty unless there is a preview with unknowns to hold it against. */
function plannedOnlyOf(
  run: PreviewRun,
  stacks: readonly StackSummary[],
  other: PreviewRun | undefined,
): ReadonlyMap<string, PlannedOnly> {
  if (other === undefined) return new Map();
  const comparable = new Set(other.stacks.map(({ stack }) => stack));
  return new Map(
    stacks
      .filter(({ stack }) => comparable.has(stack))
      .map(({ stack }) => [stack, findPlannedOnly(run.load(stack), other.load(stack))]),
  );
}

function withRemarks(
  found: readonly FoundProblem[],
  planned: ReadonlyMap<string, PlannedOnly>,
): readonly FoundProblem[] {
  const remark = ({ stack, problem }: FoundProblem) => {
    const only = stack === null ? undefined : planned.get(stack);
    return only?.problems.has(problemKey(problem)) === true
      ? { remark: "Found only because of a planned value." }
      : {};
  };
  const others = [...planned].flatMap(([stack, { otherProblems }]) =>
    otherProblems.map((problem) => ({
      stack,
      problem,
      remark: "Found only while computed values are unknown.",
    })),
  );
  return [...found.map((item) => ({ ...item, ...remark(item) })), ...others];
}
