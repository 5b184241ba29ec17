import { compareText, suggest, type JsonValue, type Problem } from "@atoll/core";

import { formatPath, type PathSegment } from "../problem-path.ts";

/** Everything of an error but its severity; `path` as segments. */
export interface ErrorParts {
  readonly code: string;
  readonly path: readonly PathSegment[];
  readonly message: string;
  readonly got: JsonValue;
  readonly expected: string;
  readonly fix: string;
}

/** Makes an error out of its parts. */
export function errorAt(parts: ErrorParts): Problem {
  return { ...parts, severity: "error", path: formatPath(parts.path) };
}

/** Makes a warning out of its parts. */
export function warningAt(parts: ErrorParts): Problem {
  return { ...parts, severity: "warning", path: formatPath(parts.path) };
}

/** "Did you mean …?" where a known name is near, else the given advice. */
export function didYouMean(word: string, known: Iterable<string>, otherwise: string): string {
  const meant = suggest(word, known);
  return meant === undefined ? otherwise : `Did you mean "${meant}"?`;
}

/** `one of a, b, c`, cut after ten names. */
export function oneOf(known: Iterable<string>): string {
  const sorted = [...new Set(known)].sort(compareText);
  if (sorted.length === 0) return "nothing: there is none";
  if (sorted.length <= 10) return `one of ${sorted.join(", ")}`;
  return `one of ${sorted.length} names, such as ${sorted.slice(0, 10).join(", ")}`;
}

/** Anything as JSON that a problem can carry: what JSON cannot say becomes the name of its type. */
export function toJson(value: unknown, depth = 0): JsonValue {
  if (value === null || value === undefined) return null;
  if (typeof value === "string" || typeof value === "boolean") return value;
  // JSON knows neither infinities nor a negative zero.
  if (typeof value === "number") return Number.isFinite(value) ? value || 0 : String(value);
  if (typeof value !== "object") return typeof value;
  if (depth > 3) return "…";
  if (Array.isArray(value)) return value.slice(0, 20).map((element) => toJson(element, depth + 1));
  const entries = Object.entries(value).slice(0, 20);
  return Object.fromEntries(entries.map(([key, inner]) => [key, toJson(inner, depth + 1)]));
}

/**
 * Problems in the order of the file's parts, list positions by number; the same problem reported twice (a default that
 * many accounts inherit) comes once.
 */
export function sortByPath(problems: readonly Problem[]): readonly Problem[] {
  const byKey = new Map<string, Problem>();
  for (const problem of problems) {
    // Positions are padded so that accounts[10] comes after accounts[9].
    const path = problem.path.replace(
      /\[(\d+)\]/g,
      (_, index: string) => `[${index.padStart(9, "0")}]`,
    );
    byKey.set([path, problem.code, problem.message].join("\u0000"), problem);
  }
  return [...byKey].sort(([a], [b]) => compareText(a, b)).map(([, problem]) => problem);
}
