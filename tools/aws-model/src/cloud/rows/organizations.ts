import { isPlainList, isPlainRecord } from "../../values.ts";
import type { PlainRecord, PlainValue } from "../../values.ts";
import type { Cloud, CloudChange, CloudResource } from "../cloud.ts";
import { NO_CHANGE, text } from "../look.ts";
import { accessAttachments, rootIdOf } from "../organization-parts.ts";
import type { CloudContext, CloudTable, Reference } from "../row.ts";
import { api, described, provider } from "../sources.ts";
import {
  ACCOUNT,
  DELEGATION,
  ORGANIZATION,
  POLICY,
  POLICY_ATTACHMENT,
  RESOURCE_POLICY,
  UNIT,
} from "../type-names.ts";
import {
  ACCOUNT_QUOTA,
  ATTACHMENT_QUOTAS,
  cannotLeave,
  cannotLeaveAsAdministrator,
  DEPTH,
  EMAIL_ONCE,
  lastPolicy,
  memberAccount,
  notEmpty,
  oneOrganization,
  organizationOf,
  policyTypeEnabled,
  rootExists,
  UNIT_QUOTA,
} from "./organization-rules.ts";

/** A root or a unit by its id. The root is a part of the organization, not a resource of its own. */
function toParent(code: string, holds: string): Reference {
  return {
    path: "parentId",
    to: [UNIT],
    code,
    within: "account",
    except: /^r-/u,
    holds,
    provenance: api(`organizations: ${code}`),
  };
}

function asMember(account: CloudResource): PlainRecord {
  const { outputs, id } = account;
  const of = (name: string): PlainValue => outputs[name] ?? "";
  return {
    arn: of("arn"),
    email: of("email"),
    id,
    name: of("name"),
    status: of("status"),
    state: of("state"),
    joinedMethod: of("joinedMethod"),
    joinedTimestamp: of("joinedTimestamp"),
  };
}

function organizationView(organization: CloudResource, cloud: Cloud): PlainRecord {
  const members = cloud.list(organization.accountId, ACCOUNT).map(asMember);
  const master = members.find(({ id }) => id === organization.accountId);
  const enabled = organization.outputs["enabledPolicyTypes"];
  const roots = organization.outputs["roots"];
  return {
    accounts: members,
    nonMasterAccounts: members.filter(({ id }) => id !== organization.accountId),
    ...(master === undefined
      ? {}
      : { masterAccountEmail: master["email"] ?? "", masterAccountName: master["name"] ?? "" }),
    ...(isPlainList(enabled) && isPlainList(roots)
      ? {
          roots: roots.map((root) =>
            isPlainRecord(root)
              ? { ...root, policyTypes: enabled.map((type) => ({ status: "ENABLED", type })) }
              : root,
          ),
        }
      : {}),
  };
}

/** AWS attaches its own policy to everything when a type is enabled, and to every new target. */
function attachEverywhere({ wanted, cloud }: CloudContext): CloudChange {
  const rootId = rootIdOf(wanted);
  const targets = [
    ...(rootId === undefined ? [] : [rootId]),
    wanted.accountId,
    ...[UNIT, ACCOUNT].flatMap((type) => cloud.list(wanted.accountId, type).map(({ id }) => id)),
  ];
  return {
    put: [...new Set(targets)].flatMap((target) => accessAttachments(wanted, target, cloud)),
    remove: [],
  };
}

function attachToNew({ wanted, current, cloud }: CloudContext): CloudChange {
  const organization = organizationOf(wanted, cloud);
  if (organization === undefined || current !== undefined) return NO_CHANGE;
  return { put: accessAttachments(organization, wanted.id, cloud), remove: [] };
}

const TARGET: Reference = {
  path: "targetId",
  to: [UNIT, ACCOUNT],
  code: "TargetNotFoundException",
  within: "account",
  except: /^r-/u,
  follows: true,
  provenance: api("organizations: TargetNotFoundException"),
};

/** AWS Organizations, as the management account has it. */
export const ORGANIZATION_ROWS: CloudTable = {
  [ORGANIZATION]: {
    references: "none",
    checks: [oneOrganization],
    removals: [notEmpty],
    view: organizationView,
    effects: attachEverywhere,
  },
  [UNIT]: {
    references: [toParent("ParentNotFoundException", "OrganizationalUnitNotEmptyException")],
    checks: [rootExists("unit", "parentId", "ParentNotFoundException")],
    unique: [
      {
        rule: "organizations/unit-name",
        code: "DuplicateOrganizationalUnitException",
        text: "Two units below one parent have two names.",
        of: ["parentId", "name"],
        within: "account",
        path: "name",
        provenance: api("organizations: DuplicateOrganizationalUnitException"),
      },
    ],
    limits: [DEPTH, UNIT_QUOTA],
    effects: attachToNew,
    view: (unit, cloud) => ({
      accounts: cloud
        .list(unit.accountId, ACCOUNT)
        .filter(({ outputs }) => outputs["parentId"] === unit.id)
        .map(asMember),
    }),
  },
  [ACCOUNT]: {
    references: [
      toParent("DestinationParentNotFoundException", "OrganizationalUnitNotEmptyException"),
    ],
    checks: [rootExists("account", "parentId", "DestinationParentNotFoundException")],
    unique: [EMAIL_ONCE],
    limits: [ACCOUNT_QUOTA],
    effects: attachToNew,
    removals: [cannotLeaveAsAdministrator, cannotLeave],
    removal: {
      change: (account) =>
        account.inputs["closeOnDeletion"] === true
          ? { put: [closed(account)], remove: [] }
          : undefined,
      text: "An account that is closed stays in the organization, suspended, for 90 days.",
      provenance: provider("organizations/account.go@01f4311"),
    },
  },
  [POLICY]: {
    references: "none",
    unique: [
      {
        rule: "organizations/policy-name",
        code: "DuplicatePolicyException",
        text: "Two policies of a type have two names.",
        of: ["type", "name"],
        within: "account",
        path: "name",
        provenance: api("organizations: DuplicatePolicyException"),
      },
    ],
    removal: {
      change: ({ inputs }) => (inputs["skipDestroy"] === true ? NO_CHANGE : undefined),
      text: "A policy with skipDestroy stays.",
      provenance: described("skipDestroy"),
    },
  },
  [POLICY_ATTACHMENT]: {
    references: [
      {
        path: "policyId",
        to: [POLICY],
        code: "PolicyNotFoundException",
        within: "account",
        holds: "PolicyInUseException",
        provenance: api("organizations: PolicyNotFoundException"),
      },
      TARGET,
    ],
    unique: [
      {
        rule: "organizations/policy-attached-once",
        code: "DuplicatePolicyAttachmentException",
        text: "A policy is attached to a target once.",
        of: ["targetId", "policyId"],
        within: "account",
        path: "policyId",
        provenance: api("organizations: DuplicatePolicyAttachmentException"),
      },
    ],
    checks: [rootExists("target", "targetId", "TargetNotFoundException"), policyTypeEnabled],
    limits: ATTACHMENT_QUOTAS,
    removals: [lastPolicy],
    removal: {
      change: ({ inputs }) => (inputs["skipDestroy"] === true ? NO_CHANGE : undefined),
      text: "An attachment with skipDestroy stays.",
      provenance: described("skipDestroy"),
    },
  },
  [DELEGATION]: {
    references: [
      {
        path: "accountId",
        to: [ACCOUNT],
        code: "AccountNotFoundException",
        within: "account",
        provenance: api("organizations: RegisterDelegatedAdministrator, AccountNotFoundException"),
      },
    ],
    unique: [
      {
        rule: "organizations/administrator-registered-once",
        code: "AccountAlreadyRegisteredException",
        text: "An account is registered once as the administrator of a service.",
        of: ["accountId", "servicePrincipal"],
        within: "account",
        provenance: api("organizations: AccountAlreadyRegisteredException"),
      },
    ],
    checks: [memberAccount],
    view(delegation, cloud) {
      const id = text(delegation.outputs, "accountId");
      const account = id === undefined ? undefined : cloud.find(delegation.accountId, ACCOUNT, id);
      if (account === undefined) return {};
      const { email, name, joinedMethod, joinedTimestamp } = asMember(account);
      return {
        email: email ?? "",
        name: name ?? "",
        joinedMethod: joinedMethod ?? "",
        joinedTimestamp: joinedTimestamp ?? "",
      };
    },
  },
  [RESOURCE_POLICY]: {
    references: "none",
    setting: true,
    // An organization has one: another one is written over it.
    adopts: ({ wanted, cloud }) => cloud.list(wanted.accountId, RESOURCE_POLICY)[0],
  },
};

function closed(account: CloudResource): CloudResource {
  const outputs = { ...account.outputs, state: "SUSPENDED", status: "SUSPENDED" };
  return { ...account, outputs, leaving: true };
}
