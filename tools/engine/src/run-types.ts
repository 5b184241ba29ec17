import type { Problem } from "@atoll/core";

import type { Deployment } from "./deployment.ts";
import type { StackPreview } from "./preview.ts";

/** What to preview, and how. */
export interface PreviewRequest {
  /** Absolute path of the organization file. */
  readonly organizationFile: string;
  /** Stacks to report on; what they need is previewed too. @default every stack */
  readonly stacks?: readonly string[];
  /** Leave computed outputs unknown, as a real preview does. @default false */
  readonly unknowns?: boolean;
  /** Say where each resource was created. @default false */
  readonly sources?: boolean;
  /** Add times. @default false */
  readonly timings?: boolean;
  /** Reuse what did not change since an earlier preview. @default true */
  readonly cache?: boolean;
  /** Threads that run programs. @default one for each core */
  readonly workers?: number;
  /** How long a program may keep its thread: a preview waits for nothing outside. @default 60 */
  readonly programTimeoutSeconds?: number;
  /** Stops the preview; the run then rejects with an `AbortError`. */
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: PreviewEvent) => void;
}

/** What happens during a preview, in the order in which it happens. */
export type PreviewEvent =
  | { readonly type: "planned"; readonly stacks: readonly string[] }
  | { readonly type: "started"; readonly stack: string }
  | { readonly type: "finished"; readonly stack: string; readonly summary: StackSummary };

/** A previewed stack without its resources, which stay on disk until they are asked for. */
export interface StackSummary extends Omit<StackPreview, "resources"> {
  /** Why it was skipped, refused or blocked; null otherwise. */
  readonly reason: string | null;
  /** Resources by type, the stack, providers and stack references left out; sorted by type. */
  readonly counts: Readonly<Record<string, number>>;
  /** Taken from the cache. */
  readonly cached: boolean;
  /** Lines that the program printed; no part of the preview as data. */
  readonly log: readonly string[];
}

/** A finished preview. */
export interface PreviewRun {
  /** Name of the organization; empty when its file could not be read. */
  readonly organization: string;
  /** Problems of the organization, its address book and its plan; each stack holds its own. */
  readonly problems: readonly Problem[];
  /** In the organization's order. */
  readonly stacks: readonly StackSummary[];
  /** Which stack needs which, by stack name: for graphs. */
  readonly needs: Readonly<Record<string, readonly string[]>>;
  /** What deploying the stacks takes; null when the organization could not be read. */
  readonly deployment: Deployment | null;
  /** The whole preview of a stack. */
  load(stack: string): StackPreview;
  /** Writes what `--json` prints, stack by stack, so that no more than one is in memory. */
  writeJson(write: (text: string) => void): void;
  /** Removes what the run put on disk outside the cache. Safe to call twice. */
  dispose(): void;
}
