import {
  type Cidr,
  cidrProblem,
  compareText,
  containsCidr,
  findOverlaps,
  parseCidr,
  type Problem,
} from "@atoll/core";

import type { AddressBook } from "./address-book.ts";
import { parseAddressKey } from "./address-key.ts";
import { addressPath } from "./address-lines.ts";

/** `ADDRESS_BOOK_DUPLICATE_KEY` for each key that stands on more than one line. */
export function duplicateProblems(
  lines: ReadonlyMap<string, readonly number[]>,
): readonly Problem[] {
  return [...lines]
    .filter(([, at]) => at.length > 1)
    .map(([key, at]) => ({
      code: "ADDRESS_BOOK_DUPLICATE_KEY",
      severity: "error",
      path: addressPath(key),
      message: `${key} stands in the address book ${at.length} times.`,
      got: `lines ${at.join(", ")}`,
      expected: "one line for each owner",
      fix: "Keep the line whose block is in use and remove the others.",
    }));
}

interface Entry {
  readonly key: string;
  readonly cidr: Cidr;
  /** Key of the VPC that a tier belongs to; null for a VPC. */
  readonly vpc: string | null;
}

/** What is wrong with the entries of a book: their keys, their blocks, and how the blocks lie to each other. */
export function entryProblems(
  book: AddressBook,
  lines: ReadonlyMap<string, readonly number[]>,
): readonly Problem[] {
  const problems: Problem[] = [];
  const entries: Entry[] = [];
  for (const key of Object.keys(book.allocations).sort(compareText)) {
    const text = book.allocations[key] ?? "";
    const parsed = parseAddressKey(key);
    const cidr = parseBlock(text);
    if (parsed === undefined) problems.push(badKey(key, text));
    if (cidr === undefined) problems.push(badCidr(key, text));
    if (parsed === undefined || cidr === undefined) continue;
    const vpc = parsed.zoneId === null ? null : `${parsed.account}/${parsed.region}`;
    entries.push({ key, cidr, vpc });
  }
  problems.push(...outsideProblems(entries, book));
  const at = (entry: Entry) => whereIs(entry, lines);
  problems.push(
    ...overlapProblems(
      entries.filter(({ vpc }) => vpc === null),
      at,
    ),
  );
  problems.push(
    ...overlapProblems(
      entries.filter(({ vpc }) => vpc !== null),
      at,
    ),
  );
  return problems;
}

function badKey(key: string, got: string): Problem {
  return {
    code: "ADDRESS_BOOK_BAD_KEY",
    severity: "error",
    path: addressPath(key),
    message: `${key} names neither a VPC nor a tier of one.`,
    got,
    expected: "<account>/<region> or <account>/<region>/<zoneId>/<tier>",
    fix: "Correct the key, or remove the line.",
  };
}

function parseBlock(text: string): Cidr | undefined {
  const cidr = parseCidr(text);
  return cidr?.family === 4 ? cidr : undefined;
}

function badCidr(key: string, got: string): Problem {
  const reason = cidrProblem(got, addressPath(key))?.expected;
  return {
    code: "ADDRESS_BOOK_BAD_CIDR",
    severity: "error",
    path: addressPath(key),
    message: `The block of ${key} is not an IPv4 CIDR block.`,
    got,
    expected: reason ?? "an IPv4 block, such as 10.0.0.0/16",
    fix: "Correct the block to the one that is in use, or remove the line.",
  };
}

function outsideProblems(entries: readonly Entry[], book: AddressBook): readonly Problem[] {
  return entries.flatMap((entry): readonly Problem[] => {
    if (entry.vpc === null) return [];
    const text = book.allocations[entry.vpc];
    if (text === undefined) {
      return [outsideProblem(entry, `${entry.vpc} is not in the book.`, `a line for ${entry.vpc}`)];
    }
    const outer = parseBlock(text);
    if (outer === undefined || containsCidr(outer, entry.cidr)) return [];
    const message = `The block lies outside of ${entry.vpc}.`;
    return [outsideProblem(entry, message, `a block inside ${text}`)];
  });
}

function outsideProblem(entry: Entry, message: string, expected: string): Problem {
  return {
    code: "ADDRESS_BOOK_OUTSIDE_VPC",
    severity: "error",
    path: addressPath(entry.key),
    message,
    got: entry.cidr.text,
    expected,
    fix: "Restore the line as it was; a block in use cannot move.",
  };
}

function overlapProblems(
  entries: readonly Entry[],
  at: (entry: Entry) => string,
): readonly Problem[] {
  return findOverlaps(entries.map(({ cidr }) => cidr)).flatMap(({ outer, inner }) => {
    const [a, b] = [entries[outer], entries[inner]];
    return a === undefined || b === undefined ? [] : [overlapProblem(b, a, at)];
  });
}

function overlapProblem(entry: Entry, other: Entry, at: (entry: Entry) => string): Problem {
  return {
    code: "ADDRESS_BOOK_OVERLAP",
    severity: "error",
    path: addressPath(entry.key),
    message: `${at(entry)} and ${at(other)} own the same addresses.`,
    got: `${entry.cidr.text} and ${other.cidr.text}`,
    expected: "blocks that share no address",
    fix: "Keep the line whose block is in use, remove the other, and run `atoll addresses allocate`.",
  };
}

function whereIs(entry: Entry, lines: ReadonlyMap<string, readonly number[]>): string {
  const line = lines.get(entry.key)?.[0];
  return line === undefined ? entry.key : `${entry.key} (line ${line})`;
}
