import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Provenance } from "../provenance.ts";
import type { Comparison, ConditionalInput, ReplacementRow } from "./row.ts";

/** The committed table, as its file holds it. */
export interface ReplacementTable {
  readonly about: string;
  readonly date: string;
  readonly types: Readonly<Record<string, ReplacementRow>>;
}

/** A row that is ready to be looked things up in. */
export interface ReadyRow {
  readonly row: ReplacementRow;
  readonly provenance: Provenance;
  readonly when: ReadonlyMap<string, ConditionalInput>;
  readonly suppressed: ReadonlyMap<string, ConditionalInput>;
  readonly refuses: ReadonlyMap<string, ConditionalInput>;
  readonly kept: ReadonlySet<string>;
  readonly unordered: ReadonlySet<string>;
  readonly compare: ReadonlyMap<string, Comparison>;
  /** True where a change at this path, which has no positions, replaces. */
  replaces(path: string): boolean;
  /** True where a change at this path and at every path below it replaces. */
  replacesWhole(path: string): boolean;
  /** True where a change at a path below this one may replace. */
  replacesBelow(path: string): boolean;
  /** True where the text of the provider that was read does not have this path. */
  unread(path: string): boolean;
}

/** The provider puts `region` into the schema of every regional resource, with ForceNew. */
export const REGION_PROVENANCE: Provenance = {
  kind: "provider",
  source:
    "terraform-provider-aws internal/provider/sdkv2/region.go at 0073593e7d6993ba482409f4dc35438daaa79bb3",
  date: "2026-11-27",
};

let table: ReplacementTable | undefined;
const ready = new Map<string, ReadyRow | undefined>();

/** The committed table, read at its first use. */
export function replacementTable(): ReplacementTable {
  if (table === undefined) {
    const file = join(import.meta.dirname, "..", "..", "data", "replacement.json");
    table = JSON.parse(readFileSync(file, "utf8")) as ReplacementTable;
  }
  return table;
}

/** What was read of a type in the provider; undefined for a type that was not read. */
export function rowOf(type: string): ReadyRow | undefined {
  if (ready.has(type)) return ready.get(type);
  const { types, date } = replacementTable();
  const row = Object.hasOwn(types, type) ? types[type] : undefined;
  const made = row === undefined ? undefined : makeReady(row, date);
  ready.set(type, made);
  return made;
}

function makeReady(row: ReplacementRow, date: string): ReadyRow {
  const byPath = (inputs: readonly ConditionalInput[] = []) =>
    new Map(inputs.map((input) => [input.path, input]));
  const deep = row.replaces.filter((path) => path.endsWith(".**")).map((path) => path.slice(0, -3));
  const exact = new Set([...row.replaces.filter((path) => !path.endsWith(".**")), ...deep]);
  return {
    row,
    provenance: { kind: "provider", source: `terraform-provider-aws ${row.source}`, date },
    when: byPath(row.when),
    suppressed: byPath(row.suppressed),
    refuses: byPath(row.refuses),
    kept: new Set(row.kept),
    unordered: new Set(row.unordered),
    compare: new Map(Object.entries(row.compare ?? {})),
    replaces: (path) => exact.has(withoutPositions(path)) || isBelow(path, deep),
    replacesWhole: (path) => isBelow(path, deep),
    replacesBelow: (path) => [...exact].some((one) => one !== path && isBelow(one, [path])),
    unread: (path) => isBelow(path, row.unread ?? []),
  };
}

/** A path without the positions at its end: `aliases` of `aliases[]`. */
export function withoutPositions(path: string): string {
  return path.replace(/(?:\[\])+$/u, "");
}

/** True where the path is one of those, or below one of those. */
export function isBelow(path: string, parents: readonly string[]): boolean {
  return parents.some(
    (parent) => path === parent || path.startsWith(`${parent}.`) || path.startsWith(`${parent}[]`),
  );
}
