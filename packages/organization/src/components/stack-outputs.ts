import * as pulumi from "@pulumi/pulumi";
import { AtollError } from "@atoll/core";

import type { StackPlan } from "../planning/stack-plan.ts";
import { plannedOutput } from "./planned-outputs.ts";

/** Reads an output of the stack that answers a needed kind. */
export type ReadOutput = (kind: string, name: string) => pulumi.Output<unknown>;

/**
 * Makes the one place where a program reads other stacks: a stack reference for each, made when it is first asked for.
 * The returned function throws the AtollError `NEED_NOT_DECLARED`.
 */
export function stackOutputs(plan: StackPlan): ReadOutput {
  const references = new Map<string, pulumi.StackReference>();
  return (kind, name) => {
    const stack = Object.hasOwn(plan.needs, kind) ? plan.needs[kind] : undefined;
    if (stack === undefined) {
      const declared = Object.keys(plan.needs).join(", ") || "none";
      throw new AtollError(
        "NEED_NOT_DECLARED",
        `${plan.stack} reads "${name}" of an account of kind "${kind}" and does not declare that need (declared: ${declared}): add "${kind}" to the program's needs`,
      );
    }
    const reference = references.get(stack) ?? new pulumi.StackReference(fullName(stack));
    references.set(stack, reference);
    const value = reference.getOutput(name) as pulumi.Output<unknown>;
    return value.apply((known) => (known === undefined ? missing(plan.stack, stack, name) : known));
  };
}

function fullName(stack: string): string {
  return `${pulumi.getOrganization()}/${pulumi.getProject()}/${stack}`;
}

function missing(reader: string, stack: string, name: string): unknown {
  if (pulumi.runtime.isDryRun()) return plannedOutput(stack, name);
  throw new AtollError(
    "OUTPUT_MISSING",
    `${reader} needs the output "${name}" of the stack ${stack}, which does not have it: bring ${stack} up first`,
  );
}
