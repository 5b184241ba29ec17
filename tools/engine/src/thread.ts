import { Worker } from "node:worker_threads";

let early: Worker | undefined;

/**
 * Starts a thread that loads Pulumi, for the next preview of this process. What a command loads itself takes about as
 * long: the two happen at once.
 */
export function startEarly(): void {
  early ??= newThread(false);
}

/** A thread that runs programs: the one that was started early, or a new one. */
export function takeThread(diagnose: boolean): Worker {
  if (diagnose || early === undefined) return newThread(diagnose);
  const thread = early;
  early = undefined;
  return thread;
}

function newThread(diagnose: boolean): Worker {
  const thread = new Worker(new URL("./worker.ts", import.meta.url), {
    workerData: { diagnose, eagerImports: process.env["ATOLL_EAGER_IMPORTS"] === "1" },
    stdout: true,
    stderr: true,
    // Scavenging a small young generation costs no more time than a large one, and less memory.
    resourceLimits: { maxYoungGenerationSizeMb: 32 },
  });
  // Only as long as somebody waits for an answer does the thread keep the process alive.
  thread.unref();
  return thread;
}
