import type { Scope } from "@atoll/aws-model";
import { formatArn, parseArn } from "@atoll/core";

import { UNKNOWN_TEXT, type WireRecord, type WireValue } from "../rpc/values.ts";
import type { SandboxOrganization, VendedAccount } from "../store/organization-file.ts";
import { parseUrn } from "./urn.ts";

/** Why a property is refused. */
export interface CheckFailure {
  /** Path of the property; empty for the resource as a whole. */
  readonly property: string;
  readonly reason: string;
}

/** A provider's configuration that may be used. */
export interface Configuration {
  readonly scope: Scope;
  readonly account: VendedAccount;
  /** Name of the session in which the provider works. */
  readonly sessionName: string;
}

/** Stages of an account's life in which its role can be assumed: AWS refuses those before and after. */
const ASSUMABLE: ReadonlySet<string> = new Set([
  "vended",
  "quarantined",
  "baselined",
  "active",
  "draining",
]);

/**
 * Decides whether a provider may be used for its stack: it must be bound to the account of its stack, and the deploy
 * role of that account must be one that AWS would let it assume.
 *
 * @param urn URN of the provider resource
 * @param inputs its inputs, of which everything but text is JSON text
 */
export function readConfiguration(
  urn: string,
  inputs: WireRecord,
  organization: SandboxOrganization,
): Configuration | { readonly failures: readonly CheckFailure[] } {
  const { stack, project } = parseUrn(urn);
  const refuse = (property: string, reason: string) => ({ failures: [{ property, reason }] });
  if (project !== organization.organization) {
    return refuse(
      "",
      `The stack ${stack} belongs to the organization "${project}", and this sandbox holds "${organization.organization}". ` +
        "Use the sandbox of that organization.",
    );
  }
  const [name = ""] = stack.split(".");
  const account = organization.accounts.find((each) => each.name === name);
  if (account === undefined) {
    return refuse(
      "",
      `The organization has no account "${name}", which the stack ${stack} is for.`,
    );
  }
  if (account.id === null || !ASSUMABLE.has(account.lifecycle)) {
    return refuse(
      "assumeRoles",
      cannotAssume(organization, account.id ?? "", `the account ${name} is ${account.lifecycle}`),
    );
  }
  const vended: VendedAccount = { ...account, id: account.id };
  return readBound(vended, stack, inputs, organization);
}

function readBound(
  account: VendedAccount,
  stack: string,
  inputs: WireRecord,
  organization: SandboxOrganization,
): Configuration | { readonly failures: readonly CheckFailure[] } {
  const failures: CheckFailure[] = [];
  const allowed = jsonOf(inputs["allowedAccountIds"]);
  const ids = Array.isArray(allowed) ? allowed : [];
  if (ids.length !== 1 || ids[0] !== account.id) {
    const got = ids.length === 0 ? "no account (is it the default provider?)" : ids.join(", ");
    failures.push({
      property: "allowedAccountIds",
      reason:
        `The stack ${stack} is for account ${account.name} (${account.id}), and its provider is bound to ${got}. ` +
        `Give it allowedAccountIds: ["${account.id}"], as context.provider has.`,
    });
  }
  const roles = jsonOf(inputs["assumeRoles"]);
  const role = (Array.isArray(roles) ? roles[0] : undefined) as
    { readonly roleArn?: unknown; readonly sessionName?: unknown } | undefined;
  const roleProblem = checkRole(role?.roleArn, account, stack, organization);
  if (roleProblem !== undefined) {
    failures.push({ property: "assumeRoles[0].roleArn", reason: roleProblem });
  }
  if (failures.length > 0) return { failures };
  const region = inputs["region"];
  const defaults = jsonOf(inputs["defaultTags"]) as
    { readonly tags?: Readonly<Record<string, string>> } | undefined;
  const isKnown = typeof region === "string" && region !== "" && region !== UNKNOWN_TEXT;
  return {
    account,
    sessionName: typeof role?.sessionName === "string" ? role.sessionName : "atoll",
    scope: {
      partition: organization.partition,
      accountId: account.id,
      region: isKnown ? region : organization.homeRegion,
      ...(defaults?.tags === undefined ? {} : { defaultTags: defaults.tags }),
    },
  };
}

function checkRole(
  roleArn: unknown,
  account: VendedAccount,
  stack: string,
  organization: SandboxOrganization,
): string | undefined {
  const expected = deployRoleArn(organization, account.id);
  if (typeof roleArn !== "string") {
    return `The provider of ${stack} assumes no role. Let it assume ${expected}, as context.provider does.`;
  }
  if (roleArn === expected) return undefined;
  const arn = parseArn(roleArn);
  if (arn?.account === account.id) {
    return cannotAssume(organization, account.id, `the account has no role ${roleArn}`, roleArn);
  }
  return (
    `The stack ${stack} is for account ${account.name} (${account.id}), and its provider assumes ${roleArn}. ` +
    `Let it assume ${expected}, as context.provider does.`
  );
}

function deployRoleArn({ partition, deployRoleName }: SandboxOrganization, id: string): string {
  return formatArn({
    partition,
    service: "iam",
    account: id,
    resource: `role/${deployRoleName}`,
  });
}

/** In the provider's words: `internal/conns/config.go` of terraform-provider-aws wraps what STS answers so. */
function cannotAssume(
  organization: SandboxOrganization,
  accountId: string,
  why: string,
  roleArn = deployRoleArn(organization, accountId),
): string {
  return (
    `IAM Role (${roleArn}) cannot be assumed: operation error STS: AssumeRole, https response error StatusCode: 403, ` +
    `api error AccessDenied: not authorized to perform sts:AssumeRole on resource ${roleArn}: ${why} ` +
    "[Atoll sandbox, not AWS]"
  );
}

/** A value of the provider's configuration: JSON in text. Undefined where it is not. */
function jsonOf(value: WireValue | undefined): unknown {
  if (typeof value !== "string") return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return undefined;
  }
}
