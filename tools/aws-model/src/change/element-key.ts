import { AssetValue, isPlainList, isPlainRecord, UNKNOWN } from "../values.ts";
import type { PlainValue } from "../values.ts";
import { isEmpty } from "./change-test.ts";
import type { CompareRules } from "./compare-inputs.ts";
import { textMeaning } from "./text-meaning.ts";

let unknowns = 0;

/** A text that two elements of a list without an order share where they are the same. */
export function elementKey(value: PlainValue, pattern: string, rules: CompareRules): string {
  if (value === UNKNOWN) {
    // What is not known yet may be anything, so it equals nothing.
    unknowns += 1;
    return `unknown ${String(unknowns)}`;
  }
  if (value instanceof AssetValue) return `asset ${value.sha256}`;
  if (isPlainList(value)) {
    const keys = value.map((item) => elementKey(item, `${pattern}[]`, rules));
    return `[${(rules.unordered.has(pattern) ? keys.sort() : keys).join(",")}]`;
  }
  if (isPlainRecord(value)) {
    const parts = Object.keys(value)
      .filter((name) => !isEmpty(value[name]))
      .sort()
      .map((name) => {
        const key = elementKey(value[name] ?? null, `${pattern}.${name}`, rules);
        return `${JSON.stringify(name)}:${key}`;
      });
    return `{${parts.join(",")}}`;
  }
  const comparison = rules.compare.get(pattern);
  const text = String(value);
  return JSON.stringify(comparison === undefined ? text : textMeaning(text, comparison));
}
