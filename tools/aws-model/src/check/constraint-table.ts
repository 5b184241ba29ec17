import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Constraint, ConstraintTable } from "./constraint.ts";

/** A constraint that is ready to be applied. */
export interface ReadyConstraint {
  readonly row: Constraint;
  readonly allowed: ReadonlySet<string> | undefined;
  readonly pattern: RegExp | undefined;
  readonly also: ReadonlySet<string>;
}

let table: ConstraintTable | undefined;
const ready = new Map<string, ReadonlyMap<string, ReadyConstraint>>();

/** The committed table, read at its first use. */
export function constraintTable(): ConstraintTable {
  if (table === undefined) {
    const file = join(import.meta.dirname, "..", "..", "data", "constraints.json");
    table = JSON.parse(readFileSync(file, "utf8")) as ConstraintTable;
  }
  return table;
}

/** The constraints of a type by path without positions; undefined where it has none. */
export function constraintsOf(type: string): ReadonlyMap<string, ReadyConstraint> | undefined {
  const known = ready.get(type);
  if (known !== undefined) return known;
  const { types } = constraintTable();
  const rows = Object.hasOwn(types, type) ? types[type] : undefined;
  if (rows === undefined) return undefined;
  const made = new Map(rows.map((row) => [row.path, makeReady(row)]));
  ready.set(type, made);
  return made;
}

function makeReady(row: Constraint): ReadyConstraint {
  return {
    row,
    allowed: row.values === undefined ? undefined : new Set(row.values.map(String)),
    pattern: row.pattern === undefined ? undefined : patternOf(row.pattern),
    also: new Set((row.also ?? []).map(String)),
  };
}

/** Some of AWS's patterns escape what needs no escape, which only the older syntax lets pass. */
function patternOf(source: string): RegExp {
  try {
    return new RegExp(source, "u");
  } catch {
    return new RegExp(source);
  }
}
