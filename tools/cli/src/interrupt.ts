import { InterruptedError } from "./errors.ts";
import type { StopSignal } from "./exit-codes.ts";

/** How long a command may take to stop by itself after the first signal. */
const GRACE_MILLISECONDS = 5_000;

/** What became of signals. */
export interface Interrupts {
  /** Aborts at the first signal. */
  readonly signal: AbortSignal;
  /** The signal that came first; undefined when none came. */
  readonly received: () => StopSignal | undefined;
  /** From now on only a second signal ends the command at once: it may take long to stop well. */
  readonly takeTime: () => void;
}

/**
 * Turns the first SIGINT, SIGTERM or SIGHUP into an abort, so that commands stop and clean up by themselves. A second
 * one, or too long a wait, ends it at once.
 */
export function watchSignals(options: {
  readonly process: NodeJS.Process;
  readonly onSecond: () => void;
}): Interrupts {
  const controller = new AbortController();
  let received: StopSignal | undefined;
  let isPatient = false;
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    options.process.on(name, () => {
      if (received !== undefined) {
        options.onSecond();
        return;
      }
      received = name;
      if (!isPatient) setTimeout(options.onSecond, GRACE_MILLISECONDS);
      controller.abort(new InterruptedError(name));
    });
  }
  return {
    signal: controller.signal,
    received: () => received,
    takeTime: () => {
      isPatient = true;
    },
  };
}
