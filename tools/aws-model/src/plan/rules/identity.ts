import type { PlainValue } from "../../values.ts";
import { UNKNOWN } from "../../values.ts";
import type { PlanContext } from "../context.ts";
import { always, PROVIDER_EXAMPLES } from "../type-rule.ts";
import type { OutputRule, RuleTable } from "../type-rule.ts";

/** ARN of something in IAM that has a path, which is `/` unless it is given. */
function iamArn(kind: string): (context: PlanContext) => PlainValue {
  return ({ values, scope }) => {
    const path = values["path"] ?? "/";
    const name = values["name"];
    if (typeof path !== "string" || typeof name !== "string") return UNKNOWN;
    return `arn:${scope.partition}:iam::${scope.accountId}:${kind}${path}${name}`;
  };
}

const PATH: { readonly path: OutputRule } = { path: always("/") };

/** api: botocore 1.44.5, budgets: CostTypes, 2026-11-27 */
const COST_TYPES = {
  includeCredit: true,
  includeDiscount: true,
  includeOtherSubscription: true,
  includeRecurring: true,
  includeRefund: true,
  includeSubscription: true,
  includeSupport: true,
  includeTax: true,
  includeUpfront: true,
  useAmortized: false,
  useBlended: false,
};

/** IAM, Budgets and the security services that an account has one of. */
export const IDENTITY: RuleTable = {
  provenance: PROVIDER_EXAMPLES,
  rules: {
    "aws:account/region:Region": {
      // For the provider's own account the id is the region alone.
      id: ({ values }) => {
        const { accountId, regionName } = values;
        if (typeof regionName !== "string" || accountId === UNKNOWN) return UNKNOWN;
        return typeof accountId === "string" ? `${accountId},${regionName}` : regionName;
      },
      outputs: {
        optStatus: ({ values }) => {
          const enabled = values["enabled"];
          return typeof enabled === "boolean" ? (enabled ? "ENABLED" : "DISABLED") : UNKNOWN;
        },
      },
    },
    "aws:iam/role:Role": {
      id: "{=name}",
      outputs: {
        ...PATH,
        arn: iamArn("role"),
        uniqueId: "AROA{upper:17}",
        maxSessionDuration: always(3600),
      },
    },
    "aws:iam/policy:Policy": {
      id: iamArn("policy"),
      outputs: {
        ...PATH,
        arn: "{id}",
        policyId: "ANPA{upper:17}",
        attachmentCount: always(0),
      },
    },
    "aws:iam/instanceProfile:InstanceProfile": {
      id: "{=name}",
      outputs: { ...PATH, arn: iamArn("instance-profile"), uniqueId: "AIPA{upper:17}" },
    },
    "aws:iam/rolePolicy:RolePolicy": { id: "{=role}:{=name}" },
    "aws:iam/rolePolicyAttachment:RolePolicyAttachment": { id: "{=role}/{=policyArn}" },
    "aws:iam/accountPasswordPolicy:AccountPasswordPolicy": {
      id: always("iam-account-password-policy"),
      outputs: {
        // api: botocore 1.44.5, iam: UpdateAccountPasswordPolicy, 2026-11-27
        maxPasswordAge: always(0),
        passwordReusePrevention: always(0),
        requireLowercaseCharacters: always(false),
        requireNumbers: always(false),
        requireSymbols: always(false),
        requireUppercaseCharacters: always(false),
        hardExpiry: always(false),
        // doc: a maximum age is what makes passwords expire.
        expirePasswords: ({ values }) => {
          const age = values["maxPasswordAge"];
          if (age === UNKNOWN) return UNKNOWN;
          return age !== undefined && age !== null && Number(age) > 0;
        },
      },
    },
    "aws:budgets/budget:Budget": {
      id: "{account}:{=name}",
      outputs: {
        accountId: "{account}",
        arn: "arn:{partition}:budgets::{account}:budget/{=name}",
        costFilters: always([]),
        costTypes: always(COST_TYPES),
      },
    },
    "aws:accessanalyzer/analyzer:Analyzer": {
      id: "{=analyzerName}",
      outputs: {
        arn: "arn:{partition}:access-analyzer:{region}:{account}:analyzer/{=analyzerName}",
      },
    },
    "aws:securityhub/account:Account": {
      id: "{account}",
      outputs: {
        arn: "arn:{partition}:securityhub:{region}:{account}:hub/default",
        // api: botocore 1.44.5, securityhub: EnableSecurityHub, 2026-11-27
        controlFindingGenerator: always("SECURITY_CONTROL"),
      },
    },
    "aws:guardduty/detector:Detector": {
      id: "{hex:32}",
      outputs: {
        accountId: "{account}",
        arn: "arn:{partition}:guardduty:{region}:{account}:detector/{id}",
      },
    },
  },
};
