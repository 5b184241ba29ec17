import type { Problem } from "@atoll/core";

import type { RecoveryDecision } from "./plan-recovery.ts";

/**
 * What a person is told about a decision that is left to them; undefined for every other decision.
 * Codes: `RECOVERY_AMBIGUOUS` (candidates that do not decide it), `RECOVERY_UNIDENTIFIED` (it cannot be looked for).
 */
export function recoveryProblem(decision: RecoveryDecision): Problem | undefined {
  const { urn, type, action, candidates } = decision;
  const answers =
    "Look in the account, then run again with --resume and either --found '<urn>=<id>' for the one that it is, or --absent '<urn>' when there is none.";
  if (action === "ask") {
    return {
      code: "RECOVERY_AMBIGUOUS",
      severity: "error",
      path: urn,
      message:
        "A run was cut short while it created this resource, and what exists does not say for certain whether it is the one.",
      got: candidates.map(({ id, description }) => `${id} (${description})`).join(", "),
      expected: "one resource that carries this stack's tags and is not in the state yet",
      fix: answers,
    };
  }
  if (action === "report") {
    return {
      code: "RECOVERY_UNIDENTIFIED",
      severity: "error",
      path: urn,
      message:
        "A run was cut short while it created this resource. It may exist, and nothing identifies it: it is not created again.",
      got: `${type}, which has neither tags nor a natural key`,
      expected: "someone who has looked",
      fix: answers,
    };
  }
  return undefined;
}
