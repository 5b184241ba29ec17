import type { PlannedResource, Scope } from "../model.ts";
import type { Provenance } from "../provenance.ts";
import type { PlainRecord } from "../values.ts";

/** How a resource came to be: it was there before anything ran, AWS made it along with another, or a call made it. */
export type CloudOrigin = "seed" | "companion" | "created";

/** One resource as it stands in an account. */
export interface CloudResource {
  /** Type token, such as `aws:ec2/vpc:Vpc`. */
  readonly type: string;
  readonly id: string;
  /** 12 digits. */
  readonly accountId: string;
  /** Where it lives; `global` for what belongs to the account as a whole, such as a role. */
  readonly region: string;
  /** What the provider would read back as inputs. */
  readonly inputs: PlainRecord;
  /** Everything that the provider reports, inputs included. */
  readonly outputs: PlainRecord;
  readonly origin: CloudOrigin;
  /**
   * True where it is deleted and AWS has not let go of it yet: a key in its waiting period, a closed account. The
   * provider does not find it any more. @default false
   */
  readonly leaving?: boolean;
}

/** What names a resource: many ids, such as a log group's, are taken once per region only. */
export type CloudKey = Pick<CloudResource, "accountId" | "region" | "type" | "id">;

/** What exists, in every account: looked at, never changed. */
export interface Cloud {
  /** Every account that has something. */
  readonly accountIds: readonly string[];
  /** @param region @default any: the first that has it */
  find(accountId: string, type: string, id: string, region?: string): CloudResource | undefined;
  /** In all regions of the account, in the order in which they were made. */
  list(accountId: string, type: string): readonly CloudResource[];
  /** Quotas that hold in the account, the most particular first, as `effectiveLimit` takes them. */
  quotas(accountId: string): readonly Readonly<Record<string, number>>[];
  /**
   * Whether nothing exists besides what is listed. In a sandbox that is so, and a reference to something that is not
   * listed is refused; a preview sees its own stack alone and lets it pass.
   */
  readonly complete: boolean;
}

/**
 * What kind of refusal it is: something that is not there, that is taken or does not go together, that is out of
 * bounds, that there are too many of, or that is in use still.
 */
export type RefusalKind = "not-found" | "conflict" | "out-of-range" | "quota" | "in-use";

/** Why AWS says no. */
export interface Refusal {
  readonly kind: RefusalKind;
  /** AWS's own error code, such as `InvalidSubnet.Conflict` or `DependencyViolation`. */
  readonly code: string;
  /** AWS's words as far as a source has them, with the ids and blocks at hand. */
  readonly message: string;
  /** The input that it is about; empty for the resource as a whole. */
  readonly path: string;
  /** Name of the rule, for `explain`. */
  readonly rule: string;
  readonly provenance: Provenance;
}

/** What a call changes: resources to write (new or replaced, by their key) and to take away. */
export interface CloudChange {
  readonly put: readonly CloudResource[];
  readonly remove: readonly CloudKey[];
}

/** AWS's answer to a call. `resource` is null after a deletion. */
export type CloudAnswer =
  | { readonly resource: CloudResource | null; readonly change: CloudChange }
  | { readonly refusals: readonly Refusal[] };

/** A resource to be made. */
export interface CreateRequest {
  readonly type: string;
  readonly name: string;
  readonly urn: string;
  readonly inputs: PlainRecord;
  readonly scope: Scope;
  /**
   * Makes ids differ between two creations of the same URN, as AWS's do. @default "": the ids that a preview plans
   */
  readonly salt?: string;
  /** What `plan` has answered for the same request without a salt. @default it is planned */
  readonly planned?: PlannedResource;
}
