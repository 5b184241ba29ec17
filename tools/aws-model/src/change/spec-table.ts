import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Provenance } from "../provenance.ts";
import type { ReplacementAnswer } from "./replacement.ts";

/** What AWS's specification says of one type's inputs: names, with spaces between them. */
export interface SpecRow {
  /** The type in the specification. */
  readonly type: string;
  /** A change replaces. */
  readonly yes?: string;
  /** A change replaces on a condition that the specification does not state. */
  readonly maybe?: string;
  /** A change is made in place. */
  readonly no?: string;
}

interface SpecTable {
  readonly date: string;
  readonly source: string;
  readonly types: Readonly<Record<string, SpecRow>>;
}

let table: SpecTable | undefined;
const ready = new Map<string, ReadonlyMap<string, ReplacementAnswer>>();

/** What the specification says of each input of a type; empty for a type that it does not know. */
export function specAnswers(type: string): ReadonlyMap<string, ReplacementAnswer> {
  const known = ready.get(type);
  if (known !== undefined) return known;
  table ??= readTable();
  const row = Object.hasOwn(table.types, type) ? table.types[type] : undefined;
  const answers = new Map<string, ReplacementAnswer>();
  if (row !== undefined) {
    const provenance: Provenance = {
      kind: "spec",
      source: `${table.source} ${row.type}`,
      date: table.date,
    };
    for (const replaces of ["yes", "maybe", "no"] as const) {
      for (const name of (row[replaces] ?? "").split(" ")) {
        answers.set(name, { replaces, verified: false, provenance });
      }
    }
    answers.delete("");
  }
  ready.set(type, answers);
  return answers;
}

function readTable(): SpecTable {
  const file = join(import.meta.dirname, "..", "..", "data", "spec-replacement.json");
  return JSON.parse(readFileSync(file, "utf8")) as SpecTable;
}
