import * as pulumi from "@pulumi/pulumi";
import { AtollError } from "@atoll/core";

import type { StackPlan } from "../planning/stack-plan.ts";
import { plannedOutput } from "./planned-outputs.ts";

/** Reads an output of the stack that answers a needed kind. */
export type ReadOutput = (kind: string, name: string) => pulumi.Output<unknown>;

/**
 * Makes the one place where a program reads other stacks: a stack reference for each, made when it is first asked for.
 * The returned function throws the AtollError `NEED_NOT_DECLARED`.
 *
 * @param isComplete whether every output of the needed stacks is known already, even in a dry run
 */
export function stackOutputs(plan: StackPlan, isComplete: boolean): ReadOutput {
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
    return value.apply((known) =>
      known === undefined ? missingOutput(plan.stack, stack, name, isComplete) : known,
    );
  };
}

function fullName(stack: string): string {
  return `${pulumi.getOrganization()}/${pulumi.getProject()}/${stack}`;
}

/**
 * What stands for an output that a stack does not have: in a dry run its planned value or an unknown, as the stack may
 * not be deployed yet.
 *
 * @param isComplete whether the stack's outputs are all known, so that an absent one stays absent
 * @throws AtollError `OUTPUT_MISSING` outside a dry run, and where the outputs are complete
 */
export function missingOutput(
  reader: string,
  stack: string,
  name: string,
  isComplete: boolean,
): unknown {
  if (pulumi.runtime.isDryRun() && !isComplete) return plannedOutput(stack, name);
  throw new AtollError(
    "OUTPUT_MISSING",
    `${reader} needs the output "${name}" of the stack ${stack}, which does not have it: bring ${stack} up first`,
  );
}
