import type { StackOutcome } from "@atoll/deploy";

import { progressBlock, progressRow, RunProgressState } from "./run-progress.ts";

const ended = (stack: string, status: StackOutcome["status"]) =>
  ({
    type: "ended",
    stack,
    outcome: { stack, status, problems: [], blockedBy: [], milliseconds: 1_200 },
  }) as unknown as Parameters<RunProgressState["apply"]>[0];

test("a stack's line has its state, resources done of total, and the time", () => {
  const state = new RunProgressState([{ stack: "network", total: 50 }]);
  state.apply({ type: "started", stack: "network" }, 1_000);
  const row = state.apply({ type: "progress", stack: "network", done: 12, running: 3 }, 2_000);
  expect(row && progressRow(row, 3_500)).toBe("…  network  running  12/50 resources  2.50 s");
  const last = state.apply(ended("network", "ok"), 4_000);
  expect(last && progressRow(last, 9_000)).toBe("✔  network  ok  12/50 resources  1.20 s");
});

test("more done than expected is no fraction above one", () => {
  const state = new RunProgressState([{ stack: "a", total: 2 }]);
  const row = state.apply({ type: "progress", stack: "a", done: 3, running: 0 }, 0);
  expect(row && progressRow(row, 0)).toContain("3/3");
});

test("with six hundred accounts the block still fits the terminal", () => {
  const names = Array.from({ length: 600 }, (_, index) => `account-${String(index)}`);
  const state = new RunProgressState(names.map((stack) => ({ stack, total: null })));
  for (const stack of names) state.apply({ type: "started", stack }, 0);
  const lines = progressBlock(state.stacks, 1_000, { rows: 24, columns: 40 });
  expect(lines.length).toBeLessThanOrEqual(24);
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(40);
  expect(lines.at(-1)).toBe("0/600 stacks, 578 more running");
});

test("an event about a stack that is not shown changes nothing", () => {
  expect(new RunProgressState([]).apply({ type: "started", stack: "a" }, 0)).toBeUndefined();
});
