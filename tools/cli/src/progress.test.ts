import type { PreviewEvent } from "@atoll/engine";

import type { Io } from "./io.ts";
import { advance, eventLine, progressLine, progressStyle, startProgress } from "./progress.ts";
import { plainPaint } from "./render/paint.ts";
import { resource, stackPreview, summaryOf } from "./testing/previews.ts";

const planned: PreviewEvent = { type: "planned", stacks: ["a", "b"] };
const started: PreviewEvent = { type: "started", stack: "a" };
const preview = stackPreview("a", { resources: [resource("a", "aws:s3/bucket:Bucket", "x")] });
const finished: PreviewEvent = { type: "finished", stack: "a", summary: summaryOf(preview) };

test("the state counts what is done and names what runs", () => {
  const empty = { total: 0, done: 0, running: [] };
  const running = advance(advance(empty, planned), started);
  expect(running).toEqual({ total: 2, done: 0, running: ["a"] });
  expect(advance(running, finished)).toEqual({ total: 2, done: 1, running: [] });
});

test("the line fits the terminal, however many stacks run", () => {
  const running = Array.from({ length: 50 }, (_, index) => `workloads-${String(index)}`);
  for (const columns of [10, 20, 40, 80]) {
    const line = progressLine({ total: 50, done: 3, running }, 1500, columns);
    expect(line.length).toBeLessThan(columns);
  }
  expect(progressLine({ total: 50, done: 3, running: ["a", "b"] }, 1500, 80)).toBe(
    "3/50 stacks  a, b  1.50 s",
  );
});

test("without a terminal each stack has a line when it is done", () => {
  expect([planned, started, finished].map(eventLine)).toEqual([
    "previewing 2 stacks\n",
    "",
    "✔ a ok (1 resource)\n",
  ]);
  const blocked = stackPreview("b", { status: "blocked", blockedBy: ["a"] });
  expect(eventLine({ type: "finished", stack: "b", summary: summaryOf(blocked) })).toBe(
    "⊘ b blocked (waits for a)\n",
  );
});

test.each([
  [{ terminal: true, quiet: false, json: false }, "redrawn"],
  [{ terminal: true, quiet: false, json: true }, "redrawn"],
  [{ terminal: true, quiet: true, json: false }, "none"],
  [{ terminal: false, quiet: false, json: false }, "lines"],
  [{ terminal: false, quiet: false, json: true }, "none"],
  [{ terminal: false, quiet: true, json: false }, "none"],
] as const)("style for %j", (choice, style) => {
  expect(progressStyle(choice)).toBe(style);
});

test("the redrawn line is taken away at the end, and nothing is drawn after that", () => {
  let written = "";
  const io: Io = {
    out: () => undefined,
    err: (text) => {
      written += text;
    },
    paint: plainPaint,
    errorPaint: plainPaint,
    errorIsTerminal: true,
    errorColumns: () => 80,
    closed: () => false,
  };
  const progress = startProgress(io, "redrawn");
  progress.onEvent(planned);
  progress.stop();
  expect(written.endsWith("\r\u001b[2K")).toBe(true);
  const before = written;
  progress.onEvent(finished);
  progress.stop();
  expect(written).toBe(before);
});
