/** What the provider does with a resource of one type when an input changes. */
export interface ReplacementRow {
  /** File of terraform-provider-aws and commit. */
  readonly source: string;
  /** What can be updated in place, where that is not the rule. */
  readonly updates?: "tags" | "none";
  /** Paths that replace; `x.**` is x with all that is below, `x` is x and the scalars in it. */
  readonly replaces: readonly string[];
  /** Inputs that replace on a condition. */
  readonly when?: readonly ConditionalInput[];
  /** Changes that the provider answers with an error. */
  readonly refuses?: readonly ConditionalInput[];
  /** What an input that is left out stands for, where the documentation does not say so plainly. */
  readonly defaults?: Readonly<Record<string, boolean | number | string>>;
  /** Paths that may be left out without a change: what is there stays. */
  readonly kept?: readonly string[];
  /** Lists whose order does not count. */
  readonly unordered?: readonly string[];
  /** Texts that are compared by their meaning. */
  readonly compare?: Readonly<Record<string, Comparison>>;
  /** Changes that are none. */
  readonly suppressed?: readonly ConditionalInput[];
  /** Inputs that the text which was read does not have. */
  readonly unread?: readonly string[];
}

/** How two texts are compared. */
export type Comparison = "policy" | "json" | "number" | "lowercase" | "kms-key";

/** What a condition is about, in words, and as a test where it is simple. */
export interface ConditionalInput {
  readonly path: string;
  readonly if: string;
  readonly test?: ChangeTest;
}

/** How a change goes: from nothing, to nothing, or from one value to another. */
export type ChangeKind = "add" | "delete" | "update";

/** A condition on a change; all parts must hold. */
export interface ChangeTest {
  readonly newIs?: Readonly<Record<string, boolean | string>>;
  readonly newIsNot?: Readonly<Record<string, boolean | string>>;
  readonly oldIs?: Readonly<Record<string, boolean | string>>;
  readonly newHas?: readonly string[];
  readonly fromTo?: readonly [from: string, to: string];
  readonly notFromTo?: readonly [from: string, to: string];
  readonly kinds?: readonly ChangeKind[];
  readonly oneSideEmpty?: true;
}
