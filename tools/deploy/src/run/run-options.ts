import type { Problem } from "@atoll/core";
import type { Deployment } from "@atoll/engine";
import type { StepEventMetadata } from "@pulumi/pulumi/automation/events.js";

import type { Operation } from "./operations.ts";

/** What is done to stacks. */
export type RunCommand = "up" | "destroy" | "refresh" | "preview" | "drift";

/** The Pulumi that does it, and where its state is. */
export interface PulumiContext {
  /** Absolute path of `pulumi`. */
  readonly file: string;
  /** The whole environment of `pulumi`, its providers and the programs' hosts. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Folder of the Pulumi project. */
  readonly cwd: string;
  /** A stack's name as `--stack` takes it. */
  readonly stackName: (stack: string) => string;
}

/** Bounds of a run. */
export interface RunLimits {
  /** Stacks at once. */
  readonly width: number;
  /** What the command and everything that it starts may take, in MiB. */
  readonly memoryMiB: number;
  /** Processes that run programs. */
  readonly hosts: number;
  /** How long a program may do nothing, or keep its process busy. */
  readonly programTimeoutSeconds: number;
  /** What programs may leave behind in their process, in MiB. */
  readonly programMemoryMiB: number;
  /** Resource operations at once within a stack. */
  readonly parallel: number;
}

/** The bounds that hold unless somebody says otherwise. */
export const DEFAULT_LIMITS: Omit<RunLimits, "width" | "hosts"> = {
  memoryMiB: 1_536,
  programTimeoutSeconds: 60,
  programMemoryMiB: 1_024,
  parallel: 16,
};

/** What a first pass over a stack takes over. */
export interface Adoption {
  /** Resources to import as they are found, as `<type>::<name>`. */
  readonly resources: readonly string[];
  /** URNs that the pass works on: those resources and what they rest on. */
  readonly targets: readonly string[];
}

/** One stack of a run. */
export interface RunTask {
  readonly stack: string;
  /** Stacks of this run that come before it. */
  readonly after: readonly string[];
  /** Null when nothing that exists already is to be taken over. */
  readonly adoption: Adoption | null;
}

/** Where the files of a run go. */
export interface RunFolder {
  /** What `pulumi` prints about a stack. */
  readonly logFile: (stack: string) => string;
  /** A folder for what does not outlive the run. */
  readonly temporary: string;
}

/** All that running stacks takes. */
export interface RunRequest {
  readonly command: RunCommand;
  readonly tasks: readonly RunTask[];
  /** Absolute path of the workspace. */
  readonly root: string;
  readonly deployment: Deployment;
  readonly pulumi: PulumiContext;
  readonly limits: RunLimits;
  readonly folder: RunFolder;
  /** Look at what is there before changing it. @default false */
  readonly refresh?: boolean;
  /** First stop: what is under way is finished, nothing new begins. */
  readonly signal: AbortSignal;
  /** Second stop: everything is ended at once. */
  readonly killSignal: AbortSignal;
  /**
   * Asked when a stack's turn has come: whether there is anything to do. What the stacks before it handed on is known by
   * then. Why not is the reason, in words. @default there is
   */
  readonly decide?: (stack: string) => Promise<{ readonly run: boolean; readonly reason: string }>;
  /** Called when a stack has ended, and waited for before anything that comes after it starts. @default nothing */
  readonly settle?: (outcome: StackOutcome) => Promise<void>;
  readonly onEvent: (event: RunEvent) => void;
}

/** What happens in a run. */
export type RunEvent =
  | { readonly type: "started"; readonly stack: string }
  | {
      readonly type: "progress";
      readonly stack: string;
      /** Resource operations that have ended. */
      readonly done: number;
      readonly running: number;
    }
  | {
      readonly type: "retrying";
      readonly stack: string;
      readonly seconds: number;
      readonly reason: string;
    }
  | { readonly type: "ended"; readonly stack: string; readonly outcome: StackOutcome };

/** How a stack came out of a run. */
export interface StackOutcome {
  readonly stack: string;
  /** `unchanged`: there was nothing to do, and the engine was not started. */
  readonly status: "ok" | "unchanged" | "failed" | "blocked" | "cancelled";
  readonly problems: readonly Problem[];
  readonly operations: readonly Operation[];
  /** What the engine reported as errors, resource by resource. */
  readonly errors: readonly { readonly urn: string; readonly message: string }[];
  /** The engine's last word on each resource, old and new state included: for reports, not to be kept. */
  readonly steps: ReadonlyMap<string, StepEventMetadata>;
  /** Why it was unchanged; empty otherwise. */
  readonly reason: string;
  /** Stacks that it waited for in vain. */
  readonly blockedBy: readonly string[];
  readonly milliseconds: number;
}
