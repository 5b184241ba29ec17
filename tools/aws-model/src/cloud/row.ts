import type { LimitName } from "@atoll/aws-facts";
import type { Scope } from "../model.ts";
import type { Provenance } from "../provenance.ts";
import type { PlainRecord, PlainValue } from "../values.ts";
import type { Cloud, CloudChange, CloudResource, RefusalKind } from "./cloud.ts";

/** What a rule looks at: a resource as it would stand, among what is there. */
export interface CloudContext {
  readonly wanted: CloudResource;
  /** As it stands; undefined while it is made anew. */
  readonly current: CloudResource | undefined;
  /** True when a program makes it, or takes over what is there; false when it is changed or goes. */
  readonly isNew: boolean;
  /** Its own: with the region that it lives in. */
  readonly scope: Scope;
  readonly cloud: Cloud;
}

/** A rule as `explain` shows it. */
export interface CloudRule {
  /** Stable name, such as `ec2/subnet-inside-vpc`. */
  readonly rule: string;
  /** The error code that AWS answers with. */
  readonly code: string;
  /** What AWS holds to, in a sentence. */
  readonly text: string;
  readonly provenance: Provenance;
}

/** An input that names another resource. */
export interface Reference {
  /** The input, as in `routes[].gatewayId`: `[]` stands for every element. */
  readonly path: string;
  /** The types that may be meant. */
  readonly to: readonly string[];
  /** AWS's code when there is no such thing. */
  readonly code: string;
  /** What names the other: outputs of it, or `id`. @default ["id"] */
  readonly by?: readonly string[];
  /** Where the other must live. @default its account and region */
  readonly within?: "region" | "account" | "organization";
  /** Texts that name something of AWS's own, such as `local`. @default none */
  readonly except?: RegExp;
  /**
   * AWS's code when the other is in a VPC that is not this resource's own, nor that of what else it names. @default
   * they may differ
   */
  readonly sameVpc?: string;
  /** AWS's code for deleting the other while this refers to it. @default AWS deletes it */
  readonly holds?: string;
  /** True when this goes along with the other: it is a part of it. @default false */
  readonly follows?: boolean;
  readonly provenance: Provenance;
}

/** Values that no two resources have in common. */
export interface UniqueRule extends CloudRule {
  /** Outputs that make up the name. A resource that lacks one of them has none. */
  readonly of: readonly string[];
  /** Where the name is taken once. */
  readonly within: "region" | "account" | "everywhere";
  /** The code where another account has it. @default code */
  readonly elsewhere?: string;
  /** The input to report. @default the first of `of` */
  readonly path?: string;
}

/** How many there may be. */
export interface LimitRule extends CloudRule {
  readonly limit: LimitName;
  /** What counts, such as `VPCs in the region`. */
  readonly what: string;
  /** How many there would be with this one, and of which input that is said; undefined where it does not count. */
  readonly used: (context: CloudContext) => LimitCount | undefined;
}

/** How much of a quota is taken. */
export interface LimitCount {
  readonly count: number;
  readonly path: string;
  /** What is there without this one. More than the quota shows that it was raised. @default not told */
  readonly existing?: number;
}

/** What is wrong, and with which input. */
export interface Violation {
  readonly path: string;
  readonly message: string;
}

/** A rule that only code can tell. */
export interface CheckRule extends CloudRule {
  /** @default "conflict" */
  readonly kind?: RefusalKind;
  readonly check: (context: CloudContext) => readonly Violation[];
}

/** A rule about deletion that only code can tell. `wanted` and `current` are what is to go. */
export interface RemovalRule extends CloudRule {
  readonly refuses: (context: CloudContext) => string | undefined;
}

/** What deletion by the provider comes to where the resource does not simply go, and what the source is. */
export interface Removal {
  /** Changes that take the place of the resource's own removal; undefined where it goes after all. */
  readonly change: (current: CloudResource, cloud: Cloud) => CloudChange | undefined;
  /** One sentence: what stays. */
  readonly text: string;
  readonly provenance: Provenance;
}

/** What AWS holds the resources of one type to. */
export interface CloudRow {
  /** What its inputs refer to; `none` where they refer to nothing that the model knows. */
  readonly references: readonly Reference[] | "none";
  readonly unique?: readonly UniqueRule[];
  readonly limits?: readonly LimitRule[];
  readonly checks?: readonly CheckRule[];
  readonly removals?: readonly RemovalRule[];
  /**
   * True for a setting that is always there: making it writes over what is set, taking it away sets it back. @default
   * false
   */
  readonly setting?: boolean;
  /** What is there already and is taken over when the resource is made. @default it is made anew */
  readonly adopts?: (context: CloudContext) => CloudResource | undefined;
  readonly removal?: Removal;
  /** What AWS makes, changes or takes along when the resource is made or changed. */
  readonly effects?: (context: CloudContext) => CloudChange;
  /** Outputs that follow from what else there is, as they are read. */
  readonly view?: (resource: CloudResource, cloud: Cloud) => PlainRecord;
  /** The id that an import is given, where it is not the id. */
  readonly importId?: (resource: CloudResource) => PlainValue;
}

/** Rows by type token. */
export type CloudTable = Readonly<Record<string, CloudRow>>;
