import { isPlainList, isPlainRecord, UNKNOWN } from "../values.ts";
import type { PlainRecord, PlainValue } from "../values.ts";
import type { ChangeTest } from "./row.ts";

/** A resource's inputs before and after, and what stands for an input that is left out. */
export interface BeforeAndAfter {
  readonly before: PlainRecord;
  readonly after: PlainRecord;
  readonly defaults: Readonly<Record<string, PlainValue>>;
}

/**
 * True where the condition holds for a change of an input.
 *
 * @param unknown what a condition on a value that is not known yet counts as
 */
export function holds(
  test: ChangeTest,
  name: string,
  inputs: BeforeAndAfter,
  unknown: boolean,
): boolean {
  const { defaults } = inputs;
  const before = (input: string) => inputs.before[input] ?? defaults[input];
  const after = (input: string) => inputs.after[input] ?? defaults[input];
  const is = (value: PlainValue | undefined, wanted: boolean | string) =>
    value === UNKNOWN ? unknown : value === wanted || value === String(wanted);
  const isNot = (value: PlainValue | undefined, unwanted: boolean | string) =>
    value === UNKNOWN ? unknown : !is(value, unwanted);
  const goes = (between: readonly [from: string, to: string]) =>
    before(name) === between[0] && is(after(name), between[1]);
  const stays = ([from, to]: readonly [from: string, to: string]) =>
    before(name) !== from || isNot(after(name), to);
  const oneSideEmpty = () => {
    const value = inputs.after[name];
    return value === UNKNOWN ? unknown : isEmpty(inputs.before[name]) !== isEmpty(value);
  };

  return (
    Object.entries(test.newIs ?? {}).every(([input, value]) => is(after(input), value)) &&
    Object.entries(test.newIsNot ?? {}).every(([input, value]) => isNot(after(input), value)) &&
    Object.entries(test.oldIs ?? {}).every(([input, value]) => is(before(input), value)) &&
    (test.newHas ?? []).every((input) => has(inputs.after[input], unknown)) &&
    (test.fromTo === undefined || goes(test.fromTo)) &&
    (test.notFromTo === undefined || stays(test.notFromTo)) &&
    (test.kinds === undefined || test.kinds.includes(kindOf(inputs, name))) &&
    (test.oneSideEmpty === undefined || oneSideEmpty())
  );
}

function has(value: PlainValue | undefined, unknown: boolean): boolean {
  return value === UNKNOWN ? unknown : !isEmpty(value);
}

function kindOf({ before, after }: BeforeAndAfter, name: string): "add" | "delete" | "update" {
  if (isEmpty(before[name])) return "add";
  return isEmpty(after[name]) ? "delete" : "update";
}

/** Absent, null, or a list or object with nothing in it. */
export function isEmpty(value: PlainValue | undefined): boolean {
  if (value === undefined || value === null) return true;
  if (isPlainList(value)) return value.length === 0;
  return isPlainRecord(value) && Object.keys(value).length === 0;
}
