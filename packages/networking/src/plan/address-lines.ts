import type { Problem } from "@atoll/core";

const PATH_PREFIX = "addresses.";
const ENTRY = /"((?:[^"\\]|\\.)*)"\s*:\s*"/g;

/** The path by which problems speak of an entry of the address book. */
export function addressPath(key: string): string {
  return `${PATH_PREFIX}${key}`;
}

/**
 * The 1-based lines on which each text-valued key of a JSON text stands, in order. A key that stands twice, which
 * `JSON.parse` would hide, has two lines.
 */
export function linesOfKeys(text: string): ReadonlyMap<string, readonly number[]> {
  const lines = new Map<string, number[]>();
  let line = 1;
  let read = 0;
  for (const match of text.matchAll(ENTRY)) {
    line += countNewlines(text, read, match.index);
    read = match.index;
    const key = match[1] ?? "";
    lines.set(key, [...(lines.get(key) ?? []), line]);
  }
  return lines;
}

/**
 * Adds `source` to the problems that speak of an entry of the address book.
 *
 * @param file path of the address book, relative to the workspace
 * @param text its contents
 */
export function locateAddressProblems(
  problems: readonly Problem[],
  file: string,
  text: string,
): readonly Problem[] {
  const lines = linesOfKeys(text);
  return problems.map((problem) => {
    if (problem.source !== undefined || !problem.path.startsWith(PATH_PREFIX)) return problem;
    const line = lines.get(problem.path.slice(PATH_PREFIX.length))?.[0];
    return line === undefined ? problem : { ...problem, source: { file, line } };
  });
}

/**
 * The 1-based line of the first mistake in a text that `JSON.parse` refused. The parser names a position for some
 * mistakes alone (not for the marks that a merge conflict leaves), so the lines are held against the book's own form.
 */
export function lineOfJsonError(text: string, message: string): number {
  const position = /at position (\d+)/.exec(message)?.[1];
  // A text that ends early is wrong where it ends, not on the empty line after it.
  const end = text.trimEnd();
  if (position !== undefined) return 1 + countNewlines(end, 0, Number(position));
  const lines = text.split("\n");
  const odd = lines.findIndex((line) => !LINE_FORM.test(line));
  return odd === -1 ? end.split("\n").length : odd + 1;
}

const LINE_FORM = /^\s*(?:|[{}]|},?|"[^"]*"\s*:\s*(?:\{|\d+,?|"[^"]*",?))\s*$/;

function countNewlines(text: string, from: number, to: number): number {
  let count = 0;
  for (let at = text.indexOf("\n", from); at !== -1 && at < to; at = text.indexOf("\n", at + 1)) {
    count += 1;
  }
  return count;
}
