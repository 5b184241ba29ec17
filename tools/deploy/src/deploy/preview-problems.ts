import type { Problem } from "@atoll/core";
import type { StackSummary } from "@atoll/engine";

/** Why a stack cannot be deployed, as far as its embedded preview says; empty when it can. */
export function notPreviewed(summary: StackSummary | undefined): readonly Problem[] {
  if (summary === undefined || summary.status === "ok") return [];
  const errors = summary.problems.filter(({ severity }) => severity === "error");
  if (errors.length > 0) return errors;
  const why = summary.reason ?? summary.status;
  return [
    {
      code: "PREVIEW_BLOCKED",
      severity: "error",
      path: summary.stack,
      message: `${summary.stack} was not previewed: ${why}.`,
      got: summary.status,
      expected: "a stack that can be previewed",
      fix: "Mend what it waits for, or deploy it all the same with --ignore-preview-errors.",
    },
  ];
}
