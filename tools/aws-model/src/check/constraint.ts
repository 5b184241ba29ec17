import type { ProvenanceKind } from "../provenance.ts";

/** Values, patterns and sizes that AWS allows for one input. */
export interface Constraint {
  /** Path without positions: `rules[].expiration.days`; `[]` is any position of a list. */
  readonly path: string;
  /** Values that are allowed; numbers stand as numbers. */
  readonly values?: readonly (string | number)[];
  /** True when AWS keeps adding to the values, so that another one is a warning. */
  readonly open?: true;
  /** The whole text must match; a JavaScript pattern with the flag `u`. */
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly min?: number;
  readonly max?: number;
  /** Values that pass whatever else the row says: the provider takes them beyond AWS's own. */
  readonly also?: readonly (string | number)[];
  /** `<kind> <where>`, such as `api ec2.CreateVpc.InstanceTenancy`. */
  readonly from: readonly string[];
}

/** The committed table of constraints. */
export interface ConstraintTable {
  /** ISO day on which the sources were read. */
  readonly date: string;
  /** Name and version of each source. */
  readonly sources: Readonly<Partial<Record<ProvenanceKind, string>>>;
  /** What the table covered when it was written; a test fails when it covers less. */
  readonly coverage: { readonly inputs: number; readonly constrained: number };
  readonly types: Readonly<Record<string, readonly Constraint[]>>;
}
