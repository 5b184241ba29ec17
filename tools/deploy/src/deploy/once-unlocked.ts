import { setTimeout as sleep } from "node:timers/promises";

import { AtollError } from "@atoll/core";

const RETRY_MILLISECONDS = 500;

/**
 * Does something to a stack; while that fails because the stack is locked, again, for so long at most.
 *
 * @throws what the action throws, last
 */
export async function onceUnlocked<T>(
  action: () => Promise<T>,
  seconds: number,
  signal: AbortSignal,
): Promise<T> {
  const until = performance.now() + seconds * 1_000;
  for (;;) {
    try {
      return await action();
    } catch (error) {
      const isLocked = error instanceof AtollError && error.code === "STACK_LOCKED";
      if (!isLocked || performance.now() > until) throw error;
      await sleep(RETRY_MILLISECONDS, undefined, { signal });
    }
  }
}
