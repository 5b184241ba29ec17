import { isPlainList } from "../../values.ts";
import type { Cloud, CloudResource } from "../cloud.ts";
import { others, text } from "../look.ts";
import { rootIdOf } from "../organization-parts.ts";
import type {
  CheckRule,
  CloudContext,
  LimitCount,
  LimitRule,
  RemovalRule,
  UniqueRule,
} from "../row.ts";
import { api } from "../sources.ts";
import { ACCOUNT, DELEGATION, ORGANIZATION, POLICY, UNIT } from "../type-names.ts";
import { atMostBy } from "./counting.ts";

function violation(reason: string) {
  return api(`organizations: ConstraintViolationException, ${reason}`);
}

/** The organization that a management account has. */
export function organizationOf(
  { accountId }: CloudResource,
  cloud: Cloud,
): CloudResource | undefined {
  return cloud.list(accountId, ORGANIZATION)[0];
}

/** The root is known by the organization. */
export const rootExists = (of: string, path: string, code: string): CheckRule => ({
  rule: `organizations/root-of-${of}`,
  kind: "not-found",
  code,
  text: "A root is named by the id that the organization has given it.",
  provenance: api(`organizations: ${code}`),
  check({ wanted, cloud }) {
    const id = text(wanted.inputs, path);
    // Planned ids of roots are made up: only one that is there for sure can be held against.
    const organization = cloud.complete ? organizationOf(wanted, cloud) : undefined;
    if (id === undefined || organization === undefined || !id.startsWith("r-")) return [];
    const rootId = rootIdOf(organization);
    if (rootId === undefined || rootId === id) return [];
    return [{ path, message: `We can't find a root with the id ${id}: it is ${rootId}` }];
  },
});

/** An organization that exists is imported, not made. */
export const oneOrganization: CheckRule = {
  rule: "organizations/one-organization",
  code: "AlreadyInOrganizationException",
  text: "An account belongs to one organization; one that exists is imported.",
  provenance: api("organizations: AlreadyInOrganizationException"),
  check({ wanted, current, cloud }) {
    const existing = organizationOf(wanted, cloud);
    if (current !== undefined || existing === undefined) return [];
    const message = `The account is a member of ${existing.id} already`;
    return [{ path: "", message }];
  },
};

/** The root says which types of policy can be attached. */
export const policyTypeEnabled: CheckRule = {
  rule: "organizations/policy-type-enabled",
  code: "PolicyTypeNotEnabledException",
  text: "A policy is attached only when its type is enabled in the root.",
  provenance: api("organizations: PolicyTypeNotEnabledException"),
  check({ wanted, cloud }) {
    const policy = policyOf(wanted, cloud);
    const organization = organizationOf(wanted, cloud);
    const type = policy?.outputs["type"];
    // In a preview, an organization that is imported may have other types enabled than the program asks for.
    if (organization === undefined || typeof type !== "string") return [];
    if (!cloud.complete && organization.origin !== "created") return [];
    const enabled = organization.outputs["enabledPolicyTypes"];
    if (!isPlainList(enabled) || enabled.includes(type)) return [];
    return [{ path: "policyId", message: `${type} is not enabled in the root` }];
  },
};

/** A service is administered by a member. */
export const memberAccount: CheckRule = {
  rule: "organizations/administrator-is-a-member",
  code: "ConstraintViolationException",
  text: "The management account is no delegated administrator.",
  provenance: violation("CANNOT_REGISTER_MASTER_AS_DELEGATED_ADMINISTRATOR"),
  check: ({ wanted }) =>
    wanted.inputs["accountId"] === wanted.accountId
      ? [{ path: "accountId", message: "You cannot register the management account" }]
      : [],
};

function policyOf(attachment: CloudResource, cloud: Cloud): CloudResource | undefined {
  const id = text(attachment.outputs, "policyId");
  return id === undefined ? undefined : cloud.find(attachment.accountId, POLICY, id);
}

const LIMIT_BY_TYPE = {
  SERVICE_CONTROL_POLICY: "organizations/service-control-policies-per-target",
  RESOURCE_CONTROL_POLICY: "organizations/resource-control-policies-per-target",
  TAG_POLICY: "organizations/tag-policies-per-target",
} as const;

type LimitedType = keyof typeof LIMIT_BY_TYPE;

function attachmentQuota(type: LimitedType): LimitRule {
  return atMostBy(
    {
      rule: `organizations/${type.toLowerCase().replaceAll("_", "-")}-per-target`,
      code: "ConstraintViolationException",
      limit: LIMIT_BY_TYPE[type],
      what: `policies of the type ${type} attached to the target`,
      provenance: violation("MAX_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED"),
    },
    (context) => countAttachments(context, type),
  );
}

function countAttachments(context: CloudContext, type: LimitedType) {
  const { wanted, current, cloud } = context;
  if (current !== undefined || policyOf(wanted, cloud)?.outputs["type"] !== type) return undefined;
  const alike = others(context).filter(
    (other) =>
      other.outputs["targetId"] === wanted.outputs["targetId"] &&
      policyOf(other, cloud)?.outputs["type"] === type,
  );
  return { count: alike.length + 1, path: "targetId" };
}

/** Every target keeps one policy of a type of which AWS attaches one itself. */
export const lastPolicy: RemovalRule = {
  rule: "organizations/last-service-control-policy",
  code: "ConstraintViolationException",
  text: "A root, unit or account keeps one service control policy at least.",
  provenance: violation("MIN_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED"),
  refuses(context) {
    const { wanted, cloud } = context;
    if (!cloud.complete) return undefined;
    if (policyOf(wanted, cloud)?.outputs["type"] !== "SERVICE_CONTROL_POLICY") return undefined;
    const rest = others(context).some(
      (other) =>
        other.outputs["targetId"] === wanted.outputs["targetId"] &&
        policyOf(other, cloud)?.outputs["type"] === "SERVICE_CONTROL_POLICY",
    );
    return rest ? undefined : `${wanted.id} is the last service control policy of its target`;
  },
};

/** The management account is the last to stay. */
export const notEmpty: RemovalRule = {
  rule: "organizations/organization-not-empty",
  code: "OrganizationNotEmptyException",
  text: "An organization is deleted when the management account alone is left.",
  provenance: api("organizations: OrganizationNotEmptyException"),
  refuses({ wanted, cloud }) {
    const member = cloud.list(wanted.accountId, ACCOUNT).find(({ id }) => id !== wanted.accountId);
    return member === undefined ? undefined : `${member.id} is a member still`;
  },
};

/** What AWS makes for an organization has no payment method and no owner of its own. */
export const cannotLeave: RemovalRule = {
  rule: "organizations/account-cannot-leave",
  code: "ConstraintViolationException",
  text: "An account that an organization has made leaves it only once it can stand alone, which people see to.",
  provenance: violation("MEMBER_ACCOUNT_PAYMENT_INSTRUMENT_REQUIRED"),
  refuses({ wanted, current }) {
    if ((current ?? wanted).inputs["closeOnDeletion"] === true) return undefined;
    return wanted.outputs["joinedMethod"] === "INVITED"
      ? undefined
      : `${wanted.id} does not have the information that a standalone account needs`;
  },
};

/** A service that an account administers is handed on first. */
export const cannotLeaveAsAdministrator: RemovalRule = {
  rule: "organizations/administrator-cannot-leave",
  code: "ConstraintViolationException",
  text: "An account that administers a service for the organization does not leave it.",
  provenance: violation("CANNOT_REMOVE_DELEGATED_ADMINISTRATOR_FROM_ORG"),
  refuses({ wanted, cloud }) {
    const delegation = cloud
      .list(wanted.accountId, DELEGATION)
      .find(({ outputs }) => outputs["accountId"] === wanted.id);
    return delegation === undefined ? undefined : `${wanted.id} is ${delegation.id}`;
  },
};

function countAll(context: CloudContext): LimitCount | undefined {
  if (context.current !== undefined) return undefined;
  const existing = others(context).length;
  return { count: existing + 1, existing, path: "" };
}

/** How many accounts an organization may have. */
export const ACCOUNT_QUOTA = atMostBy(
  {
    rule: "organizations/accounts",
    code: "ConstraintViolationException",
    limit: "organizations/accounts",
    what: "accounts in the organization, closed ones among them",
    provenance: violation("ACCOUNT_NUMBER_LIMIT_EXCEEDED"),
  },
  countAll,
);

/** The e-mail address of an account is the identity of its root user. */
export const EMAIL_ONCE: UniqueRule = {
  rule: "organizations/account-email",
  code: "EMAIL_ALREADY_EXISTS",
  text: "An e-mail address belongs to one account in all of AWS.",
  of: ["email"],
  within: "account",
  provenance: api("organizations: CreateAccountStatus.FailureReason"),
};

/** A unit two levels deeper than the last may not be. */
export const DEPTH = atMostBy(
  {
    rule: "organizations/unit-depth",
    code: "ConstraintViolationException",
    limit: "organizations/organizational-unit-depth",
    what: "levels of organizational units below the root",
    provenance: violation("OU_DEPTH_LIMIT_EXCEEDED"),
  },
  ({ wanted, cloud }) => {
    let depth = 1;
    let parent = text(wanted.outputs, "parentId");
    while (parent?.startsWith("ou-") === true && depth < 100) {
      const unit = cloud.find(wanted.accountId, UNIT, parent);
      depth += 1;
      parent = unit === undefined ? undefined : text(unit.outputs, "parentId");
    }
    return { count: depth, path: "parentId" };
  },
);

/** How many policies of a type a target may have. */
export const ATTACHMENT_QUOTAS: readonly LimitRule[] = [
  attachmentQuota("SERVICE_CONTROL_POLICY"),
  attachmentQuota("RESOURCE_CONTROL_POLICY"),
  attachmentQuota("TAG_POLICY"),
];

/** How many units an organization may have. */
export const UNIT_QUOTA = atMostBy(
  {
    rule: "organizations/units",
    code: "ConstraintViolationException",
    limit: "organizations/organizational-units",
    what: "organizational units in the organization",
    provenance: violation("OU_NUMBER_LIMIT_EXCEEDED"),
  },
  countAll,
);
