import { AtollError } from "@atoll/core";

import type { ExportedState } from "./deployment.ts";
import type { StackAccess } from "./stack-access.ts";

/**
 * Refuses a state that belongs to another stack, or to one of another organization: every URN names both. Pulumi would
 * take all of it for resources that the program has no more, and make everything that the program wants once more.
 *
 * @throws AtollError `STATE_FOREIGN`
 */
export function refuseForeign(
  state: ExportedState | null,
  { stack, project }: Pick<StackAccess, "stack" | "project">,
): void {
  const { resources = [], pending_operations: pending = [] } = state?.deployment ?? {};
  const own = `urn:pulumi:${stack}::${project}::`;
  const urns = [...resources, ...pending.map(({ resource }) => resource)].map(({ urn }) => urn);
  const foreign = urns.find((urn) => !urn.startsWith(own));
  if (foreign === undefined) return;
  const [otherStack = "", otherProject = ""] = foreign.replace(/^urn:pulumi:/u, "").split("::");
  throw new AtollError(
    "STATE_FOREIGN",
    `The state of ${stack} in the organization ${project} is that of the stack ${otherStack} of ${otherProject}. Nothing was changed. ` +
      "Put back its own state, from the backend's backup; or point to the backend of this organization.",
  );
}
