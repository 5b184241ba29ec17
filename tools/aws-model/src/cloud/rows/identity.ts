import { beside, NO_CHANGE } from "../look.ts";
import type { Cloud, CloudResource } from "../cloud.ts";
import type { CloudTable } from "../row.ts";
import { api, provider } from "../sources.ts";
import {
  IAM_POLICY,
  INSTANCE_PROFILE,
  REGION,
  ROLE,
  ROLE_ATTACHMENT,
  ROLE_POLICY,
} from "../type-names.ts";
import { toManagedPolicy, toRole } from "./references.ts";

const EXISTS = api("iam: EntityAlreadyExistsException");

function nameOnce(kind: string) {
  return {
    rule: `iam/${kind}-name`,
    code: "EntityAlreadyExists",
    text: `Two of an account's ${kind}s have two names.`,
    of: ["name"],
    within: "account",
    provenance: EXISTS,
  } as const;
}

function partsOfRole(role: CloudResource, cloud: Cloud): readonly CloudResource[] {
  return beside(cloud, role, [ROLE_POLICY, ROLE_ATTACHMENT]).filter(
    ({ outputs }) => outputs["role"] === role.id,
  );
}

/** IAM, and the services that an account has one of. */
export const IDENTITY_ROWS: CloudTable = {
  [ROLE]: {
    references: [
      toManagedPolicy("managedPolicyArns[]", { holds: "DeleteConflict" }),
      toManagedPolicy("permissionsBoundary", { holds: "DeleteConflict" }),
    ],
    unique: [nameOnce("role")],
    removal: {
      // The provider detaches what is attached first; without the flag AWS refuses.
      change: (role, cloud) =>
        role.inputs["forceDetachPolicies"] === true
          ? { put: [], remove: [role, ...partsOfRole(role, cloud)] }
          : undefined,
      text: "A role with forceDetachPolicies goes along with its policies' attachments.",
      provenance: provider("iam/role.go@0040ea6"),
    },
  },
  [IAM_POLICY]: {
    references: "none",
    unique: [nameOnce("policy")],
    view: (policy, cloud) => ({
      attachmentCount: beside(cloud, policy, [ROLE_ATTACHMENT]).filter(
        ({ outputs }) => outputs["policyArn"] === policy.outputs["arn"],
      ).length,
    }),
  },
  [INSTANCE_PROFILE]: {
    // The provider takes the role out before it deletes either.
    references: [toRole("role")],
    unique: [nameOnce("instance-profile")],
  },
  [ROLE_POLICY]: {
    references: [toRole("role", { holds: "DeleteConflict", provenance: api("iam: DeleteRole") })],
    setting: true,
  },
  [ROLE_ATTACHMENT]: {
    references: [
      toRole("role", { holds: "DeleteConflict", provenance: api("iam: DeleteRole") }),
      toManagedPolicy("policyArn", {
        holds: "DeleteConflict",
        provenance: api("iam: DeletePolicy"),
      }),
    ],
    setting: true,
  },
  "aws:iam/accountPasswordPolicy:AccountPasswordPolicy": { references: "none", setting: true },
  "aws:budgets/budget:Budget": {
    references: "none",
    unique: [
      {
        rule: "budgets/budget-name",
        code: "DuplicateRecordException",
        text: "Two budgets of an account have two names.",
        of: ["name"],
        within: "account",
        provenance: api("budgets: DuplicateRecordException"),
      },
    ],
  },
  [REGION]: {
    references: "none",
    setting: true,
    removal: {
      change: () => NO_CHANGE,
      text: "A region stays switched on or off as it is.",
      provenance: provider("account/region.go@04fc08c"),
    },
  },
  "aws:accessanalyzer/analyzer:Analyzer": {
    references: "none",
    unique: [
      {
        rule: "accessanalyzer/analyzer-name",
        code: "ConflictException",
        text: "Two analyzers of a region have two names.",
        of: ["analyzerName"],
        within: "region",
        provenance: api("accessanalyzer: CreateAnalyzer, ConflictException"),
      },
    ],
  },
  "aws:securityhub/account:Account": {
    references: "none",
    unique: [
      {
        rule: "securityhub/enabled-once",
        code: "ResourceConflictException",
        text: "Security Hub is enabled once in a region.",
        of: ["arn"],
        within: "region",
        path: "arn",
        provenance: api("securityhub: EnableSecurityHub, ResourceConflictException"),
      },
    ],
  },
  "aws:guardduty/detector:Detector": {
    references: "none",
    unique: [
      {
        rule: "guardduty/one-detector",
        code: "BadRequestException",
        text: "A region has one detector of an account.",
        of: ["accountId"],
        within: "region",
        provenance: api("guardduty: CreateDetector"),
      },
    ],
  },
};
