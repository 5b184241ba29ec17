import {
  compareText,
  fillDocument,
  type FilledDocument,
  type JsonValue,
  type PartitionName,
  type PlaceholderValue,
} from "@atoll/core";

import type { PolicyPlaceholder } from "../policy-names.ts";

/** What policy documents may ask for, as the organization answers it. */
export interface PolicySettings {
  readonly partition: PartitionName;
  readonly deployRoleName: string;
  readonly regions: readonly string[];
  /** The environments of all accounts. */
  readonly environments: readonly string[];
}

/** How an organization's id is written while it is not known: the planner leaves it, the component replaces it. */
export const ORGANIZATION_ID = "{{organizationId}}";

/**
 * The longest id that AWS gives an organization: `o-` and 10 to 32 characters, by the pattern of `OrganizationId` in
 * the API model of Organizations. Sizes are counted with it.
 */
const LONGEST_ORGANIZATION_ID = `o-${"0".repeat(32)}`;

/** Renders a policy for an organization; the organization's id, known only to AWS, stays a placeholder. */
export function renderForOrganization(
  policy: { readonly document: JsonValue; readonly placeholders: readonly string[] },
  settings: PolicySettings,
): FilledDocument {
  const all: Readonly<Record<PolicyPlaceholder, PlaceholderValue>> = {
    deployRoleName: settings.deployRoleName,
    environments: [...new Set(settings.environments)].sort(compareText),
    organizationId: ORGANIZATION_ID,
    partition: settings.partition,
    regions: [...new Set(settings.regions)].sort(compareText),
  };
  const values = Object.entries(all).filter(([name]) => policy.placeholders.includes(name));
  return fillDocument(policy.document, Object.fromEntries(values));
}

/** The size of a rendered policy as AWS counts it, in characters, whatever the organization's id will be. */
export function policySize(text: string): number {
  return text.replaceAll(ORGANIZATION_ID, LONGEST_ORGANIZATION_ID).length;
}
