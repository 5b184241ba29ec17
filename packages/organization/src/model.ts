import type { JsonValue, PartitionName, Problem } from "@atoll/core";

import type { Kind } from "./contracts.ts";
import type { PolicyType } from "./policy-names.ts";

/** The stages of an account's life, in order. `id` is refused before `vended` and required from then on. */
export type LifecycleState =
  | "requested"
  | "vended"
  | "quarantined"
  | "baselined"
  | "active"
  | "draining"
  | "suspended"
  | "closed";

/** An organizational unit, flattened out of the nested input. */
export interface OrganizationalUnit {
  /** Names from the root joined by `/`, such as `Workloads/Production`. */
  readonly path: string;
  readonly name: string;
  /** The parent's path; null below the root. */
  readonly parent: string | null;
}

/** A pool of addresses that accounts draw their VPC blocks from. */
export interface AddressPool {
  readonly name: string;
  /** IPv4 CIDR block, such as `10.0.0.0/12`. */
  readonly cidr: string;
}

/** What an account draws from a pool: one VPC block for each of its regions. */
export interface AddressRequest {
  readonly pool: string;
  /** Length of the VPC's prefix, 16 to 28. */
  readonly prefixLength: number;
}

/** Something a product team runs in an account: a stack `<account>.<unit>` of its own. */
export interface Unit {
  readonly name: string;
}

/** One AWS account, with every default filled in. */
export interface Account {
  readonly name: string;
  /** 12 digits; null before the account is vended. */
  readonly id: string | null;
  readonly email: string;
  readonly kind: Kind;
  /** Path of its organizational unit; `Root` for the root itself. */
  readonly ou: string;
  readonly regions: readonly string[];
  readonly lifecycle: LifecycleState;
  readonly owner: string;
  readonly environment: string;
  /** Account names and OU paths that this account serves with its kind's outputs; null: every account. */
  readonly serves: readonly string[] | null;
  readonly addresses: AddressRequest | null;
  /** Availability zones that each of its VPCs spans. */
  readonly zones: number;
  readonly units: readonly Unit[];
  readonly tags: Readonly<Record<string, string>>;
  /** Monthly budget in US dollars; null for no budget. */
  readonly monthlyBudgetUsd: number | null;
  /** Quotas raised in this account, by `<service>/<quota>`. */
  readonly quotas: Readonly<Record<string, number>>;
}

/** What every stack may know of the organization without depending on its other accounts. */
export interface OrganizationSettings {
  /** Also the name of the Pulumi project. */
  readonly name: string;
  readonly partition: PartitionName;
  readonly homeRegion: string;
  /** Regions that the organization's accounts may use. */
  readonly regions: readonly string[];
  /** Those of them that AWS has off by default. */
  readonly optInRegions: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
  /** Role that the provider of each account's stack assumes. */
  readonly deployRoleName: string;
  /** Environment variables that a program may read in a preview. */
  readonly environmentVariables: readonly string[];
}

/** Statements that hold for the whole organization, as the management account applies them. */
export interface Guardrails {
  /** Service control policies: the asset's name, and the OU paths or account names it is attached to. */
  readonly serviceControlPolicies: readonly PolicyAttachment[];
  readonly resourceControlPolicies: readonly PolicyAttachment[];
  readonly tagPolicies: readonly PolicyAttachment[];
  /** Policies of the organization's own, sorted by name; they are attached like the built-in ones. */
  readonly ownPolicies: readonly OwnPolicy[];
  /** Service principal to the name of the account that administers it. */
  readonly delegatedAdministrators: Readonly<Record<string, string>>;
}

/** A policy document that the organization brings along. */
export interface OwnPolicy {
  readonly name: string;
  readonly type: PolicyType;
  readonly document: JsonValue;
}

/** A policy and what it is attached to. */
export interface PolicyAttachment {
  readonly policy: string;
  /** OU paths, account names or `Root`; sorted. */
  readonly targets: readonly string[];
}

/** The organization as data: what `defineOrganization` returns when it found no error. */
export interface Organization extends OrganizationSettings {
  /** Such as `o-a1b2c3d4e5`; null while AWS has no organization. */
  readonly organizationId: string | null;
  readonly organizationalUnits: readonly OrganizationalUnit[];
  readonly pools: readonly AddressPool[];
  readonly accounts: readonly Account[];
  readonly guardrails: Guardrails;
  readonly quotas: Readonly<Record<string, number>>;
}

/** What an organization file exports as its default: plain data, problems included. */
export interface OrganizationDefinition {
  /** Null when `problems` holds an error. */
  readonly organization: Organization | null;
  readonly problems: readonly Problem[];
}

/** One block of the address book that belongs to an account: its VPC in a region, or a tier in a zone of it. */
export interface AddressAllocation {
  readonly account: string;
  readonly region: string;
  /** Availability zone id, such as `euw1-az1`; null for the VPC's own block. */
  readonly zoneId: string | null;
  /** Tier, such as `private`; null for the VPC's own block. */
  readonly tier: string | null;
  readonly cidr: string;
}
