import { compareText, type Problem } from "@atoll/core";

import { namesText, plural } from "./table.ts";
import { valueText } from "./value.ts";
import type { Paint } from "./paint.ts";

/** A problem and the stack it was found in; null: found in the organization itself. */
export interface FoundProblem {
  readonly stack: string | null;
  readonly problem: Problem;
  /** Said behind it, such as that it rests on a planned value. @default nothing */
  readonly remark?: string;
}

/** The same problem in one stack or in several. */
export interface ProblemGroup {
  /** As the first of the stacks has it. */
  readonly problem: Problem;
  /** Sorted; empty for a problem of the organization itself. */
  readonly stacks: readonly string[];
  readonly remark: string;
  /** How many problems were put together; more than `stacks` when one stack has it twice. */
  readonly count: number;
}

/**
 * Puts identical problems of several stacks together: those that differ only in the stack's own name. Errors first,
 * then in the order of path, code and first stack. Nothing is lost: the counts add up to the number of problems.
 */
export function groupProblems(found: readonly FoundProblem[]): readonly ProblemGroup[] {
  const groups = new Map<string, FoundProblem[]>();
  for (const item of found) {
    const key = identityOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return [...groups.values()].map(toGroup).sort(compareGroups);
}

/** One problem as people read it: what is wrong, what was found, what was expected, what to do, and where. */
export function renderProblemGroup(group: ProblemGroup, paint: Paint): string {
  const { problem, stacks } = group;
  const isError = problem.severity === "error";
  const mark = isError ? paint("error", "✖ error") : paint("warning", "! warning");
  const lines = [`${mark} ${paint("name", problem.code)}  ${problem.path}`];
  if (stacks.length > 1) {
    lines.push(`  in ${plural(stacks.length, "stack")}: ${namesText(stacks)}`);
  } else if (stacks[0] !== undefined && !problem.path.startsWith(stacks[0])) {
    lines.push(`  in ${stacks[0]}`);
  }
  lines.push(...indented(problem.message, "  "));
  if (group.remark !== "") lines.push(...indented(group.remark, "  "));
  const field = (name: string, text: string) => {
    if (text === "") return;
    lines.push(...indented(text, `  ${paint("faint", name.padEnd(9))}`, " ".repeat(11)));
  };
  if (problem.got !== null) field("got", valueText(problem.got));
  field("expected", problem.expected);
  field("fix", problem.fix);
  if (problem.source !== undefined) {
    field("at", `${problem.source.file}:${String(problem.source.line)}`);
  }
  return `${lines.join("\n")}\n`;
}

/** Every group, a blank line between two; empty without problems. */
export function renderProblems(found: readonly FoundProblem[], paint: Paint): string {
  return groupProblems(found)
    .map((group) => renderProblemGroup(group, paint))
    .join("\n");
}

/** `2 errors, 1 warning`, or `no problems`. */
export function problemCounts(problems: readonly Problem[]): {
  readonly errors: number;
  readonly warnings: number;
  readonly text: string;
} {
  const errors = problems.filter((problem) => problem.severity === "error").length;
  const warnings = problems.length - errors;
  const parts = [
    ...(errors > 0 ? [plural(errors, "error")] : []),
    ...(warnings > 0 ? [plural(warnings, "warning")] : []),
  ];
  return { errors, warnings, text: parts.length === 0 ? "no problems" : parts.join(", ") };
}

function identityOf({ stack, problem, remark = "" }: FoundProblem): string {
  const generic = (text: string) => (stack === null ? text : withoutName(text, stack));
  return JSON.stringify([
    stack === null,
    problem.code,
    problem.severity,
    generic(problem.path),
    generic(problem.message),
    generic(JSON.stringify(problem.got)),
    generic(problem.expected),
    generic(problem.fix),
    problem.source ?? null,
    remark,
  ]);
}

/** The text with a stack's name replaced wherever it stands as a word of its own. */
function withoutName(text: string, stack: string): string {
  const escaped = stack.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return text.replace(new RegExp(`(?<![\\w.-])${escaped}(?![\\w-])`, "g"), "\u0000");
}

function toGroup(items: readonly FoundProblem[]): ProblemGroup {
  const sorted = [...items].sort((a, b) => compareText(a.stack ?? "", b.stack ?? ""));
  const first = sorted[0] as FoundProblem;
  const stacks = sorted.flatMap(({ stack }) => (stack === null ? [] : [stack]));
  return {
    problem: first.problem,
    stacks: [...new Set(stacks)],
    remark: first.remark ?? "",
    count: items.length,
  };
}

function compareGroups(a: ProblemGroup, b: ProblemGroup): number {
  const key = ({ problem, stacks }: ProblemGroup) =>
    [
      problem.severity === "error" ? "0" : "1",
      problem.path,
      problem.code,
      stacks[0] ?? "",
      problem.message,
    ].join("\u0000");
  return compareText(key(a), key(b));
}

function indented(text: string, first: string, rest = first): string[] {
  return text.split("\n").map((line, index) => (index === 0 ? first : rest) + line);
}
