import type { JsonValue } from "@atoll/core";

import enforceOrganizationAccess from "../assets/rcp/enforce-organization-access.json" with { type: "json" };
import denyLeaveOrganization from "../assets/scp/deny-leave-organization.json" with { type: "json" };
import denyRootUser from "../assets/scp/deny-root-user.json" with { type: "json" };
import denyUnusedRegions from "../assets/scp/deny-unused-regions.json" with { type: "json" };
import protectAtoll from "../assets/scp/protect-atoll.json" with { type: "json" };
import protectAuditTrail from "../assets/scp/protect-audit-trail.json" with { type: "json" };
import quarantine from "../assets/scp/quarantine.json" with { type: "json" };
import ownerAndEnvironment from "../assets/tag-policy/owner-and-environment.json" with { type: "json" };
import { BUILT_IN_POLICIES, type BuiltInPolicyName, type PolicyType } from "./policy-names.ts";

/** A policy with its document, ready to be rendered. */
export interface PolicyAsset {
  readonly name: string;
  readonly type: PolicyType;
  readonly description: string;
  /** The placeholders that the document must use, no more and no fewer. */
  readonly placeholders: readonly string[];
  readonly document: JsonValue;
}

const DOCUMENTS: Readonly<Record<BuiltInPolicyName, JsonValue>> = {
  "deny-leave-organization": denyLeaveOrganization,
  "deny-root-user": denyRootUser,
  "deny-unused-regions": denyUnusedRegions,
  "enforce-organization-access": enforceOrganizationAccess,
  "owner-and-environment": ownerAndEnvironment,
  "protect-atoll": protectAtoll,
  "protect-audit-trail": protectAuditTrail,
  quarantine,
};

/** The policies that come with Atoll, by name, with their documents from this package's `assets` folder. */
export const POLICY_ASSETS: ReadonlyMap<string, PolicyAsset> = new Map(
  Object.entries(DOCUMENTS).map(([name, document]) => [
    name,
    { name, ...BUILT_IN_POLICIES[name as BuiltInPolicyName], document },
  ]),
);
