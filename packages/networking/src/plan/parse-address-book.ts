import { hasErrors, type JsonValue, type Problem, sortProblems } from "@atoll/core";

import type { AddressBook } from "./address-book.ts";
import { duplicateProblems, entryProblems } from "./address-entries.ts";
import {
  addressPath,
  lineOfJsonError,
  linesOfKeys,
  locateAddressProblems,
} from "./address-lines.ts";

/** The outcome of reading an address book. */
export interface ParsedAddressBook {
  /** Null when `problems` holds an error. */
  readonly book: AddressBook | null;
  readonly problems: readonly Problem[];
}

/**
 * Reads the text of an address book and finds everything that is wrong with it by itself.
 *
 * Problem codes: `ADDRESS_BOOK_NOT_JSON`, `ADDRESS_BOOK_SHAPE`, `ADDRESS_BOOK_VERSION`,
 * `ADDRESS_BOOK_UNKNOWN_ATTRIBUTE`, `ADDRESS_BOOK_BAD_KEY`, `ADDRESS_BOOK_BAD_CIDR`, `ADDRESS_BOOK_DUPLICATE_KEY`,
 * `ADDRESS_BOOK_OVERLAP`, `ADDRESS_BOOK_OUTSIDE_VPC`.
 *
 * @param text contents of the file
 * @param file its path relative to the workspace, for `source`; @default problems carry no source
 */
export function parseAddressBook(text: string, file?: string): ParsedAddressBook {
  const { value, problem } = parseJson(text, file);
  if (problem !== undefined) return { book: null, problems: [problem] };
  const shape = shapeProblems(value);
  if (hasErrors(shape)) return { book: null, problems: located(shape, text, file) };
  const book: AddressBook = {
    version: 1,
    allocations: (value as AddressBook).allocations,
  };
  const lines = linesOfKeys(text);
  const problems = [...duplicateProblems(lines), ...entryProblems(book, lines)];
  return { book: hasErrors(problems) ? null : book, problems: located(problems, text, file) };
}

function located(problems: readonly Problem[], text: string, file?: string): readonly Problem[] {
  const sorted = sortProblems(problems);
  return file === undefined ? sorted : locateAddressProblems(sorted, file, text);
}

function parseJson(text: string, file?: string): { value?: unknown; problem?: Problem } {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const line = lineOfJsonError(text, message);
    return {
      problem: {
        code: "ADDRESS_BOOK_NOT_JSON",
        severity: "error",
        path: "addresses",
        message: `The address book is not JSON: line ${line} is wrong.`,
        got: text.split("\n")[line - 1]?.trim() ?? "",
        expected: "JSON with one allocation a line",
        fix: "Correct that line, or take the file's last committed version. After a merge, keep the lines of both sides.",
        ...(file === undefined ? {} : { source: { file, line } }),
      },
    };
  }
}

function isRecord(value: unknown): value is Record<string, JsonValue> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function shapeProblems(value: unknown): readonly Problem[] {
  if (!isRecord(value)) {
    return [shapeProblem("addresses", "The address book is not an object.", value as JsonValue)];
  }
  const problems = Object.keys(value)
    .filter((key) => key !== "version" && key !== "allocations")
    .map((key) => unknownAttribute(key, value[key] ?? null));
  if (value["version"] !== 1) problems.push(versionProblem(value["version"] ?? null));
  const allocations = value["allocations"];
  if (!isRecord(allocations)) {
    const message = "The address book has no object `allocations`.";
    return [...problems, shapeProblem("addresses", message, allocations ?? null)];
  }
  for (const [key, cidr] of Object.entries(allocations)) {
    if (typeof cidr === "string") continue;
    problems.push(shapeProblem(addressPath(key), `The block of ${key} is not text.`, cidr));
  }
  return problems;
}

function shapeProblem(path: string, message: string, got: JsonValue): Problem {
  return {
    code: "ADDRESS_BOOK_SHAPE",
    severity: "error",
    path,
    message,
    got,
    expected: '{ "version": 1, "allocations": { "<account>/<region>": "10.0.0.0/16" } }',
    fix: "Take the file's last committed version; `atoll addresses allocate` writes the right form.",
  };
}

function unknownAttribute(key: string, got: JsonValue): Problem {
  return {
    code: "ADDRESS_BOOK_UNKNOWN_ATTRIBUTE",
    severity: "error",
    path: addressPath(key),
    message: `The address book has an unknown attribute, ${key}.`,
    got,
    expected: "version and allocations, nothing else",
    fix: `Remove ${key}.`,
  };
}

function versionProblem(got: JsonValue): Problem {
  return {
    code: "ADDRESS_BOOK_VERSION",
    severity: "error",
    path: addressPath("version"),
    message: "The address book has a version that this Atoll does not read.",
    got,
    expected: "1",
    fix: "Use the Atoll that wrote the book, or take the file's last committed version.",
  };
}
