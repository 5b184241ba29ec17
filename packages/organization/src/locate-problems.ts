import type { Problem } from "@atoll/core";

import { organizationSchema } from "./define/schema.ts";
import { readCallArgument, type Position } from "./locate/literal.ts";
import { tokenize } from "./locate/tokens.ts";
import { parsePath, type PathSegment } from "./problem-path.ts";

/**
 * Adds to each problem of an organization where it was written: the line of the attribute that its path names, or of
 * what should hold it where it is missing. It reads the file's text without running or compiling it, so it only knows
 * what is plain to see: one call of `defineOrganization` whose argument is an object literal. Where a spread, a
 * variable or a computed name leaves a doubt, the problem is returned as it came.
 *
 * @param file path of the organization file relative to the workspace root, with forward slashes
 * @param text the file's text
 */
export function locateProblems(
  problems: readonly Problem[],
  file: string,
  text: string,
): readonly Problem[] {
  if (problems.length === 0) return problems;
  const tokens = tokenize(text);
  const root = tokens === null ? null : readCallArgument(tokens, "defineOrganization");
  if (root === null) return problems;
  return problems.map((problem) => {
    if (problem.source !== undefined) return problem;
    const path = parsePath(problem.path);
    const line = path === null ? null : lineOf(root, path);
    return line === null ? problem : { ...problem, source: { file, line } };
  });
}

function lineOf(root: Position, path: readonly PathSegment[]): number | null {
  // A missing attribute is only looked for here when an organization can have it: paths of stacks are not of this file.
  const [first] = path;
  if (first !== undefined && !root.properties?.has(String(first)) && !isAttribute(first))
    return null;
  let position = root;
  for (const segment of path) {
    const next =
      typeof segment === "number"
        ? position.elements?.[segment]
        : position.properties?.get(segment);
    if (next === undefined) {
      // Missing from a literal that is all there: the literal is the place. Anything else is a guess.
      const complete =
        !position.open && (position.properties !== null || position.elements !== null);
      return complete ? position.line : null;
    }
    position = next;
  }
  return position.line;
}

function isAttribute(name: PathSegment): boolean {
  return Object.hasOwn(organizationSchema.shape, name);
}
