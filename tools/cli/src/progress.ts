import type { PreviewEvent } from "@atoll/engine";

import { reasonText, secondsText, STATUS_MARK } from "./render/preview.ts";
import { plural } from "./render/table.ts";
import { totalOf } from "./render/types.ts";
import type { Io } from "./io.ts";

/** Tells on standard error how far a preview is. */
export interface Progress {
  readonly onEvent: (event: PreviewEvent) => void;
  /** Takes the line away, if there is one. Safe to call twice. */
  readonly stop: () => void;
}

/** How far a preview is. */
export interface ProgressState {
  readonly total: number;
  readonly done: number;
  readonly running: readonly string[];
}

/** How a preview tells of its progress: one line redrawn, a line for each stack, or nothing. */
export type ProgressStyle = "redrawn" | "lines" | "none";

/** Between two drawings of the line. */
const REDRAW_MILLISECONDS = 100;

/** A redrawn line on a terminal; plain lines elsewhere, unless only data or only problems are wanted. */
export function progressStyle(choice: {
  readonly terminal: boolean;
  readonly quiet: boolean;
  readonly json: boolean;
}): ProgressStyle {
  if (choice.terminal) return choice.quiet ? "none" : "redrawn";
  return choice.quiet || choice.json ? "none" : "lines";
}

/** Starts telling. */
export function startProgress(io: Io, style: ProgressStyle): Progress {
  switch (style) {
    case "none":
      return { onEvent: () => undefined, stop: () => undefined };
    case "lines":
      return {
        onEvent: (event) => {
          io.err(eventLine(event));
        },
        stop: () => undefined,
      };
    case "redrawn":
      return redrawnLine(io);
    default: {
      const never: never = style;
      return never;
    }
  }
}

/** The state after an event. */
export function advance(state: ProgressState, event: PreviewEvent): ProgressState {
  switch (event.type) {
    case "planned":
      return { total: event.stacks.length, done: 0, running: [] };
    case "started":
      return { ...state, running: [...state.running, event.stack] };
    case "finished":
      return {
        ...state,
        done: state.done + 1,
        running: state.running.filter((stack) => stack !== event.summary.stack),
      };
    default: {
      const never: never = event;
      return never;
    }
  }
}

/** The line that is redrawn, cut to the terminal's width. */
export function progressLine(state: ProgressState, milliseconds: number, columns: number): string {
  const counted =
    state.total === 0
      ? "reading the organization"
      : `${String(state.done)}/${String(state.total)} stacks`;
  const running = state.running.length === 0 ? "" : `  ${state.running.join(", ")}`;
  const elapsed = `  ${secondsText(milliseconds)}`;
  const room = Math.max(0, columns - 1 - counted.length - elapsed.length);
  const cut = running.length <= room ? running : `${running.slice(0, Math.max(0, room - 1))}…`;
  return `${counted}${cut.trim() === "…" ? "" : cut}${elapsed}`.slice(0, Math.max(0, columns - 1));
}

/** An event as a line of its own; empty for one that says nothing new. */
export function eventLine(event: PreviewEvent): string {
  switch (event.type) {
    case "planned":
      return `previewing ${plural(event.stacks.length, "stack")}\n`;
    case "started":
      return "";
    case "finished": {
      const { stack, status, counts, cached } = event.summary;
      const reason = reasonText(event.summary);
      const size =
        status === "ok" || status === "failed" ? plural(totalOf(counts), "resource") : reason;
      const remarks = [size, ...(cached ? ["cached"] : [])].filter((text) => text !== "");
      return `${STATUS_MARK[status].mark} ${stack} ${status}${remarks.length === 0 ? "" : ` (${remarks.join(", ")})`}\n`;
    }
    default: {
      const never: never = event;
      return never;
    }
  }
}

function redrawnLine(io: Io): Progress {
  const started = performance.now();
  let state: ProgressState = { total: 0, done: 0, running: [] };
  let stopped = false;
  let drawnAt = 0;
  const draw = () => {
    if (stopped) return;
    drawnAt = performance.now();
    const line = progressLine(state, drawnAt - started, io.errorColumns());
    io.err(`\r\u001b[2K${io.errorPaint("faint", line)}`);
  };
  const timer = setInterval(draw, REDRAW_MILLISECONDS);
  timer.unref();
  return {
    onEvent: (event) => {
      state = advance(state, event);
      if (performance.now() - drawnAt >= REDRAW_MILLISECONDS) draw();
    },
    stop: () => {
      if (stopped) return;
      stopped = true;
      clearInterval(timer);
      if (drawnAt > 0) io.err("\r\u001b[2K");
    },
  };
}
