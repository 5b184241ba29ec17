import type { RunEvent, StackOutcome } from "@atoll/deploy";

import type { Io } from "../io.ts";
import type { ProgressStyle } from "../progress.ts";
import { secondsText } from "./preview.ts";

/** One stack of a run, as its progress is told. */
export interface StackProgress {
  readonly stack: string;
  readonly state: "waiting" | "running" | "retrying" | StackOutcome["status"];
  readonly done: number;
  /** Resources that the stack is expected to have; null when that is not known. */
  readonly total: number | null;
  /** When it started, in milliseconds of the same clock as `now`; null before. */
  readonly startedAt: number | null;
  readonly milliseconds: number | null;
  readonly note: string;
}

/** How a whole run stands. */
export class RunProgressState {
  readonly #stacks: Map<string, StackProgress>;

  /** @param totals stacks with the number of resources that each is expected to have */
  constructor(totals: readonly { readonly stack: string; readonly total: number | null }[]) {
    this.#stacks = new Map(
      totals.map(({ stack, total }) => [
        stack,
        {
          stack,
          state: "waiting",
          done: 0,
          total,
          startedAt: null,
          milliseconds: null,
          note: "",
        },
      ]),
    );
  }

  get stacks(): readonly StackProgress[] {
    return [...this.#stacks.values()];
  }

  /** The stack after an event, or undefined when the run does not have it. */
  apply(event: RunEvent, now: number): StackProgress | undefined {
    const before = this.#stacks.get(event.stack);
    if (before === undefined) return undefined;
    const after = { ...before, ...changeBy(event, now) };
    this.#stacks.set(event.stack, after);
    return after;
  }
}

function changeBy(event: RunEvent, now: number): Partial<StackProgress> {
  switch (event.type) {
    case "started":
      return { state: "running", startedAt: now };
    case "progress":
      return { state: "running", done: event.done, note: "" };
    case "retrying":
      return { state: "retrying", note: `${event.reason}, again in ${event.seconds.toFixed(0)} s` };
    case "ended":
      return {
        state: event.outcome.status,
        milliseconds: event.outcome.milliseconds,
        note: noteOf(event.outcome),
      };
    default:
      event satisfies never;
      return {};
  }
}

function noteOf({ blockedBy, problems }: StackOutcome): string {
  if (blockedBy.length > 0) return `waits for ${blockedBy.join(", ")}`;
  return problems[0]?.code ?? "";
}

const MARK: Readonly<Record<StackProgress["state"], string>> = {
  waiting: "·",
  running: "…",
  retrying: "↻",
  ok: "✔",
  unchanged: "✔",
  failed: "✖",
  blocked: "–",
  cancelled: "–",
};

/** A stack's line: mark, name, state, resources done of total, elapsed. */
export function progressRow(stack: StackProgress, now: number, width = 0): string {
  const { state, done, total, startedAt, milliseconds, note } = stack;
  const count = total === null ? String(done) : `${String(done)}/${String(Math.max(done, total))}`;
  const isGoing = state === "running" || state === "retrying";
  const elapsed = milliseconds ?? (isGoing && startedAt !== null ? now - startedAt : null);
  const parts = [
    MARK[state],
    stack.stack.padEnd(width),
    state,
    ...(isGoing || state === "ok" || state === "failed" ? [`${count} resources`] : []),
    ...(elapsed === null || elapsed === 0 ? [] : [secondsText(elapsed)]),
    ...(note === "" ? [] : [`(${note})`]),
  ];
  return parts.join("  ");
}

/**
 * The lines that are redrawn on a terminal: the running stacks, as many as fit, and how the whole run stands. What has
 * ended stands above already.
 */
export function progressBlock(
  stacks: readonly StackProgress[],
  now: number,
  size: { readonly rows: number; readonly columns: number },
): readonly string[] {
  const going = stacks.filter(({ state }) => state === "running" || state === "retrying");
  const ended = stacks.filter(
    ({ state }) => MARK[state] === "✔" || MARK[state] === "✖" || MARK[state] === "–",
  );
  const width = Math.max(0, ...going.map(({ stack }) => stack.length));
  const shown = going.slice(0, Math.max(1, size.rows - 2));
  const hidden = going.length - shown.length;
  return [
    ...shown.map((stack) => progressRow(stack, now, width)),
    `${String(ended.length)}/${String(stacks.length)} stacks${hidden > 0 ? `, ${String(hidden)} more running` : ""}`,
  ].map((line) => line.slice(0, Math.max(0, size.columns - 1)));
}

/** Tells on standard error how far a run is. */
export interface RunProgress {
  readonly onEvent: (event: RunEvent) => void;
  readonly stop: () => void;
}

const REDRAW_MILLISECONDS = 100;

/** Starts telling: a redrawn block on a terminal, a line for each beginning and end elsewhere, or nothing. */
export function startRunProgress(
  io: Io,
  style: ProgressStyle,
  totals: readonly { readonly stack: string; readonly total: number | null }[],
): RunProgress {
  const state = new RunProgressState(totals);
  if (style === "none") return { onEvent: () => undefined, stop: () => undefined };
  if (style === "lines") {
    return {
      onEvent: (event) => {
        const stack = state.apply(event, performance.now());
        if (stack !== undefined && event.type !== "progress") {
          io.err(`${progressRow(stack, performance.now())}\n`);
        }
      },
      stop: () => undefined,
    };
  }
  return redrawnBlock(io, state);
}

function redrawnBlock(io: Io, state: RunProgressState): RunProgress {
  let drawn = 0;
  let stopped = false;
  const erase = () => (drawn === 0 ? "" : `\u001b[${String(drawn)}F\u001b[0J`);
  const draw = (above = "") => {
    if (stopped) return;
    const size = { rows: process.stderr.rows || 24, columns: io.errorColumns() };
    const lines = progressBlock(state.stacks, performance.now(), size);
    io.err(
      `${erase()}${above}${lines.map((line) => `${io.errorPaint("faint", line)}\n`).join("")}`,
    );
    drawn = lines.length;
  };
  const timer = setInterval(draw, REDRAW_MILLISECONDS);
  timer.unref();
  return {
    onEvent: (event) => {
      const stack = state.apply(event, performance.now());
      if (event.type === "ended" && stack !== undefined) {
        draw(`${progressRow(stack, performance.now())}\n`);
      }
    },
    stop: () => {
      if (stopped) return;
      io.err(erase());
      stopped = true;
      clearInterval(timer);
    },
  };
}
