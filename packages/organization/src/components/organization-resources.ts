import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { AtollError, compareText } from "@atoll/core";

import { POLICY_ASSETS } from "../assets.ts";
import {
  planOrganizationResources,
  type AccountResource,
  type AttachmentResource,
  type DelegationResource,
  type OrganizationResourcesPlan,
  type PolicyResource,
  type UnitResource,
} from "../planning/organization-resources.ts";
import { ORGANIZATION_ID } from "../planning/policies.ts";
import type {
  ExistingOrganization,
  OrganizationResourcesArgs,
  OrganizationResourcesOverrides,
} from "./organization-resources-args.ts";
import { refuseUnknownOverrides } from "./overrides.ts";

/** What an adopted resource keeps as it was found, while `adopting`. */
const KEPT_TAGS = ["tags", "tagsAll"];

/**
 * The organization's own resources, for the management account's stack: organizational units, member accounts, policies
 * and what they are attached to, delegated administrators. Accounts that are not yet `baselined` are quarantined.
 *
 * Locks: the organization, its accounts and its delegated administrators are protected; the organization and accounts
 * stay in AWS when they leave the state, and accounts ignore changes of e-mail, name and role name, for which the
 * provider would make a new account. No account is ever closed.
 */
export class OrganizationResources extends pulumi.ComponentResource {
  /** Such as `o-a1b2c3d4e5`. */
  readonly organizationId: pulumi.Output<string>;
  readonly organizationArn: pulumi.Output<string>;
  /** Such as `r-a1b2`. */
  readonly rootId: pulumi.Output<string>;
  /** By account name, the management account included. */
  readonly accountIds: Readonly<Record<string, pulumi.Output<string>>>;
  /** By path. */
  readonly unitIds: Readonly<Record<string, pulumi.Output<string>>>;

  readonly #name: string;
  readonly #deployRoleName: string;
  readonly #adopting: boolean;
  readonly #existing: ExistingOrganization;
  readonly #overrides: OrganizationResourcesOverrides;

  /** @throws ProblemError `OVERRIDE_UNKNOWN_KEY` */
  constructor(
    name: string,
    args: OrganizationResourcesArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("atoll:organization:OrganizationResources", name, {}, opts);
    const plan = planOrganizationResources(args.organization, POLICY_ASSETS);
    this.#name = name;
    this.#deployRoleName = args.organization.deployRoleName;
    this.#adopting = args.adopting ?? false;
    this.#existing = args.existing ?? {};
    this.#overrides = args.overrides ?? {};
    refuseOverrides(name, this.#overrides, plan);

    const organization = this.#createOrganization(plan, args);
    const rootId = organization.roots.apply(([root]) => root?.id ?? "");
    const units = new Map<string, pulumi.Output<string>>();
    const parentId = (path: string | null) => (path === null ? rootId : found(units, path));
    for (const item of plan.units) {
      units.set(item.path, this.#createUnit(item, parentId(item.parent)).id);
    }
    const accounts = new Map([[plan.managementAccount, organization.masterAccountId]]);
    for (const item of plan.accounts) {
      accounts.set(item.name, this.#createAccount(item, parentId(item.parent)).id);
    }
    const policies = new Map<string, pulumi.Output<string>>();
    for (const item of plan.policies) {
      policies.set(item.name, this.#createPolicy(item, organization).id);
    }
    const targetId = ({ target }: AttachmentResource) => {
      if (target.kind === "account") return found(accounts, target.name);
      return parentId(target.kind === "unit" ? target.path : null);
    };
    for (const item of plan.attachments) {
      this.#createAttachment(item, found(policies, item.policy), targetId(item));
    }
    for (const item of plan.delegatedAdministrators) {
      this.#createDelegation(item, found(accounts, item.account), organization);
    }

    this.organizationId = organization.id;
    this.organizationArn = organization.arn;
    this.rootId = rootId;
    this.accountIds = Object.fromEntries(accounts);
    this.unitIds = Object.fromEntries(units);
    this.registerOutputs({
      organizationId: this.organizationId,
      organizationArn: this.organizationArn,
      rootId: this.rootId,
      accountIds: this.accountIds,
      unitIds: this.unitIds,
    });
  }

  #nameOf(kind: string, key: string): string {
    return `${this.#name}/${kind}/${key}`;
  }

  /** The options of a resource that may be there already. */
  #adopt(id: string | null | undefined, kept: readonly string[]): pulumi.CustomResourceOptions {
    if (id === null || id === undefined) return { parent: this };
    return {
      parent: this,
      import: id,
      // An import whose inputs differ from what is there fails, so the first run takes things as they are.
      ...(this.#adopting ? { ignoreChanges: [...kept] } : {}),
    };
  }

  #createOrganization(
    plan: OrganizationResourcesPlan,
    args: OrganizationResourcesArgs,
  ): aws.organizations.Organization {
    const principals = new Set([...plan.servicePrincipals, ...(args.servicePrincipals ?? [])]);
    const kept = ["awsServiceAccessPrincipals", "enabledPolicyTypes", "featureSet"];
    return new aws.organizations.Organization(
      this.#name,
      {
        featureSet: "ALL",
        enabledPolicyTypes: [...plan.enabledPolicyTypes],
        awsServiceAccessPrincipals: [...principals].sort(compareText),
        ...this.#overrides.organization,
      },
      {
        ...this.#adopt(this.#existing.organizationId, kept),
        protect: true,
        retainOnDelete: true,
      },
    );
  }

  #createUnit(
    { path, name }: UnitResource,
    parentId: pulumi.Input<string>,
  ): aws.organizations.OrganizationalUnit {
    return new aws.organizations.OrganizationalUnit(
      this.#nameOf("unit", path),
      { name, parentId, ...this.#overrides.units?.[path] },
      this.#adopt(this.#existing.unitIds?.[path], KEPT_TAGS),
    );
  }

  #createAccount(
    { name, email, importId, tags, protect }: AccountResource,
    parentId: pulumi.Input<string>,
  ): aws.organizations.Account {
    const adopted = this.#adopt(importId, ["parentId", ...KEPT_TAGS]);
    return new aws.organizations.Account(
      this.#nameOf("account", name),
      {
        name,
        email,
        parentId,
        roleName: this.#deployRoleName,
        closeOnDeletion: false,
        tags,
        ...this.#overrides.accounts?.[name],
      },
      {
        ...adopted,
        protect,
        retainOnDelete: true,
        // The provider replaces an account for any of these.
        ignoreChanges: ["email", "name", "roleName", ...(adopted.ignoreChanges ?? [])],
      },
    );
  }

  #createPolicy(
    { name, type, description, content }: PolicyResource,
    organization: aws.organizations.Organization,
  ): aws.organizations.Policy {
    return new aws.organizations.Policy(
      this.#nameOf("policy", name),
      {
        name,
        type,
        description,
        content: content.includes(ORGANIZATION_ID)
          ? organization.id.apply((id) => content.replaceAll(ORGANIZATION_ID, id))
          : content,
        ...this.#overrides.policies?.[name],
      },
      // Its type must be enabled first.
      { parent: this, dependsOn: organization },
    );
  }

  #createAttachment(
    { key }: AttachmentResource,
    policyId: pulumi.Input<string>,
    targetId: pulumi.Input<string>,
  ): aws.organizations.PolicyAttachment {
    return new aws.organizations.PolicyAttachment(
      this.#nameOf("attachment", key),
      { policyId, targetId },
      { parent: this },
    );
  }

  #createDelegation(
    { key, servicePrincipal }: DelegationResource,
    accountId: pulumi.Input<string>,
    organization: aws.organizations.Organization,
  ): aws.organizations.DelegatedAdministrator {
    return new aws.organizations.DelegatedAdministrator(
      this.#nameOf("administrator", key),
      { accountId, servicePrincipal },
      // The service must have access to the organization first.
      { parent: this, dependsOn: organization, protect: true },
    );
  }
}

function refuseOverrides(
  name: string,
  overrides: OrganizationResourcesOverrides,
  plan: OrganizationResourcesPlan,
): void {
  refuseUnknownOverrides(name, overrides, {
    units: plan.units.map((item) => item.path),
    accounts: plan.accounts.map((item) => item.name),
    policies: plan.policies.map((item) => item.name),
  });
}

function found<T>(map: ReadonlyMap<string, T>, key: string): T {
  const value = map.get(key);
  if (value === undefined)
    throw new AtollError("PLAN_INCOMPLETE", `the plan does not hold "${key}"`);
  return value;
}
