import type { Problem } from "@atoll/core";

import type { Change, ChangeGroup, PreviewComparison, StackComparison } from "../compare/types.ts";
import { renderChanges } from "./change.ts";
import type { Paint } from "./paint.ts";
import { renderProblemGroup } from "./problems.ts";
import { namesText, plural } from "./table.ts";

/** How a comparison is shown. */
export interface ComparisonOptions {
  readonly paint: Paint;
  /** Every stack with its own values, instead of one example for stacks that have the same change. */
  readonly verbose: boolean;
}

/** What the working tree changes against the base: groups of stacks, each with what changes there. */
export function renderComparison(
  comparison: PreviewComparison,
  options: ComparisonOptions,
): string {
  const { paint } = options;
  const { ref, commit } = comparison.base;
  const short = commit.slice(0, 10);
  const title = ref === commit ? short : `${ref} (${short})`;
  const changed = comparison.stacks.filter(({ changes }) => changes.length > 0);
  const sections = options.verbose
    ? changed.map((stack) => stackSection(stack, paint))
    : groupSections(comparison, paint);
  const heading = paint("heading", `What the working tree changes against ${title}`);
  return [
    `${heading}\n`,
    ...comparison.notes.map((note) => `\n${problemText(note, paint)}`),
    ...sections.map((section) => `\n${section}`),
    ...organizationSection(comparison.problems, paint),
    ...(comparison.stacks.length === 0 ? [] : [`\n${totalsLine(comparison, changed.length)}\n`]),
  ].join("");
}

/** Groups with the same stacks stand under one heading, those of the most stacks first. */
function groupSections(comparison: PreviewComparison, paint: Paint): string[] {
  const fresh = stacksThatCameOrWent(comparison.stacks);
  const sections = new Map<string, ChangeGroup[]>();
  for (const group of comparison.groups) {
    // A new stack's resources are all new: its own line says how many.
    const isImplied =
      (group.change.subject === "resource" || group.change.subject === "output") &&
      group.stacks.every((stack) => fresh.has(stack));
    if (isImplied) continue;
    const key = group.stacks.join(", ");
    const section = sections.get(key);
    if (section === undefined) sections.set(key, [group]);
    else section.push(group);
  }
  const order = [...sections].sort(
    ([, a], [, b]) => (b[0]?.stacks.length ?? 0) - (a[0]?.stacks.length ?? 0),
  );
  return order.map(([, groups]) => {
    const changes = groups.map(({ change, varies, stacks }) => {
      const remark = `values of each account's own; here ${stacks[0] ?? ""}'s`;
      return { change, ...(varies ? { remark } : {}) };
    });
    const [first] = groups;
    return sectionText(namesText(first?.stacks ?? []), changes, paint);
  });
}

function sectionText(
  stacks: string,
  changes: readonly { readonly change: Change; readonly remark?: string }[],
  paint: Paint,
): string {
  const lines = renderChanges(changes, paint).map((line) => `  ${line}\n`);
  return `${paint("name", `in ${stacks}:`)}\n${lines.join("")}`;
}

function stackSection({ stack, changes }: StackComparison, paint: Paint): string {
  return sectionText(
    stack,
    changes.map((change) => ({ change })),
    paint,
  );
}

function stacksThatCameOrWent(stacks: readonly StackComparison[]): ReadonlySet<string> {
  const names = stacks.filter(({ changes }) => changes.some(({ subject }) => subject === "stack"));
  return new Set(names.map(({ stack }) => stack));
}

function organizationSection(
  { added, removed }: PreviewComparison["problems"],
  paint: Paint,
): readonly string[] {
  const changes = [
    ...added.map((problem) => ({ subject: "problem", change: "added", problem }) as const),
    ...removed.map((problem) => ({ subject: "problem", change: "removed", problem }) as const),
  ];
  if (changes.length === 0) return [];
  const section = changes.map((change) => ({ change }));
  return [`\n${sectionText("the organization", section, paint)}`];
}

function problemText(problem: Problem, paint: Paint): string {
  return renderProblemGroup({ problem, stacks: [], remark: "", count: 1 }, paint);
}

function totalsLine(comparison: PreviewComparison, changed: number): string {
  const changes = comparison.stacks.flatMap((stack) => stack.changes);
  const resources = (kind: "added" | "removed" | "changed") =>
    changes.filter((change) => change.subject === "resource" && change.change === kind).length;
  const incomplete = comparison.stacks.filter((stack) => stack.incomplete);
  const replaced = changes.filter(
    (change) => change.subject === "resource" && change.action === "replace",
  ).length;
  const counts =
    (["added", "removed", "changed"] as const)
      .map((kind) => `${String(resources(kind))} ${kind}`)
      .join(", ") + (replaced === 0 ? "" : ` (${String(replaced)} replaced)`);
  const total = plural(comparison.stacks.length, "stack");
  const summary =
    changed === 0
      ? `No changes in ${total}.`
      : `${String(changed)} of ${total} changed; resources: ${counts}.`;
  return incomplete.length === 0
    ? summary
    : `${summary}\nIncomplete, as one side did not come out well: ${incomplete.map(({ stack }) => stack).join(", ")}.`;
}
