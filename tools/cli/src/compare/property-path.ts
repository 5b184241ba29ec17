import type { PlainRecord, PlainValue } from "@atoll/aws-model";

import { isPlainList, isPlainRecord } from "./plain-inputs.ts";

/**
 * The steps of a property path as Pulumi's options have it: `tags.Name`, `tags["a.b"]`, `rules[0].port`, `rules[*]`.
 * Positions are steps of digits, `*` stands for any step.
 */
export function pathSteps(path: string): readonly string[] {
  const steps = path.matchAll(
    /\["(?<quoted>(?:[^"\\]|\\.)*)"\]|\[(?<index>[^\]]*)\]|(?<name>[^.[\]]+)/gu,
  );
  return [...steps].map(({ groups }) => {
    const { quoted, index, name } = groups ?? {};
    return quoted?.replaceAll(/\\(.)/gu, "$1") ?? index ?? name ?? "";
  });
}

/** True when an option's path is the other path, or one above it. */
export function coversPath(option: string, path: string): boolean {
  const [wanted, steps] = [pathSteps(option), pathSteps(path)];
  return (
    wanted.length <= steps.length &&
    wanted.every((step, index) => step === "*" || step === steps[index])
  );
}

/**
 * The new inputs with the old values at the paths of `ignoreChanges`. As in Pulumi, elements of a list that came or went
 * cannot be ignored one by one.
 */
export function withIgnored(
  before: PlainRecord,
  after: PlainRecord,
  ignoreChanges: readonly string[],
): PlainRecord {
  return ignoreChanges.reduce<PlainRecord>((inputs, path) => {
    const steps = pathSteps(path);
    return steps.length === 0 ? inputs : (reset(before, inputs, steps) as PlainRecord);
  }, after);
}

/** The new value with what the steps lead to as it was. */
function reset(
  before: PlainValue | undefined,
  after: PlainValue | undefined,
  steps: readonly string[],
): PlainValue | undefined {
  const [step, ...rest] = steps;
  if (step === undefined) return before;
  if (isPlainList(before) && isPlainList(after)) {
    return after.map((item, index) =>
      (step === "*" || step === String(index)) && index < before.length
        ? (reset(before[index], item, rest) ?? item)
        : item,
    );
  }
  if (!isPlainRecord(before) || !isPlainRecord(after)) return after;
  const names = step === "*" ? [...Object.keys(before), ...Object.keys(after)] : [step];
  const result = new Map(Object.entries(after));
  for (const name of names) {
    const value = reset(own(before, name), own(after, name), rest);
    if (value === undefined) result.delete(name);
    else result.set(name, value);
  }
  return Object.fromEntries(result);
}

function own(record: PlainRecord, name: string): PlainValue | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}
