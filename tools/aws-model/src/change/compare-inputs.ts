import { compareText } from "@atoll/core";
import { propertyPath } from "../check/finding.ts";
import { AssetValue, isPlainList, isPlainRecord, UNKNOWN } from "../values.ts";
import type { PlainRecord, PlainValue } from "../values.ts";
import { isEmpty } from "./change-test.ts";
import { elementKey } from "./element-key.ts";
import type { ChangeKind, Comparison } from "./row.ts";
import { textMeaning } from "./text-meaning.ts";

/** When two values of one type's inputs are the same; paths are without positions. */
export interface CompareRules {
  readonly kept: ReadonlySet<string>;
  readonly unordered: ReadonlySet<string>;
  readonly compare: ReadonlyMap<string, Comparison>;
  /** What an input that is left out stands for. */
  readonly defaults: Readonly<Record<string, PlainValue>>;
}

/** One place where two records differ. */
export interface Difference {
  /** As in `routes[0].gatewayId`. */
  readonly path: string;
  /** Without positions, as in `routes[].gatewayId`. */
  readonly pattern: string;
  readonly kind: ChangeKind;
  readonly before: PlainValue | undefined;
  readonly after: PlainValue | undefined;
}

interface Place {
  readonly path: string;
  readonly pattern: string;
}

/** Where two records of inputs differ, sorted by path. A value that is not known yet differs. */
export function compareInputs(
  before: PlainRecord,
  after: PlainRecord,
  rules: CompareRules,
): readonly Difference[] {
  const found: Difference[] = [];
  compareRecords(before, after, { path: "", pattern: "" }, rules, found);
  return found.sort((a, b) => compareText(a.path, b.path));
}

function compareRecords(
  before: PlainRecord,
  after: PlainRecord,
  at: Place,
  rules: CompareRules,
  found: Difference[],
): void {
  for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const place = {
      path: propertyPath(at.path, name),
      pattern: at.pattern === "" ? name : `${at.pattern}.${name}`,
    };
    compareValues(own(before, name), own(after, name), place, rules, found);
  }
}

/** What the record itself has: a tag may be called `constructor`. */
function own(record: PlainRecord, name: string): PlainValue | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}

function compareValues(
  before: PlainValue | undefined,
  after: PlainValue | undefined,
  at: Place,
  rules: CompareRules,
  found: Difference[],
): void {
  const kept = rules.kept.has(at.pattern);
  // An empty list takes away what the provider would keep, so there it is not the same as none.
  const absent = (value: PlainValue | undefined) =>
    kept ? value === undefined || value === null : isEmpty(value);
  const add = (kind: ChangeKind) => found.push({ ...at, kind, before, after });

  if (after === UNKNOWN) add(absent(before) ? "add" : "update");
  else if (absent(after)) {
    if (!absent(before) && !kept && !isDefault(before, at, rules)) add("delete");
  } else if (absent(before)) {
    if (!isDefault(after, at, rules)) add("add");
  } else if (isPlainList(before) && isPlainList(after)) {
    if (rules.unordered.has(at.pattern)) compareSets(before, after, at, rules, found);
    else compareLists(before, after, at, rules, found);
  } else if (isPlainRecord(before) && isPlainRecord(after)) {
    compareRecords(before, after, at, rules, found);
  } else if (!isSame(before, after, at, rules)) add("update");
}

function isDefault(value: PlainValue | undefined, at: Place, rules: CompareRules): boolean {
  const documented = Object.hasOwn(rules.defaults, at.pattern)
    ? rules.defaults[at.pattern]
    : undefined;
  return documented !== undefined && isSame(value, documented, at, rules);
}

/** The provider turns `"80"` into 80 and `"true"` into true, so they are the same. */
function isSame(
  before: PlainValue | undefined,
  after: PlainValue | undefined,
  at: Place,
  rules: CompareRules,
): boolean {
  if (before === after) return true;
  if (before instanceof AssetValue || after instanceof AssetValue) {
    return (
      before instanceof AssetValue && after instanceof AssetValue && before.sha256 === after.sha256
    );
  }
  if (!isScalar(before) || !isScalar(after)) return false;
  const [one, other] = [String(before), String(after)];
  const comparison = rules.compare.get(at.pattern);
  if (one === other || comparison === undefined) return one === other;
  return textMeaning(one, comparison) === textMeaning(other, comparison);
}

function isScalar(value: PlainValue | undefined): value is string | number | boolean {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean";
}

function compareLists(
  before: readonly PlainValue[],
  after: readonly PlainValue[],
  at: Place,
  rules: CompareRules,
  found: Difference[],
): void {
  for (let index = 0; index < Math.max(before.length, after.length); index += 1) {
    compareValues(before[index], after[index], element(at, index), rules, found);
  }
}

/** An element that changed is one that left and one that came; in the same place, an update. */
function compareSets(
  before: readonly PlainValue[],
  after: readonly PlainValue[],
  at: Place,
  rules: CompareRules,
  found: Difference[],
): void {
  const pattern = `${at.pattern}[]`;
  const keysBefore = before.map((value) => elementKey(value, pattern, rules));
  const keysAfter = after.map((value) => elementKey(value, pattern, rules));
  const gone = unmatched(keysBefore, keysAfter);
  const come = unmatched(keysAfter, keysBefore);
  for (const index of new Set([...gone, ...come])) {
    const kind = !come.has(index) ? "delete" : gone.has(index) ? "update" : "add";
    found.push({
      ...element(at, index),
      kind,
      before: gone.has(index) ? before[index] : undefined,
      after: come.has(index) ? after[index] : undefined,
    });
  }
}

/** The positions of the texts that the others do not have as often. */
function unmatched(keys: readonly string[], others: readonly string[]): ReadonlySet<number> {
  const left = new Map<string, number>();
  for (const key of others) left.set(key, (left.get(key) ?? 0) + 1);
  const positions = new Set<number>();
  keys.forEach((key, index) => {
    const count = left.get(key) ?? 0;
    if (count === 0) positions.add(index);
    else left.set(key, count - 1);
  });
  return positions;
}

function element(at: Place, index: number): Place {
  return { path: `${at.path}[${String(index)}]`, pattern: `${at.pattern}[]` };
}
