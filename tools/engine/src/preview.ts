import type { JsonValue, Problem, SourceLocation } from "@atoll/core";

/** How a stack came out of a preview. */
export type StackStatus = "ok" | "failed" | "blocked" | "skipped";

/** Resource options as the program asked for them; absent ones are left out. */
export interface ResourceOptions {
  readonly protect?: boolean;
  readonly retainOnDelete?: boolean;
  readonly deleteBeforeReplace?: boolean;
  readonly ignoreChanges?: readonly string[];
  readonly replaceOnChanges?: readonly string[];
  readonly additionalSecretOutputs?: readonly string[];
  readonly aliases?: readonly JsonValue[];
  readonly import?: string;
  readonly version?: string;
  readonly customTimeouts?: { readonly [operation: string]: string };
  readonly deletedWith?: string;
  /** Read, not managed: `Resource.get` and stack references. */
  readonly external?: boolean;
}

/** One resource of a previewed stack, as the contract in `docs/preview.md` has it. */
export interface ResourcePreview {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  readonly inputs: JsonValue;
  readonly outputs: JsonValue;
  /** The parent's URN; null for the stack itself. */
  readonly parent: string | null;
  /** URNs, sorted. */
  readonly dependencies: readonly string[];
  /** `<urn>::<id>` of its provider; null where it has none (components, providers). */
  readonly provider: string | null;
  readonly options: ResourceOptions;
  /** Only with `--sources`. */
  readonly source?: SourceLocation;
}

/** One previewed stack. */
export interface StackPreview {
  readonly stack: string;
  readonly account: string;
  readonly accountId: string | null;
  readonly kind: string;
  readonly unit: string | null;
  readonly status: StackStatus;
  /** Names of the stacks that this one waits for in vain, sorted. */
  readonly blockedBy: readonly string[];
  /** Sorted by URN, the stack itself first. */
  readonly resources: readonly ResourcePreview[];
  readonly outputs: { readonly [name: string]: JsonValue };
  readonly problems: readonly Problem[];
  /** Only with `--timings`. */
  readonly milliseconds?: number;
}

/** What `atoll preview --json` prints. */
export interface Preview {
  readonly version: 1;
  readonly organization: string;
  readonly stacks: readonly StackPreview[];
  /** Problems of the organization itself. */
  readonly problems: readonly Problem[];
}
