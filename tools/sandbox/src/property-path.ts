import type { PlainRecord, PlainValue } from "@atoll/aws-model";

import { isRecord } from "./provider/values.ts";

/** A path taken apart: names of properties, and positions in lists. */
export type PropertyPath = readonly [string, ...(string | number)[]];

/**
 * Reads a path such as `routes[0].cidrBlock`, `tags["a.b"]` or `tags.Name`.
 *
 * @returns undefined when it is none
 */
export function parsePath(text: string): PropertyPath | undefined {
  const keys: (string | number)[] = [];
  const step = /(?:^|(?<=.)\.)([^.[\]"]+)|\[(\d+)\]|\[("(?:[^"\\]|\\.)*")\]/gu;
  let end = 0;
  for (const match of text.matchAll(step)) {
    if (match.index !== end) return undefined;
    end = match.index + match[0].length;
    const [, word, index, quoted] = match;
    const key = word ?? (index === undefined ? unquoted(quoted) : Number(index));
    if (key === undefined) return undefined;
    keys.push(key);
  }
  const [first, ...rest] = keys;
  return typeof first === "string" && end === text.length ? [first, ...rest] : undefined;
}

/** A copy with another value at a path; null takes away what is there. What is missing on the way is made. */
export function withValueAt(
  record: PlainRecord,
  path: PropertyPath,
  value: PlainValue,
): PlainRecord {
  return setIn(record, path, value) as PlainRecord;
}

function setIn(
  base: PlainValue | undefined,
  path: readonly (string | number)[],
  value: PlainValue,
): PlainValue {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  if (typeof key === "number") {
    const list: PlainValue[] = Array.isArray(base) ? [...(base as readonly PlainValue[])] : [];
    const next = setIn(list[key], rest, value);
    if (next === null) list.splice(key, 1);
    else list[key] = next;
    return list;
  }
  const record: Record<string, PlainValue> = isRecord(base) ? { ...base } : {};
  const next = setIn(record[key], rest, value);
  if (next === null) Reflect.deleteProperty(record, key);
  else record[key] = next;
  return record;
}

function unquoted(text: string | undefined): string | undefined {
  try {
    return JSON.parse(text ?? "") as string;
  } catch {
    return undefined;
  }
}
