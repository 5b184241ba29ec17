import { parentPort, workerData } from "node:worker_threads";

import { deferImports } from "./deferred-imports.ts";
import { acceptMissingInputs } from "./missing-inputs.ts";
import type { WorkerRequest, WorkerResponse } from "./protocol.ts";

/**
 * A thread that runs programs. It loads Pulumi before it is given anything to do, while the main thread still reads
 * the organization.
 */
const { diagnose, eagerImports } = workerData as { diagnose: boolean; eagerImports: boolean };
if (!eagerImports) deferImports();
if (diagnose) acceptMissingInputs();

const { createRunner } = await import("./worker-runner.ts");
const port = parentPort;
if (port === null) throw new TypeError("This file runs in a worker thread.");
const runner = createRunner(diagnose);

const reply = (response: WorkerResponse) => {
  port.postMessage(response);
};

port.on("message", (request: WorkerRequest) => {
  // While a program runs nothing but the program keeps the thread awake, so that a stalled one is noticed.
  port.unref();
  const done = () => {
    port.ref();
  };
  void runner.handle(request, reply).then(done, (error: unknown) => {
    done();
    throw error;
  });
});
