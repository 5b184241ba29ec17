/** A resource that may exist although the state does not have it. */
export interface SoughtResource {
  readonly urn: string;
  readonly type: string;
  /** Logical name, as in the tag `atoll:name`. */
  readonly name: string;
  /** As in the tag `atoll:stack`. */
  readonly stack: string;
  /** What it was, or would have been, made with; real values stand for planned ones as far as the state knows them. */
  readonly inputs: Readonly<Record<string, unknown>>;
  /**
   * `pending`: Pulumi asked for it and was killed. `unanswered`: the provider was. `suspected`: only that the run was not
   * finished.
   */
  readonly evidence: "pending" | "unanswered" | "suspected";
}

/** Something that exists and may be the resource that is sought. */
export interface Candidate {
  /** The id by which the provider reads it: its import id, where that is another than the one in a state. */
  readonly id: string;
  /** Carries this stack's tags, or is otherwise known to be the one: it may be imported without asking. */
  readonly certain: boolean;
  /** For people: an ARN, a region, when it was made. */
  readonly description: string;
}

/** What a look-up came to. */
export interface Identified {
  /** Whether such a resource could be told from others at all: by its tags, or by a natural key. */
  readonly identifiable: boolean;
  readonly candidates: readonly Candidate[];
}

/** Finds resources in an account by what identifies them. */
export interface IdentityLookup {
  /** The answer has every URN that was asked for. */
  find(sought: readonly SoughtResource[]): Promise<ReadonlyMap<string, Identified>>;
}
