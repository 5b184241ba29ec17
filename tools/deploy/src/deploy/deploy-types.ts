import type { Problem } from "@atoll/core";
import type { PreviewRun } from "@atoll/engine";

import type { StackDrift } from "../drift/drift-report.ts";
import type { RecoveryAnswer } from "../recovery/plan-recovery.ts";
import type { DeployTarget, PulumiStep } from "../pulumi-cli/types.ts";
import type { RunEvent, RunLimits, StackOutcome } from "../run/run-options.ts";

/** The commands that work on deployed stacks. */
export type DeployCommand = "up" | "destroy" | "refresh" | "drift";

/** A first account, looked at before the others follow. */
export interface Canary {
  readonly account: string;
  /** How long to wait after it, in milliseconds. */
  readonly bakeMilliseconds: number;
  /** A shell command that exits with 0 when all is well; null: only the waiting counts. */
  readonly health: string | null;
}

/** What is to be done. */
export interface DeployRequest {
  readonly command: DeployCommand;
  /** Absolute path of the workspace. */
  readonly root: string;
  /** An embedded preview of every stack, whose organization could be read. */
  readonly preview: PreviewRun;
  readonly target: DeployTarget;
  /** URL of an emulator, for that target. */
  readonly emulatorUrl?: string;
  /** Stacks that were named; empty for all. */
  readonly stacks: readonly string[];
  /** Only what did not end well last time, or is stale. */
  readonly resume: boolean;
  /** What is unchanged too. */
  readonly all: boolean;
  /** Look at what is there before changing it. */
  readonly refresh: boolean;
  /** Deploy stacks in which the embedded preview found errors: it may know less than AWS. */
  readonly ignorePreview: boolean;
  /** What a person says of resources that a recovery cannot tell, by URN. */
  readonly answers: ReadonlyMap<string, RecoveryAnswer>;
  /** Refuse to touch more accounts; null for no limit. */
  readonly maxAccounts: number | null;
  readonly canary: Canary | null;
  /** A folder or `s3://bucket/prefix`; null for `.atoll/<organization>/ledger`. */
  readonly ledger: string | null;
  /** How secrets of stacks that are made are encrypted, as `pulumi stack init` takes it; null: they must exist. */
  readonly secretsProvider: string | null;
  readonly limits: RunLimits;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
  readonly killSignal: AbortSignal;
  readonly ui: DeployUi;
}

/** What was done besides the work itself, and why. */
export type RunStep = Pick<PulumiStep, "text" | "reason">;

/** Who watches, and is asked. */
export interface DeployUi {
  readonly onStep: (step: RunStep) => void;
  /** What is about to begin; later events are about these stacks. */
  readonly onPhase: (phase: Phase) => void;
  readonly onEvent: (event: RunEvent) => void;
  /**
   * Asked before anything is changed, with what would be. Null stands for no question: nothing is previewed then.
   */
  readonly confirm: ((preview: readonly StackOutcome[]) => Promise<boolean>) | null;
}

/** One part of a run. */
export interface Phase {
  readonly name: "preview" | "run" | "canary" | "rest";
  readonly stacks: readonly { readonly stack: string; readonly total: number | null }[];
}

/** What came of it. */
export interface DeployReport {
  /** Id of the run in the ledger; null where nothing was recorded. */
  readonly run: string | null;
  readonly outcomes: readonly StackOutcome[];
  /** Of the run as a whole; each outcome has its own. */
  readonly problems: readonly Problem[];
  /** Stacks that the lifecycle left out. */
  readonly left: readonly { readonly stack: string; readonly reason: string }[];
  /** After destroying: resources that are locked, or that locked ones need, by stack. */
  readonly kept: readonly { readonly stack: string; readonly urns: readonly string[] }[];
  /** What differs from the code; only of `drift`. */
  readonly drift: readonly StackDrift[];
  /** Whether the person was asked and said no. */
  readonly declined: boolean;
}
