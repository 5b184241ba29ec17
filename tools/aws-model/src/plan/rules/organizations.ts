import { UNKNOWN } from "../../values.ts";
import { isPlainList } from "../../values.ts";
import type { PlainValue } from "../../values.ts";
import type { PlanContext } from "../context.ts";
import { seedOf } from "../seed.ts";
import { always, PROVIDER_EXAMPLES } from "../type-rule.ts";
import type { RuleTable } from "../type-rule.ts";

/**
 * An organization's own ids. An account manages one organization at most, so everything that is
 * planned in the management account agrees on them without seeing the organization itself.
 */
function organizationSeed({ scope }: PlanContext) {
  return seedOf(`${scope.partition}|${scope.accountId}|organization`);
}

function organizationId(context: PlanContext): string {
  return `o-${organizationSeed(context).lower("id", 10)}`;
}

function rootId(context: PlanContext): string {
  return `r-${organizationSeed(context).lower("root", 4)}`;
}

function organizationArn(context: PlanContext, organization: string, rest: string): string {
  const { partition, accountId } = context.scope;
  const prefix = `arn:${partition}:organizations::${accountId}:`;
  return prefix + rest.replace("*", organization);
}

/** An OU's id repeats the part of its root's id. */
function unitId(context: PlanContext): string {
  const parent = context.values["parentId"];
  const root = typeof parent === "string" ? /^(?:r|ou)-([0-9a-z]+)/u.exec(parent)?.[1] : undefined;
  return `ou-${root ?? rootId(context).slice(2)}-${context.seed.lower("id", 8)}`;
}

function roots(context: PlanContext): PlainValue {
  const enabled = context.values["enabledPolicyTypes"];
  const types = enabled === undefined || enabled === null ? [] : enabled;
  if (!isPlainList(types)) return UNKNOWN;
  return [
    {
      arn: organizationArn(context, context.id, `root/*/${rootId(context)}`),
      id: rootId(context),
      name: "Root",
      policyTypes: types.map((type) => ({ status: "ENABLED", type })),
    },
  ];
}

function policyArn(context: PlanContext): PlainValue {
  const type = context.values["type"];
  if (typeof type !== "string") return UNKNOWN;
  const path = `policy/*/${type.toLowerCase()}/${context.id}`;
  return organizationArn(context, organizationId(context), path);
}

function memberArn(context: PlanContext, account: PlainValue | undefined): PlainValue {
  if (typeof account !== "string") return UNKNOWN;
  return organizationArn(context, organizationId(context), `account/*/${account}`);
}

/** AWS Organizations. ARNs name the management account, whose provider plans them. */
export const ORGANIZATIONS: RuleTable = {
  provenance: PROVIDER_EXAMPLES,
  rules: {
    "aws:organizations/organization:Organization": {
      id: organizationId,
      outputs: {
        arn: (context) => organizationArn(context, context.id, `organization/${context.id}`),
        masterAccountId: "{account}",
        masterAccountArn: (context) =>
          organizationArn(context, context.id, `account/*/${context.scope.accountId}`),
        roots,
      },
    },
    "aws:organizations/organizationalUnit:OrganizationalUnit": {
      id: unitId,
      outputs: {
        arn: (context) => organizationArn(context, organizationId(context), `ou/*/${context.id}`),
        accounts: always([]),
      },
    },
    "aws:organizations/account:Account": {
      id: "{digits:12}",
      outputs: {
        arn: (context) => memberArn(context, context.id),
        govcloudId: always(""),
        joinedMethod: always("CREATED"),
        parentId: rootId,
        state: always("ACTIVE"),
        status: always("ACTIVE"),
      },
    },
    "aws:organizations/policy:Policy": {
      id: "p-{lower:10}",
      outputs: { arn: policyArn },
    },
    "aws:organizations/policyAttachment:PolicyAttachment": { id: "{=targetId}:{=policyId}" },
    "aws:organizations/delegatedAdministrator:DelegatedAdministrator": {
      id: "{=accountId}/{=servicePrincipal}",
      outputs: {
        arn: (context) => memberArn(context, context.values["accountId"]),
        status: always("ACTIVE"),
      },
    },
    "aws:organizations/resourcePolicy:ResourcePolicy": {
      id: "rp-{lower:8}",
      outputs: {
        arn: (context) => {
          const path = `resourcepolicy/*/${context.id}`;
          return organizationArn(context, organizationId(context), path);
        },
      },
    },
  },
};
