import { styleText } from "node:util";

/** What a piece of text is, so that a renderer need not know colours. */
export type Style =
  "heading" | "name" | "good" | "error" | "warning" | "faint" | "added" | "removed" | "changed";

/** Gives text the look of a style. */
export type Paint = (style: Style, text: string) => string;

const FORMATS: Readonly<Record<Style, Parameters<typeof styleText>[0]>> = {
  heading: "bold",
  name: "bold",
  good: "green",
  error: "red",
  warning: "yellow",
  faint: "dim",
  added: "green",
  removed: "red",
  changed: "yellow",
};

/** No colours. */
export const plainPaint: Paint = (_style, text) => text;

/** Colours as escape sequences, whatever the stream is. */
export const colorPaint: Paint = (style, text) =>
  text === "" ? "" : styleText(FORMATS[style], text, { validateStream: false });

/**
 * Whether to use colours: `--no-color` comes first, then `FORCE_COLOR`, then `NO_COLOR`, then whether the stream is a
 * terminal.
 */
export function wantsColor(choice: {
  readonly allowed: boolean;
  readonly terminal: boolean;
  readonly env: Readonly<Record<string, string | undefined>>;
}): boolean {
  const { FORCE_COLOR: force, NO_COLOR: no, TERM: term } = choice.env;
  if (!choice.allowed) return false;
  if (force !== undefined) return force !== "0" && force !== "false";
  if (no !== undefined && no !== "") return false;
  return choice.terminal && term !== "dumb";
}
