import type { ResourcePreview, StackPreview } from "./preview.ts";
import type { StackSummary } from "./run-types.ts";

/** The stack as the contract has it: the summary's own fields are not part of it. */
export function previewOf(
  summary: StackSummary,
  resources: readonly ResourcePreview[],
): StackPreview {
  const { stack, account, accountId, kind, unit, status, blockedBy, outputs, problems } = summary;
  return { stack, account, accountId, kind, unit, status, blockedBy, resources, outputs, problems };
}
