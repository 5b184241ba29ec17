import { AtollError } from "@atoll/core";

/**
 * The error for a file of the sandbox that is cut off or not what it should be.
 *
 * @returns AtollError `SANDBOX_FILE_DAMAGED` with the file, and the line and column where reading it stopped
 */
export function damaged(found: {
  readonly file: string;
  readonly text: string;
  readonly fix: string;
  readonly cause: unknown;
}): AtollError {
  const { file, text, fix, cause } = found;
  const { line, column } = whereOf(cause, text);
  const where = `line ${String(line)}, column ${String(column)}`;
  return new AtollError(
    "SANDBOX_FILE_DAMAGED",
    `${file} is damaged at ${where}: ${reasonOf(cause)}. Nothing was overwritten. ${fix}`,
    { cause },
  );
}

/** The JSON parser's words, without the piece of the file that it quotes: that may hold a secret. */
function reasonOf(cause: unknown): string {
  const message = cause instanceof Error ? cause.message : String(cause);
  return /^Unexpected end|^Unterminated/u.test(message) ? "it ends too early" : "it is not JSON";
}

function whereOf(cause: unknown, text: string): { readonly line: number; readonly column: number } {
  const message = cause instanceof Error ? cause.message : "";
  const position = /at position (\d+)/u.exec(message)?.[1];
  const before = text.slice(0, position === undefined ? text.length : Number(position));
  const lines = before.split("\n");
  return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
}
