import type { StepEventMetadata } from "@pulumi/pulumi/automation/events.js";

import type { JsonValue } from "@atoll/core";

import type { StackOutcome } from "../run/run-options.ts";

/** One property that is not as the code has it. */
export interface DriftedProperty {
  /** Path within the resource's inputs, such as `tags.Name` or `ingress[0].fromPort`. */
  readonly path: string;
  /** What is there; null where nothing is. */
  readonly actual: JsonValue;
  /** What the code says; null where it says nothing. */
  readonly code: JsonValue;
}

/** One resource that is not as the code has it. */
export interface DriftedResource {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  /** `changed`, `missing` (the code has it and it is not there), or `extra` (it is there and the code has it no more). */
  readonly kind: "changed" | "missing" | "extra";
  /** Reverting replaces the resource. */
  readonly replaces: boolean;
  /** Sorted by path; empty unless it is `changed`. */
  readonly properties: readonly DriftedProperty[];
}

/** What differs between a stack's code and what is there. */
export interface StackDrift {
  readonly stack: string;
  /** Sorted by URN. */
  readonly resources: readonly DriftedResource[];
}

/** What Pulumi would do about it, and what that says. */
const KINDS: Readonly<Record<string, DriftedResource["kind"]>> = {
  create: "missing",
  update: "changed",
  replace: "changed",
  "create-replacement": "changed",
  delete: "extra",
};

/** Reads a stack's drift out of a look at what is there, followed by a comparison with the code. */
export function driftOf({ stack, operations, steps }: StackOutcome): StackDrift {
  const resources = operations.flatMap(({ urn, op, replacing }): readonly DriftedResource[] => {
    const kind = KINDS[op];
    const step = steps.get(urn);
    if (kind === undefined || step === undefined || !step.type.startsWith("aws:")) return [];
    return [
      {
        urn,
        type: step.type,
        name: urn.split("::")[3] ?? "",
        kind,
        replaces: op !== "update" && replacing.length > 0,
        properties: kind === "changed" ? propertiesOf(step) : [],
      },
    ];
  });
  return { stack, resources: resources.toSorted((a, b) => (a.urn < b.urn ? -1 : 1)) };
}

function propertiesOf(step: StepEventMetadata): readonly DriftedProperty[] {
  const detailed = Object.keys(step.detailedDiff ?? {});
  const paths = detailed.length > 0 ? detailed : (step.diffs ?? []);
  return [...new Set(paths)].sort().map((path) => ({
    path,
    actual: valueAt(step.old?.inputs, path) ?? valueAt(step.old?.outputs, path) ?? null,
    code: valueAt(step.new?.inputs, path) ?? null,
  }));
}

/** Pulumi's property paths: `a.b`, `a[0]`, `a["b.c"]`. */
function valueAt(value: unknown, path: string): JsonValue | undefined {
  const steps = path.matchAll(/\["((?:[^"\\]|\\.)*)"\]|\[(\d+)\]|([^.[\]]+)/gu);
  let found = value;
  for (const [, quoted, index, word] of steps) {
    if (typeof found !== "object" || found === null) return undefined;
    const key = quoted ?? index ?? word ?? "";
    found = (found as Readonly<Record<string, unknown>>)[key];
  }
  return found as JsonValue | undefined;
}
