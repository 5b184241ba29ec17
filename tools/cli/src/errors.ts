import { AtollError } from "@atoll/core";

import type { StopSignal } from "./exit-codes.ts";

/** Wrong usage, or something named on the command line that is not there: exit code 2. */
export class UsageError extends AtollError {
  /** What to do about it; empty when the message says it. */
  readonly fix: string;

  constructor(code: string, message: string, fix = "") {
    super(code, message);
    this.fix = fix;
  }
}

/** The run was stopped by a signal. */
export class InterruptedError extends AtollError {
  readonly signal: StopSignal;

  constructor(signal: StopSignal) {
    super("INTERRUPTED", `stopped by ${signal}`);
    this.signal = signal;
  }
}

/** An error of the kind that an aborted operation rejects with. */
export function isAbort(error: unknown): boolean {
  return (
    error instanceof InterruptedError || (error instanceof Error && error.name === "AbortError")
  );
}
