import type { JsonValue, Problem } from "@atoll/core";
import type { Preview, ResourcePreview, StackPreview, StackSummary } from "@atoll/engine";

import { countTypes } from "../render/types.ts";

/** A resource of a made-up preview; its URN follows from the stack, the parent types and the name. */
export function resource(
  stack: string,
  type: string,
  name: string,
  more: Partial<ResourcePreview> & { readonly parents?: readonly string[] } = {},
): ResourcePreview {
  const { parents = [], ...rest } = more;
  return {
    urn: urnOf(stack, [...parents, type], name),
    type,
    name,
    inputs: {},
    outputs: {},
    parent: urnOf(stack, ["pulumi:pulumi:Stack"], `atoll-${stack}`),
    dependencies: [],
    provider: `${urnOf(stack, ["pulumi:providers:aws"], "aws")}::planned`,
    options: {},
    ...rest,
  };
}

/** The URN of a resource of the project `atoll`. */
export function urnOf(stack: string, types: readonly string[], name: string): string {
  return `urn:pulumi:${stack}::atoll::${types.join("$")}::${name}`;
}

/** A made-up preview of a stack. */
export function stackPreview(stack: string, more: Partial<StackPreview> = {}): StackPreview {
  return {
    stack,
    account: stack,
    accountId: "111111111111",
    kind: "workload",
    unit: null,
    status: "ok",
    blockedBy: [],
    resources: [],
    outputs: {},
    problems: [],
    ...more,
  };
}

/** The summary that goes with a stack's preview. */
export function summaryOf(preview: StackPreview, more: Partial<StackSummary> = {}): StackSummary {
  const { resources, ...rest } = preview;
  return { ...rest, reason: null, counts: countTypes(resources), cached: false, log: [], ...more };
}

/** A made-up preview of an organization. */
export function previewOf(
  stacks: readonly StackPreview[],
  problems: readonly Problem[] = [],
): Preview {
  return { version: 1, organization: "atoll", stacks, problems };
}

/** A made-up problem. */
export function problem(code: string, path: string, more: Partial<Problem> = {}): Problem {
  return {
    code,
    severity: "error",
    path,
    message: `${code} at ${path}.`,
    got: null as JsonValue,
    expected: "something else",
    fix: "Change it.",
    ...more,
  };
}
