import { jsonInputs } from "../check/check-json.ts";
import { autoName } from "../plan/auto-name.ts";
import { seedOf } from "../plan/seed.ts";
import { ASSUMED } from "../plan/type-rule.ts";
import type { Provenance } from "../provenance.ts";
import type { ResourceTable } from "../tables/format.ts";
import { isPlainList, isPlainRecord, UNKNOWN } from "../values.ts";
import type { PlainRecord, PlainValue } from "../values.ts";
import { holds } from "./change-test.ts";
import type { BeforeAndAfter } from "./change-test.ts";
import { compareInputs } from "./compare-inputs.ts";
import type { CompareRules, Difference } from "./compare-inputs.ts";
import { headOf } from "./replacement.ts";
import { REGION_PROVENANCE, rowOf, withoutPositions } from "./row-table.ts";
import type { ReadyRow } from "./row-table.ts";
import type { ChangeKind } from "./row.ts";
import { specAnswers } from "./spec-table.ts";

/** One input that changes. */
export interface InputChange {
  /** As in `routes[0].gatewayId`. */
  readonly path: string;
  readonly kind: ChangeKind;
  /** The resource is replaced because of it. */
  readonly replaces: boolean;
  /** The condition that is met where the provider answers the change with an error. */
  readonly refused?: string;
  /** Who says whether it replaces. */
  readonly provenance: Provenance;
}

/** What the provider would do with a resource whose inputs change. */
export interface ResourceDiff {
  /** Sorted by path; empty where nothing is to be done. */
  readonly changes: readonly InputChange[];
  /** The paths of the changes that replace. */
  readonly replaces: readonly string[];
  /** True where all of it was read in the provider's source. */
  readonly verified: boolean;
}

/** What a diff depends on beside the inputs. */
export interface DiffOptions {
  /**
   * The region that the provider is configured with: to give it, or to stop giving it, changes
   * nothing.
   *
   * @default not known, so that an input `region` that comes or goes replaces
   */
  readonly providerRegion?: string;
}

interface TypeRules extends CompareRules {
  readonly row: ReadyRow | undefined;
}

const prepared = new WeakMap<ResourceTable, TypeRules>();

/** What changes between two sets of inputs of a resource. The table is absent for unknown types. */
export function diffInputs(
  type: string,
  before: PlainRecord,
  after: PlainRecord,
  table: ResourceTable | undefined,
  options: DiffOptions,
): ResourceDiff {
  const rules = table === undefined ? rulesFor(type, undefined) : preparedRules(type, table);
  const inputs = { before, after, defaults: rules.defaults };
  const changes: InputChange[] = [];
  for (const difference of compareInputs(before, after, rules)) {
    const change = judge(type, difference, inputs, rules.row, options);
    if (change !== undefined) changes.push(change);
  }
  return {
    changes,
    replaces: changes.filter((change) => change.replaces).map((change) => change.path),
    verified:
      rules.row !== undefined && changes.every(({ provenance }) => provenance.kind === "provider"),
  };
}

function preparedRules(type: string, table: ResourceTable): TypeRules {
  const known = prepared.get(table);
  if (known !== undefined) return known;
  const made = rulesFor(type, table);
  prepared.set(table, made);
  return made;
}

function rulesFor(type: string, table: ResourceTable | undefined): TypeRules {
  const row = rowOf(type);
  const json = table === undefined || row !== undefined ? [] : jsonInputs(type, table.inputs);
  const kept = new Set(row?.kept);
  // A name that is no longer given is made up anew, so it does not stay as it is.
  const named = table === undefined ? {} : autoName(type, table, {}, "", seedOf(type));
  for (const name of Object.keys(named)) {
    kept.delete(name);
    kept.delete(`${name}Prefix`);
  }
  return {
    row,
    kept,
    unordered: row?.unordered ?? new Set(),
    compare: row?.compare ?? new Map(json.map((name) => [name, "policy"])),
    defaults: { ...table?.defaults, ...row?.row.defaults },
  };
}

/** What a difference means; undefined where the provider takes it for none. */
function judge(
  type: string,
  difference: Difference,
  inputs: BeforeAndAfter,
  row: ReadyRow | undefined,
  { providerRegion }: DiffOptions,
): InputChange | undefined {
  const { path, pattern, kind, before, after } = difference;
  if (pattern === "region") {
    if (providerRegion !== undefined && (before ?? providerRegion) === (after ?? providerRegion)) {
      return undefined;
    }
    return { path, kind, replaces: true, provenance: REGION_PROVENANCE };
  }
  if (row !== undefined && !row.unread(pattern)) {
    const suppressed = row.suppressed.get(withoutPositions(pattern));
    if (suppressed?.test !== undefined && holds(suppressed.test, pattern, inputs, false)) {
      return undefined;
    }
    const replaces = replacesByRow(difference, inputs, row);
    const refusal = row.refuses.get(headOf(pattern));
    const refused =
      refusal?.test !== undefined && holds(refusal.test, headOf(pattern), inputs, false)
        ? refusal.if
        : undefined;
    const base = { path, kind, replaces, provenance: row.provenance };
    return refused === undefined ? base : { ...base, refused };
  }
  const answer = specAnswers(type).get(headOf(pattern));
  return {
    path,
    kind,
    replaces: answer?.replaces === "yes" || answer?.replaces === "maybe",
    provenance: answer?.provenance ?? ASSUMED,
  };
}

function replacesByRow(
  { pattern, before, after }: Difference,
  inputs: BeforeAndAfter,
  row: ReadyRow,
): boolean {
  if (replacesInside(before, pattern, row) || replacesInside(after, pattern, row)) return true;
  if (after === UNKNOWN && row.replacesBelow(pattern)) return true;
  const name = headOf(pattern);
  const condition = row.when.get(name);
  if (condition === undefined) return false;
  return condition.test === undefined || holds(condition.test, name, inputs, true);
}

/** True where the value, or something in it, replaces when it comes, goes or changes. */
function replacesInside(value: PlainValue | undefined, pattern: string, row: ReadyRow): boolean {
  if (row.replaces(pattern)) return true;
  if (isPlainList(value)) {
    return value.some((item) => replacesInside(item, `${pattern}[]`, row));
  }
  return (
    isPlainRecord(value) &&
    Object.entries(value).some(([name, item]) => replacesInside(item, `${pattern}.${name}`, row))
  );
}
