import { AtollError } from "@atoll/core";

/** One thing to do, by name, and what comes before it. */
export interface GraphTask {
  readonly name: string;
  /** Names of other tasks. */
  readonly after: readonly string[];
}

/**
 * Who may start next. A task is ready as soon as all that comes before it is done: there is no barrier. One whose
 * predecessor did not end well is blocked, and so is what comes after it; everything else goes on.
 */
export class RunGraph {
  readonly #tasks: readonly GraphTask[];
  readonly #state = new Map<string, "waiting" | "running" | "done" | "failed" | "blocked">();

  /** @throws AtollError `RUN_CYCLE` when a task waits for itself */
  constructor(tasks: readonly GraphTask[]) {
    const names = new Set(tasks.map(({ name }) => name));
    this.#tasks = tasks.map(({ name, after }) => ({
      name,
      after: [...new Set(after)].filter((other) => names.has(other)),
    }));
    for (const { name } of this.#tasks) this.#state.set(name, "waiting");
    refuseCycles(this.#tasks);
  }

  /** The next task that may start, in the given order; undefined when none may now. */
  next(): string | undefined {
    return this.#tasks.find(
      ({ name, after }) =>
        this.#state.get(name) === "waiting" &&
        after.every((other) => this.#state.get(other) === "done"),
    )?.name;
  }

  start(name: string): void {
    this.#state.set(name, "running");
  }

  /** Notes how a task ended, and returns those that can never start because of it. */
  end(name: string, well: boolean): readonly string[] {
    this.#state.set(name, well ? "done" : "failed");
    return well ? [] : this.#block(name);
  }

  /** The tasks that did not start and still could. */
  get waiting(): readonly string[] {
    return this.#tasks
      .map(({ name }) => name)
      .filter((name) => this.#state.get(name) === "waiting");
  }

  /** Those of a task's predecessors that did not end well. */
  blockedBy(name: string): readonly string[] {
    const task = this.#tasks.find((each) => each.name === name);
    return (task?.after ?? []).filter((other) => {
      const state = this.#state.get(other);
      return state === "failed" || state === "blocked";
    });
  }

  #block(name: string): readonly string[] {
    const blocked: string[] = [];
    const queue = [name];
    for (let cause = queue.pop(); cause !== undefined; cause = queue.pop()) {
      for (const task of this.#tasks) {
        if (!task.after.includes(cause) || this.#state.get(task.name) !== "waiting") continue;
        this.#state.set(task.name, "blocked");
        blocked.push(task.name);
        queue.push(task.name);
      }
    }
    return blocked;
  }
}

function refuseCycles(tasks: readonly GraphTask[]): void {
  const left = new Map(tasks.map(({ name, after }) => [name, new Set(after)]));
  for (;;) {
    const free = [...left].filter(([, after]) => [...after].every((other) => !left.has(other)));
    if (free.length === 0) break;
    for (const [name] of free) left.delete(name);
  }
  if (left.size === 0) return;
  throw new AtollError("RUN_CYCLE", `These wait for one another: ${[...left.keys()].join(", ")}.`);
}
