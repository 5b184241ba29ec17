import { setTimeout as sleep } from "node:timers/promises";

import { isThrottled } from "./engine-problems.ts";
import { EngineRun, type EngineResult } from "./engine-run.ts";
import { problemsOf } from "./run-problems.ts";
import { HostPool } from "./host-pool.ts";
import { mergeOperations } from "./merge-operations.ts";
import { Room } from "./room.ts";
import { RunGraph } from "./run-graph.ts";
import type { Adoption, RunRequest, RunTask, StackOutcome } from "./run-options.ts";
import { runsProgram } from "./stack-arguments.ts";

/** Between two looks at the memory, while stacks wait for room. */
const LOOK_MILLISECONDS = 250;
const THROTTLED_TRIES = 6;

/**
 * Does one thing to many stacks, each in an engine process of its own: in order, as soon as what comes before is done,
 * and as many at once as the bounds allow. Never rejects: what goes wrong is in the outcomes, which come in the order of
 * the tasks.
 */
export async function runStacks(request: RunRequest): Promise<readonly StackOutcome[]> {
  return new StacksRun(request).run();
}

class StacksRun {
  readonly #request: RunRequest;
  readonly #graph: RunGraph;
  readonly #hosts: HostPool;
  readonly #running = new Map<string, EngineRun>();
  readonly #outcomes = new Map<string, StackOutcome>();
  readonly #tasks: ReadonlyMap<string, RunTask>;
  readonly #room: Room;
  #wake: () => void = () => undefined;

  constructor(request: RunRequest) {
    const { limits, root, deployment, pulumi, command, tasks } = request;
    this.#request = request;
    this.#tasks = new Map(request.tasks.map((task) => [task.stack, task]));
    this.#graph = new RunGraph(request.tasks.map(({ stack, after }) => ({ name: stack, after })));
    const hosts = runsProgram(command) ? Math.min(limits.hosts, tasks.length) : 0;
    this.#room = new Room({ ...limits, hosts });
    this.#hosts = new HostPool(hosts, {
      root,
      organization: deployment.organization,
      env: pulumi.env,
      silenceSeconds: limits.programTimeoutSeconds,
      memoryMiB: limits.programMemoryMiB,
    });
  }

  async run(): Promise<readonly StackOutcome[]> {
    const { signal, command } = this.#request;
    const wake = () => {
      this.#wake();
    };
    signal.addEventListener("abort", wake);
    const looking = setInterval(wake, LOOK_MILLISECONDS);
    if (runsProgram(command)) this.#hosts.warm(1);
    try {
      for (;;) {
        while (!signal.aborted && this.#startNext());
        if (this.#running.size === 0) break;
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
      }
    } finally {
      clearInterval(looking);
      signal.removeEventListener("abort", wake);
      this.#hosts.close();
    }
    for (const stack of this.#graph.waiting) this.#end(cancelled(stack));
    return this.#request.tasks.flatMap(({ stack }) => this.#outcomes.get(stack) ?? []);
  }

  /** True when one more was started. */
  #startNext(): boolean {
    const name = this.#graph.next();
    const task = name === undefined ? undefined : this.#tasks.get(name);
    if (task === undefined) return false;
    const running = [...this.#running.values()];
    if (!this.#room.hasRoom(running, this.#hosts.pids)) return false;
    this.#graph.start(task.stack);
    const run = new EngineRun(this.#request, task, this.#hosts);
    this.#running.set(task.stack, run);
    void this.#runTask(task, run).then(async (ended) => {
      const outcome = await this.#settle(ended);
      this.#running.delete(task.stack);
      this.#end(outcome);
      const isWell = outcome.status === "ok" || outcome.status === "unchanged";
      for (const stack of this.#graph.end(task.stack, isWell)) {
        this.#end(blocked(stack, this.#graph.blockedBy(stack)));
      }
      this.#wake();
    });
    return true;
  }

  async #runTask(task: RunTask, first: EngineRun): Promise<StackOutcome> {
    const started = performance.now();
    const decision = await this.#decide(task.stack);
    if (decision !== null) return decision;
    this.#request.onEvent({ type: "started", stack: task.stack });
    let result = await this.#untilNotThrottled(task, first, task.adoption);
    let operations = result.log.operations;
    if (task.adoption !== null && this.#request.command === "up" && isWell(result)) {
      const second = new EngineRun(this.#request, task, this.#hosts);
      result = await this.#untilNotThrottled(task, second, null);
      operations = mergeOperations(operations, result.log.operations);
    }
    return {
      stack: task.stack,
      status: result.cancelled ? "cancelled" : result.problems.length > 0 ? "failed" : "ok",
      problems: result.problems,
      operations,
      errors: result.log.errors,
      steps: result.log.steps,
      reason: "",
      blockedBy: [],
      milliseconds: Math.round(performance.now() - started),
    };
  }

  async #settle(outcome: StackOutcome): Promise<StackOutcome> {
    try {
      await this.#request.settle?.(outcome);
      return outcome;
    } catch (error) {
      const problems = [...outcome.problems, ...problemsOf(outcome.stack, error)];
      return { ...outcome, status: "failed", problems };
    }
  }

  /** The outcome of a stack with which there is nothing to do, or which cannot be decided about; null for the others. */
  async #decide(stack: string): Promise<StackOutcome | null> {
    const { decide } = this.#request;
    if (decide === undefined) return null;
    try {
      const { run, reason } = await decide(stack);
      return run ? null : { stack, status: "unchanged", blockedBy: [], ...NOTHING_DONE, reason };
    } catch (error) {
      const problems = problemsOf(stack, error);
      return { stack, status: "failed", blockedBy: [], ...NOTHING_DONE, problems };
    }
  }

  /** Tries again, after longer and longer waits, while throttling is all that is wrong. */
  async #untilNotThrottled(
    task: RunTask,
    first: EngineRun,
    adoption: Adoption | null,
  ): Promise<EngineResult> {
    const { signal, onEvent } = this.#request;
    let run = first;
    for (let attempt = 1; ; attempt += 1) {
      this.#running.set(task.stack, run);
      const result = await run.run(adoption);
      if (result.cancelled || attempt === THROTTLED_TRIES || !isThrottled(result.problems)) {
        return result;
      }
      // Not at the same moment as the other accounts that were throttled along with this one.
      const seconds = 2 ** (attempt - 1) * (0.75 + Math.random() / 2);
      onEvent({ type: "retrying", stack: task.stack, seconds, reason: "AWS throttles the calls" });
      await sleep(seconds * 1_000, undefined, { signal }).catch(() => undefined);
      if (signal.aborted) return { ...result, cancelled: true };
      run = new EngineRun(this.#request, task, this.#hosts);
    }
  }

  #end(outcome: StackOutcome): void {
    this.#outcomes.set(outcome.stack, outcome);
    this.#request.onEvent({ type: "ended", stack: outcome.stack, outcome });
  }
}

function isWell(result: EngineResult): boolean {
  return !result.cancelled && result.problems.length === 0;
}

const NOTHING_DONE = {
  problems: [],
  operations: [],
  errors: [],
  steps: new Map(),
  reason: "",
  milliseconds: 0,
} as const;

function cancelled(stack: string): StackOutcome {
  return { stack, status: "cancelled", blockedBy: [], ...NOTHING_DONE };
}

function blocked(stack: string, blockedBy: readonly string[]): StackOutcome {
  return { stack, status: "blocked", blockedBy, ...NOTHING_DONE };
}
