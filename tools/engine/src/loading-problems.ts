import { fileURLToPath } from "node:url";

import { AtollError, type Problem, type SourceLocation } from "@atoll/core";

import { locateError } from "./source-location.ts";
import { workspacePath } from "./workspace-root.ts";

/**
 * Says why a TypeScript file could not be loaded, with file and line: it does not parse, it imports what is not there,
 * or its own code threw.
 */
export function problemsOfLoading(thrown: unknown, file: string, root: string): Problem {
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  const syntax = error instanceof SyntaxError;
  const source = (syntax ? locateSyntaxError(error, root) : locateError(error, root)) ?? undefined;
  if (error instanceof AtollError) {
    return {
      code: error.code,
      severity: "error",
      path: workspacePath(file, root),
      message: `The file cannot be used: ${error.message.replace(/\.$/u, "")}.`,
      got: null,
      expected: "a default export of the right kind",
      fix: "Correct the file's default export.",
      source: { file: workspacePath(file, root), line: 1 },
    };
  }
  return {
    code: syntax ? "FILE_DOES_NOT_PARSE" : "FILE_DOES_NOT_LOAD",
    severity: "error",
    path: workspacePath(file, root),
    message: error.message.split("\n")[0] ?? error.message,
    got: error.name,
    expected: "a TypeScript file that Node can run as it is (erasable syntax only)",
    fix: syntax
      ? "Mend the syntax at that line."
      : "Mend what the message names; imports need their .ts ending.",
    ...(source === undefined ? {} : { source }),
  };
}

/** Node puts `<file>:<line>` on the first line of a syntax error's stack. */
function locateSyntaxError(error: SyntaxError, root: string): SourceLocation | undefined {
  const match = /^((?:file:\/\/)?\/\S+?):(\d+)(?::\d+)?$/mu.exec(error.stack ?? "");
  if (match?.[1] === undefined) return undefined;
  const full = match[1].startsWith("file:") ? fileURLToPath(match[1]) : match[1];
  return { file: workspacePath(full, root), line: Number(match[2]) };
}
