/** One thing to do, and what must be done before. */
export interface Task {
  readonly name: string;
  /** Names of other tasks. */
  readonly needs: readonly string[];
}

/**
 * Runs every task as soon as what it needs is done, `width` at a time, in the given order among those that are ready.
 * There is no barrier: a slow task delays only those that need it. `run` is told nothing of failures: what a failed
 * need means is the caller's business. Rejects as soon as one `run` rejects or the signal aborts.
 */
export async function runInOrder(
  tasks: readonly Task[],
  width: number,
  run: (name: string) => Promise<void>,
  signal?: AbortSignal,
): Promise<void> {
  const order = new Map(tasks.map((task, index) => [task.name, index]));
  const waiting = new Map<string, number>();
  const dependents = new Map<string, string[]>();
  const ready: string[] = [];
  for (const { name, needs } of tasks) {
    const known = [...new Set(needs)].filter((need) => order.has(need));
    if (known.length === 0) ready.push(name);
    else waiting.set(name, known.length);
    for (const need of known) dependents.set(need, [...(dependents.get(need) ?? []), name]);
  }
  const release = (name: string) => {
    for (const dependent of dependents.get(name) ?? []) {
      const left = (waiting.get(dependent) ?? 1) - 1;
      waiting.set(dependent, left);
      if (left === 0) {
        ready.push(dependent);
        ready.sort((a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0));
      }
    }
  };
  let running = 0;
  await new Promise<void>((resolve, reject) => {
    const abort = () => {
      reject(
        signal?.reason instanceof Error ? signal.reason : new DOMException("Aborted", "AbortError"),
      );
    };
    if (signal?.aborted === true) {
      abort();
      return;
    }
    signal?.addEventListener("abort", abort, { once: true });
    const next = () => {
      while (running < width) {
        const name = ready.shift();
        if (name === undefined) break;
        running += 1;
        run(name).then(
          () => {
            running -= 1;
            release(name);
            next();
          },
          (error: unknown) => {
            reject(error instanceof Error ? error : new Error(String(error)));
          },
        );
      }
      if (running === 0 && ready.length === 0) {
        signal?.removeEventListener("abort", abort);
        resolve();
      }
    };
    next();
  });
}
