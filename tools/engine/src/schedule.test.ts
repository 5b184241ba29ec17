import fc from "fast-check";

import { runInOrder, type Task } from "./schedule.ts";

/** Tasks whose needs point backwards only, so that there is no cycle. */
const graphs = fc
  .integer({ min: 0, max: 30 })
  .chain((count) =>
    fc.tuple(
      ...Array.from({ length: count }, (_, index) =>
        fc.subarray(Array.from({ length: index }, (_item, need) => `t${String(need)}`)),
      ),
    ),
  )
  .map((needs) => needs.map((list, index): Task => ({ name: `t${String(index)}`, needs: list })));

const pause = () => new Promise((resolve) => setImmediate(resolve));

test("every task runs once, after all that it needs, and never more than the width at a time", async () => {
  await fc.assert(
    fc.asyncProperty(graphs, fc.integer({ min: 1, max: 4 }), async (tasks, width) => {
      const done = new Set<string>();
      let running = 0;
      let most = 0;
      const needs = new Map(tasks.map((task) => [task.name, task.needs]));
      await runInOrder(tasks, width, async (name) => {
        expect(done.has(name)).toBe(false);
        expect((needs.get(name) ?? []).filter((need) => !done.has(need))).toEqual([]);
        running += 1;
        most = Math.max(most, running);
        await pause();
        running -= 1;
        done.add(name);
      });
      expect(done.size).toBe(tasks.length);
      expect(most).toBeLessThanOrEqual(width);
    }),
  );
});

test("a slow task delays only those that need it", async () => {
  const order: string[] = [];
  let release: (() => void) | undefined;
  const slow = new Promise<void>((resolve) => {
    release = resolve;
  });
  const tasks = [
    { name: "slow", needs: [] },
    { name: "fast", needs: [] },
    { name: "after-fast", needs: ["fast"] },
    { name: "after-slow", needs: ["slow"] },
  ];
  await runInOrder(tasks, 2, async (name) => {
    if (name === "slow") await slow;
    order.push(name);
    if (name === "after-fast") release?.();
  });
  expect(order).toEqual(["fast", "after-fast", "slow", "after-slow"]);
});

test("a need outside the list counts as done", async () => {
  const order: string[] = [];
  await runInOrder([{ name: "a", needs: ["elsewhere"] }], 1, (name) => {
    order.push(name);
    return Promise.resolve();
  });
  expect(order).toEqual(["a"]);
});

test("an abort ends the wait and starts nothing more", async () => {
  const controller = new AbortController();
  const started: string[] = [];
  const run = runInOrder(
    [
      { name: "a", needs: [] },
      { name: "b", needs: ["a"] },
    ],
    1,
    (name) => {
      started.push(name);
      controller.abort();
      return new Promise(() => undefined);
    },
    controller.signal,
  );
  await expect(run).rejects.toMatchObject({ name: "AbortError" });
  expect(started).toEqual(["a"]);
});
