import { AtollError, compareText, placeholdersOf } from "@atoll/core";

import { accountTags } from "../account-tags.ts";
import type { PolicyAsset } from "../assets.ts";
import { isQuarantined } from "../lifecycle.ts";
import type { Account, Organization, PolicyAttachment } from "../model.ts";
import { QUARANTINE_POLICY, type PolicyType } from "../policy-names.ts";
import { renderForOrganization } from "./policies.ts";

/** An organizational unit to be made. */
export interface UnitResource {
  /** Also its key. */
  readonly path: string;
  readonly name: string;
  /** Path of the parent; null for the root. */
  readonly parent: string | null;
}

/** A member account to be made or taken over. */
export interface AccountResource {
  /** The account's name, also its key. */
  readonly name: string;
  readonly email: string;
  /** Path of its unit; null for the root. */
  readonly parent: string | null;
  /** The id to import it by; null when AWS has not made it yet. */
  readonly importId: string | null;
  readonly tags: Readonly<Record<string, string>>;
  /** False once the account is suspended, so that its entry can leave the state; AWS keeps the account either way. */
  readonly protect: boolean;
}

/** The types of policy as AWS names them. */
export type AwsPolicyType = "SERVICE_CONTROL_POLICY" | "RESOURCE_CONTROL_POLICY" | "TAG_POLICY";

/** A policy to be made. */
export interface PolicyResource {
  /** Also its key. */
  readonly name: string;
  readonly type: AwsPolicyType;
  readonly description: string;
  /** JSON; may still hold `{{organizationId}}`. */
  readonly content: string;
}

/** A policy to be attached. */
export interface AttachmentResource {
  /** `<policy>/<target>`. */
  readonly key: string;
  readonly policy: string;
  readonly target:
    | { readonly kind: "root" }
    | { readonly kind: "unit"; readonly path: string }
    | { readonly kind: "account"; readonly name: string };
}

/** An account to be made a service's administrator. */
export interface DelegationResource {
  /** `<account>/<service principal>`. */
  readonly key: string;
  readonly account: string;
  readonly servicePrincipal: string;
}

/** What the management account makes of the organization: names and counts, without Pulumi. */
export interface OrganizationResourcesPlan {
  /** Parents before children, else sorted by path. */
  readonly units: readonly UnitResource[];
  /** Sorted by name; without the management account and closed ones. */
  readonly accounts: readonly AccountResource[];
  /** The account that owns the organization. */
  readonly managementAccount: string;
  /** Sorted by name; only those that are attached somewhere. */
  readonly policies: readonly PolicyResource[];
  /** Sorted by key. */
  readonly attachments: readonly AttachmentResource[];
  /** Sorted by key. */
  readonly delegatedAdministrators: readonly DelegationResource[];
  /** The types of the policies, sorted; AWS turns each on for the whole organization. */
  readonly enabledPolicyTypes: readonly AwsPolicyType[];
  /** Services that may act across the organization, sorted: those with a delegated administrator. */
  readonly servicePrincipals: readonly string[];
}

const AWS_TYPES: Readonly<Record<PolicyType, AwsPolicyType>> = {
  "service-control": "SERVICE_CONTROL_POLICY",
  "resource-control": "RESOURCE_CONTROL_POLICY",
  tag: "TAG_POLICY",
};

/**
 * Plans the organization's own resources. Every account before `baselined` gets the quarantine policy. A closed account
 * is left out with all that hangs on it, so it never breaks a run.
 *
 * @param assets the policies that come with Atoll
 * @throws AtollError `POLICY_UNKNOWN` or `POLICY_NOT_RENDERED` for an organization that `defineOrganization` refuses
 */
export function planOrganizationResources(
  organization: Organization,
  assets: ReadonlyMap<string, PolicyAsset>,
): OrganizationResourcesPlan {
  const accounts = organization.accounts.filter(
    (account) => account.kind !== "management" && account.lifecycle !== "closed",
  );
  const closed = new Set(
    organization.accounts.flatMap((one) => (one.lifecycle === "closed" ? one.name : [])),
  );
  const attachments = planAttachments(organization, accounts, closed);
  const policies = [...new Set(attachments.map((attachment) => attachment.policy))]
    .sort(compareText)
    .map((name) => planPolicy(name, organization, assets));
  const delegations = Object.entries(organization.guardrails.delegatedAdministrators)
    .filter(([, account]) => !closed.has(account))
    .map(([servicePrincipal, account]) => ({
      key: `${account}/${servicePrincipal}`,
      account,
      servicePrincipal,
    }));
  return {
    units: organization.organizationalUnits
      .map(({ path, name, parent }) => ({ path, name, parent }))
      .sort((a, b) => depth(a) - depth(b) || compareText(a.path, b.path)),
    accounts: accounts
      .map((account) => planAccount(account, organization))
      .sort((a, b) => compareText(a.name, b.name)),
    managementAccount:
      organization.accounts.find((account) => account.kind === "management")?.name ?? "",
    policies,
    attachments,
    delegatedAdministrators: delegations.sort((a, b) => compareText(a.key, b.key)),
    enabledPolicyTypes: [...new Set(policies.map((policy) => policy.type))].sort(compareText),
    servicePrincipals: [...new Set(delegations.map((one) => one.servicePrincipal))].sort(
      compareText,
    ),
  };
}

function depth(unit: UnitResource): number {
  return unit.path.split("/").length;
}

function planAccount(account: Account, organization: Organization): AccountResource {
  return {
    name: account.name,
    email: account.email,
    parent: account.ou === "Root" ? null : account.ou,
    importId: account.id,
    tags: accountTags(organization, account),
    protect: account.lifecycle !== "suspended",
  };
}

function planAttachments(
  { organizationalUnits, guardrails }: Organization,
  accounts: readonly Account[],
  closed: ReadonlySet<string>,
): readonly AttachmentResource[] {
  const units = new Set(organizationalUnits.map((unit) => unit.path));
  const targetOf = (target: string): AttachmentResource["target"] => {
    if (target === "Root") return { kind: "root" };
    if (units.has(target)) return { kind: "unit", path: target };
    return { kind: "account", name: target };
  };
  const quarantined = accounts.filter((account) => isQuarantined(account.lifecycle));
  const written: readonly PolicyAttachment[] = [
    ...guardrails.serviceControlPolicies,
    ...guardrails.resourceControlPolicies,
    ...guardrails.tagPolicies,
    { policy: QUARANTINE_POLICY, targets: quarantined.map((account) => account.name) },
  ];
  return written
    .flatMap(({ policy, targets }) =>
      targets
        .filter((target) => !closed.has(target))
        .map((target) => ({ key: `${policy}/${target}`, policy, target: targetOf(target) })),
    )
    .sort((a, b) => compareText(a.key, b.key));
}

function planPolicy(
  name: string,
  organization: Organization,
  assets: ReadonlyMap<string, PolicyAsset>,
): PolicyResource {
  const own = organization.guardrails.ownPolicies.find((policy) => policy.name === name);
  const policy =
    own === undefined
      ? assets.get(name)
      : {
          ...own,
          description: "Written by the organization.",
          placeholders: placeholdersOf(own.document),
        };
  if (policy === undefined) throw new AtollError("POLICY_UNKNOWN", `there is no policy "${name}"`);
  const rendered = renderForOrganization(policy, {
    ...organization,
    environments: organization.accounts.map((account) => account.environment),
  });
  if (rendered.missing.length > 0 || rendered.unused.length > 0) {
    const names = [...rendered.missing, ...rendered.unused].join(", ");
    throw new AtollError("POLICY_NOT_RENDERED", `policy "${name}": placeholders ${names}`);
  }
  const { type, description } = policy;
  return { name, type: AWS_TYPES[type], description, content: rendered.text };
}
