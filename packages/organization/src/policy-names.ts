/** What a policy guards: principals, resources, or tags. */
export type PolicyType = "service-control" | "resource-control" | "tag";

/** What a policy document may ask for by writing `{{name}}`. */
export type PolicyPlaceholder =
  "deployRoleName" | "environments" | "organizationId" | "partition" | "regions";

/** A policy that comes with Atoll: where its document is, and which placeholders it must use. */
export interface BuiltInPolicy {
  readonly type: PolicyType;
  /** One sentence, also the description of the policy in AWS. */
  readonly description: string;
  readonly placeholders: readonly PolicyPlaceholder[];
}

/** The policies that come with Atoll, by name. The documents are in `assets/<type's folder>/<name>.json`. */
export const BUILT_IN_POLICIES = {
  "deny-leave-organization": {
    type: "service-control",
    description: "No account leaves the organization.",
    placeholders: [],
  },
  "deny-root-user": {
    type: "service-control",
    description: "The root user of a member account may do nothing.",
    placeholders: ["partition"],
  },
  "deny-unused-regions": {
    type: "service-control",
    description:
      "Regions that the organization does not use are closed; global services stay open.",
    placeholders: ["regions"],
  },
  "protect-atoll": {
    type: "service-control",
    description: "Only the deploy role changes the deploy role.",
    placeholders: ["deployRoleName", "partition"],
  },
  "protect-audit-trail": {
    type: "service-control",
    description: "Only the deploy role turns audit and detection off.",
    placeholders: ["deployRoleName", "partition"],
  },
  quarantine: {
    type: "service-control",
    description: "Only the deploy role acts in an account that has no baseline yet.",
    placeholders: ["deployRoleName", "partition"],
  },
  "enforce-organization-access": {
    type: "resource-control",
    description: "Resources answer this organization's principals and services acting for it.",
    placeholders: ["organizationId"],
  },
  "owner-and-environment": {
    type: "tag",
    description:
      "How the owner and environment tags are written, and which environments there are.",
    placeholders: ["environments"],
  },
} as const satisfies Readonly<Record<string, BuiltInPolicy>>;

/** The name of a policy that comes with Atoll. */
export type BuiltInPolicyName = keyof typeof BUILT_IN_POLICIES;

type NamesOfType<Type extends PolicyType> = {
  [Name in BuiltInPolicyName]: (typeof BUILT_IN_POLICIES)[Name]["type"] extends Type ? Name : never;
}[BuiltInPolicyName];

/** The service control policies that come with Atoll; `quarantine` is attached by the lifecycle alone. */
export type ServiceControlPolicyName = Exclude<NamesOfType<"service-control">, "quarantine">;

/** The resource control policies that come with Atoll. */
export type ResourceControlPolicyName = NamesOfType<"resource-control">;

/** The tag policies that come with Atoll. */
export type TagPolicyName = NamesOfType<"tag">;

/** The policy that holds an account still until it has its baseline. */
export const QUARANTINE_POLICY = "quarantine";
