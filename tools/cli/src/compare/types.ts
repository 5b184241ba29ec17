import type { JsonValue, Problem } from "@atoll/core";
import type { StackStatus } from "@atoll/engine";

/** A value that differs; an absent side has no such key. */
export interface Difference {
  /** Such as `urn` (an alias), `inputs.tags.Name`, `options.protect`, `parent`, `provider`, `dependencies` or, in an output, its name. */
  readonly path: string;
  readonly before?: JsonValue;
  readonly after?: JsonValue;
}

/** What Pulumi and the AWS provider would do about a resource. */
export interface Effect {
  /** `none`: nothing on AWS, because it is ignored, means the same or is an option. */
  readonly action: "replace" | "update" | "none";
  /** Paths in the inputs that replace it, sorted: by the provider's rules or by `replaceOnChanges`. */
  readonly replaces: readonly string[];
  /** True where the provider's source or the program says so; else it is AWS's specification, or a guess. */
  readonly verified: boolean;
  /** It is deleted before its replacement is there: `deleteBeforeReplace`. */
  readonly deletesFirst: boolean;
  /** Sentences: why Pulumi or the provider would refuse this. */
  readonly refusals: readonly string[];
  /** Inputs that change because another resource is replaced, which AWS gives a new id. */
  readonly follows: readonly { readonly path: string; readonly urn: string }[];
}

/** A resource that changed. What is done about it is said for resources of AWS that are on both sides. */
export interface ResourceChange extends Partial<Effect> {
  readonly subject: "resource";
  readonly change: "added" | "removed" | "changed";
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  /** Sorted by path; empty unless changed, and where a resource only follows one that is replaced. */
  readonly differences: readonly Difference[];
}

/** One thing that changed in a stack. */
export type Change =
  /** The stack itself came or went. */
  | {
      readonly subject: "stack";
      readonly change: "added" | "removed";
      readonly resources: number;
    }
  /** The stack comes out differently. */
  | {
      readonly subject: "status";
      readonly change: "changed";
      readonly before: StackStatus;
      readonly after: StackStatus;
    }
  | ResourceChange
  | {
      readonly subject: "output";
      readonly change: "added" | "removed" | "changed";
      readonly name: string;
      readonly differences: readonly Difference[];
    }
  | {
      readonly subject: "problem";
      readonly change: "added" | "removed";
      readonly problem: Problem;
    };

/** What changed in one stack; `changes` is empty when nothing did. */
export interface StackComparison {
  readonly stack: string;
  readonly account: string;
  /** Resources and outputs of a side that failed may be incomplete; those of a blocked or skipped one are not compared. */
  readonly incomplete: boolean;
  readonly changes: readonly Change[];
}

/** The same change in one stack or in several. */
export interface ChangeGroup {
  /** Sorted. */
  readonly stacks: readonly string[];
  /** As the first of the stacks has it. */
  readonly change: Change;
  /** The stacks have it with values of their own (account id, names, addresses), otherwise the same. */
  readonly varies: boolean;
}

/** What `atoll preview --base <ref> --json` prints. */
export interface PreviewComparison {
  readonly version: 1;
  readonly organization: string;
  readonly base: { readonly ref: string; readonly commit: string };
  /** Stacks of either side in the organization's order, removed ones last. */
  readonly stacks: readonly StackComparison[];
  /** Every change of every stack is in exactly one group. */
  readonly groups: readonly ChangeGroup[];
  /** Problems of the organization that are new or gone. */
  readonly problems: { readonly added: readonly Problem[]; readonly removed: readonly Problem[] };
  /** What limits the comparison, such as dependencies that differ. */
  readonly notes: readonly Problem[];
}
