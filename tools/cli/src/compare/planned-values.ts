import type { JsonValue, Problem } from "@atoll/core";
import type { StackPreview } from "@atoll/engine";

import { isList, isObject, isUnknown, joinPath } from "../render/value.ts";

/** What of a stack's preview rests on planned values: what a preview that leaves them unknown does not have. */
export interface PlannedOnly {
  /** URNs of resources that only the planned preview has. */
  readonly resources: ReadonlySet<string>;
  /** Short names (`type name`) of resources that only the preview with unknowns has, sorted by URN. */
  readonly missing: readonly string[];
  /** By URN, the paths of inputs that are known only because a value was planned. */
  readonly inputs: ReadonlyMap<string, ReadonlySet<string>>;
  /** Keys (see `problemKey`) of problems that only the planned preview found. */
  readonly problems: ReadonlySet<string>;
  /** Problems that only the preview with unknowns found. */
  readonly otherProblems: readonly Problem[];
}

/**
 * Holds a planned preview of a stack against one of the same stack with unknowns.
 *
 * @param planned computed outputs stand as planned
 * @param unknown computed outputs are left unknown, as a real preview of a new stack leaves them
 */
export function findPlannedOnly(planned: StackPreview, unknown: StackPreview): PlannedOnly {
  const others = new Map(unknown.resources.map((resource) => [resource.urn, resource]));
  const known = new Set(planned.resources.map(({ urn }) => urn));
  const resources = new Set<string>();
  const inputs = new Map<string, ReadonlySet<string>>();
  for (const resource of planned.resources) {
    const other = others.get(resource.urn);
    if (other === undefined) {
      resources.add(resource.urn);
      continue;
    }
    const paths = new Set(plannedPaths(resource.inputs, other.inputs, ""));
    if (paths.size > 0) inputs.set(resource.urn, paths);
  }
  const keysOf = (problems: readonly Problem[]) => new Set(problems.map(problemKey));
  const unknownKeys = keysOf(unknown.problems);
  const plannedKeys = keysOf(planned.problems);
  return {
    resources,
    missing: unknown.resources
      .filter(({ urn }) => !known.has(urn))
      .map(({ type, name }) => `${type} ${name}`),
    inputs,
    problems: new Set([...plannedKeys].filter((key) => !unknownKeys.has(key))),
    otherProblems: unknown.problems.filter((problem) => !plannedKeys.has(problemKey(problem))),
  };
}

function plannedPaths(
  planned: JsonValue | undefined,
  unknown: JsonValue | undefined,
  path: string,
): readonly string[] {
  if (isUnknown(unknown)) return isUnknown(planned) || planned === undefined ? [] : [path];
  if (isList(planned) && isList(unknown)) {
    return planned.flatMap((item, index) =>
      plannedPaths(item, unknown[index], joinPath(path, `[${String(index)}]`)),
    );
  }
  if (isObject(planned) && isObject(unknown)) {
    return Object.entries(planned).flatMap(([key, item]) =>
      plannedPaths(item, unknown[key], joinPath(path, key)),
    );
  }
  return [];
}

/** What makes two problems of a stack the same one in both modes. */
export function problemKey(problem: Problem): string {
  return JSON.stringify([problem.code, problem.severity, problem.path]);
}
