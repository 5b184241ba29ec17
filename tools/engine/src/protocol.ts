import type { Problem } from "@atoll/core";
import type { AddressAllocation, Organization, StackPlan } from "@atoll/organization";

import type { StackSummary } from "./run-types.ts";
import type { WireProperties } from "./wire.ts";

/** A program to load: the one of a kind, or of a unit. */
export interface ProgramReference {
  readonly kind: string | null;
  readonly unit: string | null;
  /** Absolute path. */
  readonly file: string;
}

/** What a worker is given once, when it starts. */
export interface WorkerSetup {
  readonly root: string;
  readonly organization: Organization | null;
  readonly unknowns: boolean;
  readonly sources: boolean;
  /**
   * Full stack traces, and missing inputs reported by resource instead of thrown: slower, for what went wrong and for
   * `--sources`.
   */
  readonly diagnose: boolean;
  /** Absolute paths that programs may read; null where that is not known. */
  readonly files: readonly string[] | null;
  /** Absolute path. */
  readonly organizationFile: string;
  readonly environment: Readonly<Record<string, string | null>>;
}

/** One stack to run. */
export interface RunStack {
  readonly type: "run";
  readonly plan: StackPlan;
  readonly addresses: readonly AddressAllocation[];
  readonly program: ProgramReference;
  /** Outputs of the stacks it needs, by stack name. */
  readonly needs: Readonly<Record<string, WireProperties>>;
  /** File to write the stack's preview to. */
  readonly resultFile: string;
}

/** What a worker is asked for. */
export type WorkerRequest =
  | { readonly type: "setup"; readonly setup: WorkerSetup }
  | { readonly type: "describe"; readonly program: ProgramReference }
  | RunStack;

/** What a program needs, or why it cannot be loaded. */
export interface ProgramDescription extends ProgramReference {
  readonly needs: readonly string[];
  readonly problem: Problem | null;
}

/** A stack's result, as kept beside its resources. */
export interface StackResult {
  readonly summary: StackSummary;
  /** As the SDK sent them: for the stacks that need this one. */
  readonly outputs: WireProperties;
  /** True when the program looked at the whole organization. */
  readonly readsOrganization: boolean;
  /** True when the stack must be run again by a worker that diagnoses. */
  readonly needsDiagnosis: boolean;
}

/** What a worker answers. */
export type WorkerResponse =
  | { readonly type: "described"; readonly program: ProgramDescription }
  | { readonly type: "result"; readonly stack: string; readonly result: StackResult };
