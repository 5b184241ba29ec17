import type { JsonValue, PartitionName } from "@atoll/core";

import type { Kind } from "./contracts.ts";
import type { LifecycleState } from "./model.ts";
import type {
  PolicyType,
  ResourceControlPolicyName,
  ServiceControlPolicyName,
  TagPolicyName,
} from "./policy-names.ts";

/** Organizational units as nested objects: `{ Workloads: { Production: {}, Development: {} } }`. */
export interface OrganizationalUnitTree {
  readonly [name: string]: OrganizationalUnitTree;
}

/** The paths in a tree of organizational units: `"Workloads" | "Workloads/Production" | …`. */
export type OrganizationalUnitPath<Tree> = string extends keyof Tree
  ? string
  : {
      [Name in keyof Tree & string]: Name | `${Name}/${OrganizationalUnitPath<Tree[Name]>}`;
    }[keyof Tree & string];

/** An address pool as written: `{ cidr: "10.0.0.0/12" }`. */
export interface AddressPoolInput {
  /** IPv4 CIDR block. Pools must not overlap. */
  readonly cidr: string;
}

/** What an account draws from a pool, as written. */
export interface AddressRequestInput<Pool extends string = string> {
  /** Name of a pool under `pools`. */
  readonly pool: Pool;
  /** Length of each VPC's prefix, 16 to 28. One block is drawn for each region of the account. */
  readonly prefixLength: number;
}

/** A unit as written: a stack `<account>.<unit>` that a product team runs in the account. */
export interface UnitInput {
  /** Lower-case words joined by `-`. The program is `units/<name>/index.ts`. */
  readonly name: string;
}

/** One account as written. */
export interface AccountInput<
  Name extends string = string,
  Ou extends string = string,
  Pool extends string = string,
> {
  /** Lower-case words joined by `-`, at most 50 characters. Also the name of the account's stack. */
  readonly name: Name;
  /** 12 digits. Refused before `vended`, required from then on. @default none */
  readonly id?: string;
  /** The root user's e-mail address: unique among all AWS accounts. */
  readonly email: string;
  /** What kind of account it is: names the program that makes it. */
  readonly kind: Kind;
  /** Path of its organizational unit, such as `Workloads/Production`; `Root` for the root itself. */
  readonly ou: NoInfer<Ou> | "Root";
  /** Regions that it uses, each among the organization's. @default `defaults.regions` */
  readonly regions?: readonly string[];
  /** @default `defaults.lifecycle` */
  readonly lifecycle?: LifecycleState;
  /** Team that answers for it; becomes the `owner` tag. @default `defaults.owner` */
  readonly owner?: string;
  /** Becomes the `environment` tag. @default `defaults.environment` */
  readonly environment?: string;
  /**
   * Account names, and paths of organizational units (their descendants included), that this account serves with its
   * kind's outputs. `Root` is every account. @default every account
   */
  readonly serves?: readonly (NoInfer<Name> | NoInfer<Ou> | "Root")[];
  /** VPC blocks that it draws from a pool; null for none. @default `defaults.addresses` */
  readonly addresses?: AddressRequestInput<NoInfer<Pool>> | null;
  /** Availability zones that each of its VPCs spans. @default `defaults.zones` */
  readonly zones?: number;
  /** @default none */
  readonly units?: readonly UnitInput[];
  /** Tags on everything in the account. @default none */
  readonly tags?: Readonly<Record<string, string>>;
  /** Monthly budget in US dollars; null for no budget. @default `defaults.monthlyBudgetUsd` */
  readonly monthlyBudgetUsd?: number | null;
  /** Quotas raised in this account, by `<service>/<quota>`. @default none */
  readonly quotas?: Readonly<Record<string, number>>;
}

/** What an account gets where it says nothing itself. */
export interface AccountDefaultsInput<Pool extends string = string> {
  /** @default the home region */
  readonly regions?: readonly string[];
  /** @default "active" */
  readonly lifecycle?: LifecycleState;
  /** @default "platform" */
  readonly owner?: string;
  /** @default "shared" */
  readonly environment?: string;
  /** @default no addresses */
  readonly addresses?: AddressRequestInput<NoInfer<Pool>> | null;
  /** @default 3 */
  readonly zones?: number;
  /** @default no budget */
  readonly monthlyBudgetUsd?: number | null;
}

/** A policy document of the organization's own; its text may hold the placeholders of the built-in ones. */
export interface OwnPolicyInput {
  readonly type: PolicyType;
  /** The document as JSON, imported from a file with `with { type: "json" }`. */
  readonly document: { readonly [key: string]: JsonValue };
}

/** Policies by name, each with the paths of organizational units, account names or `Root` that it is attached to. */
export type PolicyAttachmentsInput<Policy extends string, Target extends string> = {
  readonly [Name in Policy]?: readonly NoInfer<Target>[];
};

/** What holds for the whole organization. */
export interface GuardrailsInput<
  Name extends string = string,
  Ou extends string = string,
  Own extends Readonly<Record<string, OwnPolicyInput>> = Readonly<Record<string, OwnPolicyInput>>,
> {
  /** Policies of your own, by name; attach them below like the built-in ones. @default none */
  readonly ownPolicies?: Own;
  /** @default none */
  readonly serviceControlPolicies?: PolicyAttachmentsInput<
    ServiceControlPolicyName | NoInfer<keyof Own & string>,
    Name | Ou | "Root"
  >;
  /** @default none */
  readonly resourceControlPolicies?: PolicyAttachmentsInput<
    ResourceControlPolicyName | NoInfer<keyof Own & string>,
    Name | Ou | "Root"
  >;
  /** @default none */
  readonly tagPolicies?: PolicyAttachmentsInput<
    TagPolicyName | NoInfer<keyof Own & string>,
    Name | Ou | "Root"
  >;
  /** Service principal, such as `guardduty.amazonaws.com`, to the account that administers it. @default none */
  readonly delegatedAdministrators?: Readonly<Record<string, NoInfer<Name>>>;
}

/** The organization as its owners write it: the argument of `defineOrganization`. */
export interface OrganizationInput<
  Name extends string = string,
  Tree extends OrganizationalUnitTree = OrganizationalUnitTree,
  Pools extends Readonly<Record<string, AddressPoolInput>> = Readonly<
    Record<string, AddressPoolInput>
  >,
  Own extends Readonly<Record<string, OwnPolicyInput>> = Readonly<Record<string, OwnPolicyInput>>,
> {
  /** Lower-case words joined by `-`, at most 50 characters. Also the name of the Pulumi project. */
  readonly name: string;
  /**
   * The id that AWS gave the organization, such as `o-a1b2c3d4e5`: it exists and is taken over. AWS has an organization as
   * soon as an account of it has an id. @default null: the management account creates it
   */
  readonly organizationId?: string | null;
  /** @default "aws" */
  readonly partition?: PartitionName;
  /** The region of everything that is made once; on by default in AWS. */
  readonly homeRegion: string;
  /** Regions that accounts may use. @default the home region alone */
  readonly regions?: readonly string[];
  /** Those of `regions` that AWS has off by default: using one must be said. @default none */
  readonly optInRegions?: readonly string[];
  /** @default none: every account is in the root */
  readonly organizationalUnits?: Tree;
  /** Address pools by name. @default none */
  readonly pools?: Pools;
  readonly accounts: readonly AccountInput<
    Name,
    OrganizationalUnitPath<Tree>,
    keyof Pools & string
  >[];
  /** @default none */
  readonly defaults?: AccountDefaultsInput<keyof Pools & string>;
  /** Tags on everything in every account. @default none */
  readonly tags?: Readonly<Record<string, string>>;
  /** @default none */
  readonly guardrails?: GuardrailsInput<Name, OrganizationalUnitPath<Tree>, Own>;
  /** Quotas raised in every account, by `<service>/<quota>`. @default none */
  readonly quotas?: Readonly<Record<string, number>>;
  /**
   * Role that the provider of each account's stack assumes. AWS creates it in an account that Atoll vends; in the
   * management account and in adopted ones it is yours to create. @default "AtollDeploy"
   */
  readonly deployRoleName?: string;
  /** Environment variables that a program may read in a preview. @default none */
  readonly environmentVariables?: readonly string[];
}
