import fc from "fast-check";

import { mayStart, type Load } from "./admission.ts";

const load = (changes: Partial<Load>): Load => ({
  width: 8,
  budgetMiB: 1_536,
  usedMiB: 300,
  runningMiB: [],
  stackMiB: 200,
  ...changes,
});

test("one may always run, however small the budget", () => {
  expect(mayStart(load({ budgetMiB: 1 }))).toBe(true);
});

test("what the running ones have yet to grow is kept for them", () => {
  expect(mayStart(load({ usedMiB: 1_000, runningMiB: [200, 200] }))).toBe(true);
  expect(mayStart(load({ usedMiB: 1_000, runningMiB: [10, 10] }))).toBe(false);
});

test("no more at once than there are places", () => {
  expect(mayStart(load({ width: 2, runningMiB: [200, 200] }))).toBe(false);
});

test("stacks that grow as they were seen to grow never take more than the budget", () => {
  const sizes = fc.array(fc.integer({ min: 50, max: 400 }), { minLength: 1, maxLength: 30 });
  fc.assert(
    fc.property(sizes, fc.integer({ min: 500, max: 3_000 }), (peaks, budgetMiB) => {
      const stackMiB = Math.max(...peaks);
      const base = 300;
      const running: number[] = [];
      for (const peak of peaks) {
        const usedMiB = base + running.reduce((sum, now) => sum + now, 0);
        if (!mayStart({ width: 99, budgetMiB, usedMiB, runningMiB: running, stackMiB })) continue;
        running.push(0);
        // Any of them may be at its peak from now on.
        running[running.length - 1] = peak;
      }
      const total = base + running.reduce((sum, now) => sum + now, 0);
      if (running.length > 1) expect(total).toBeLessThanOrEqual(budgetMiB);
    }),
  );
});
