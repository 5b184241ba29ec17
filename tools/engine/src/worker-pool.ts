import type { Problem } from "@atoll/core";

import { EngineWorker } from "./engine-worker.ts";
import type {
  ProgramDescription,
  ProgramReference,
  RunStack,
  StackResult,
  WorkerSetup,
} from "./protocol.ts";

/**
 * Threads that run programs, started when there is work for them, and one more for what went wrong: it runs a stack
 * again with full stack traces, which the others do without.
 */
export class WorkerPool {
  readonly width: number;
  readonly #timeoutSeconds: number;
  readonly #idle: EngineWorker[] = [];
  readonly #all: EngineWorker[] = [];
  #diagnosing: EngineWorker | undefined;
  #diagnosis: Promise<unknown> = Promise.resolve();
  #setup: WorkerSetup | undefined;

  /** @param timeoutSeconds how long a program may keep its thread */
  constructor(width: number, timeoutSeconds: number) {
    this.width = Math.max(1, width);
    this.#timeoutSeconds = timeoutSeconds;
  }

  /** Starts threads ahead of the work, up to that many in all. */
  warm(count: number): void {
    while (this.#all.length < Math.min(count, this.width)) this.#idle.push(this.#start());
  }

  setUp(setup: WorkerSetup): void {
    this.#setup = setup;
    for (const worker of this.#all) worker.setUp(setup);
  }

  async describe(programs: readonly ProgramReference[]): Promise<readonly ProgramDescription[]> {
    const worker = this.#take();
    const described: ProgramDescription[] = [];
    // One by one: a program that ends the thread is then known by name.
    for (const program of programs) described.push(await worker.describe(program));
    this.#idle.push(worker);
    return described;
  }

  /** Runs a stack on the next free thread; at most `width` calls at a time. */
  async run(
    request: RunStack,
  ): Promise<{ readonly value: StackResult } | { readonly problem: Problem }> {
    const worker = this.#take();
    const answer = await worker.run(request);
    this.#idle.push(worker);
    return "value" in answer && answer.value.needsDiagnosis
      ? await this.#diagnose(request)
      : answer;
  }

  async close(): Promise<void> {
    const workers = [...this.#all, ...(this.#diagnosing === undefined ? [] : [this.#diagnosing])];
    await Promise.all(workers.map((worker) => worker.close()));
  }

  #take(): EngineWorker {
    return this.#idle.pop() ?? this.#start();
  }

  #start(): EngineWorker {
    const worker = new EngineWorker({ diagnose: false, timeoutSeconds: this.#timeoutSeconds });
    if (this.#setup !== undefined) worker.setUp(this.#setup);
    this.#all.push(worker);
    return worker;
  }

  /** One after another: a thread runs one stack at a time. */
  #diagnose(request: RunStack): ReturnType<EngineWorker["run"]> {
    if (this.#diagnosing === undefined) {
      this.#diagnosing = new EngineWorker({ diagnose: true, timeoutSeconds: this.#timeoutSeconds });
      if (this.#setup !== undefined) this.#diagnosing.setUp(this.#setup);
    }
    const worker = this.#diagnosing;
    const answer = this.#diagnosis.then(() => worker.run(request));
    this.#diagnosis = answer.catch(() => undefined);
    return answer;
  }
}
