import type { Worker } from "node:worker_threads";

import type { Problem } from "@atoll/core";

import { crashedProblem, exitProblem, timeoutProblem } from "./failures.ts";
import type {
  ProgramDescription,
  ProgramReference,
  RunStack,
  StackResult,
  WorkerRequest,
  WorkerResponse,
  WorkerSetup,
} from "./protocol.ts";
import { takeThread } from "./thread.ts";

type Answer<T> = { readonly value: T } | { readonly problem: Problem };

/** A thread that runs programs, one at a time, and is started again when a program takes it down. */
export class EngineWorker {
  readonly #diagnose: boolean;
  readonly #timeoutSeconds: number;
  #thread: Worker | undefined;
  #setup: WorkerSetup | undefined;
  #closed = false;

  constructor(options: { readonly diagnose: boolean; readonly timeoutSeconds: number }) {
    this.#diagnose = options.diagnose;
    this.#timeoutSeconds = options.timeoutSeconds;
    this.#start();
  }

  setUp(setup: WorkerSetup): void {
    this.#setup = { ...setup, diagnose: this.#diagnose };
    this.#thread?.postMessage({ type: "setup", setup: this.#setup } satisfies WorkerRequest);
  }

  async describe(program: ProgramReference): Promise<ProgramDescription> {
    const name = program.unit ?? program.kind ?? program.file;
    const answer = await this.#ask({ type: "describe", program }, name, (response) =>
      response.type === "described" ? response.program : undefined,
    );
    return "value" in answer ? answer.value : { ...program, needs: [], problem: answer.problem };
  }

  run(request: RunStack): Promise<Answer<StackResult>> {
    return this.#ask(request, request.plan.stack, (response) =>
      response.type === "result" ? response.result : undefined,
    );
  }

  /** Ends the thread, whatever it does. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#thread?.terminate();
    this.#thread = undefined;
  }

  #start(): void {
    const thread = takeThread(this.#diagnose);
    this.#thread = thread;
    if (this.#setup !== undefined) thread.postMessage({ type: "setup", setup: this.#setup });
  }

  #ask<T>(
    request: WorkerRequest,
    name: string,
    pick: (response: WorkerResponse) => T | undefined,
  ): Promise<Answer<T>> {
    const thread = this.#thread;
    if (thread === undefined)
      return Promise.resolve({ problem: crashedProblem(name, "it was closed") });
    thread.ref();
    return new Promise((resolve) => {
      let cause: Error | undefined;
      let timedOut = false;
      const timer = setTimeout(() => {
        timedOut = true;
        void thread.terminate();
      }, this.#timeoutSeconds * 1000);
      const finish = (answer: Answer<T>) => {
        clearTimeout(timer);
        thread.off("message", onMessage);
        thread.off("error", onError);
        thread.off("exit", onExit);
        thread.unref();
        resolve(answer);
      };
      const onMessage = (response: WorkerResponse) => {
        const value = pick(response);
        if (value !== undefined) finish({ value });
      };
      const onError = (error: Error) => {
        cause = error;
      };
      const onExit = (exitCode: number) => {
        if (!this.#closed) this.#start();
        if (timedOut) finish({ problem: timeoutProblem(name, this.#timeoutSeconds) });
        else if (cause !== undefined) finish({ problem: crashedProblem(name, cause.message) });
        else finish({ problem: exitProblem(name, exitCode) });
      };
      thread.on("message", onMessage);
      thread.on("error", onError);
      thread.on("exit", onExit);
      thread.postMessage(request);
    });
  }
}
