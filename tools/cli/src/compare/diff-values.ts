import { compareText, type JsonValue } from "@atoll/core";

import { isList, isObject, joinPath } from "../render/value.ts";
import type { Difference } from "./types.ts";

/**
 * Where two values differ, by path, sorted as the values' own keys and indexes are. JSON texts (policy documents) are
 * compared as the values they hold, so that a difference is one line and not two documents.
 */
export function diffValues(
  before: JsonValue | undefined,
  after: JsonValue | undefined,
  path: string,
): readonly Difference[] {
  if (isObject(before) && isObject(after) && !isMarker(before) && !isMarker(after)) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort(compareText);
    return keys.flatMap((key) => diffValues(before[key], after[key], joinPath(path, key)));
  }
  if (isList(before) && isList(after)) return diffLists(before, after, path);
  if (sameValue(before, after)) return [];
  const documents = [documentOf(before), documentOf(after)] as const;
  if (documents[0] !== undefined && documents[1] !== undefined) {
    const inside = diffValues(documents[0], documents[1], path);
    // The same value written differently is still another text.
    if (inside.length > 0) return inside;
  }
  return [
    {
      path,
      ...(before === undefined ? {} : { before }),
      ...(after === undefined ? {} : { after }),
    },
  ];
}

/** What both ends have in common is left out, so that one insertion is one difference. */
function diffLists(
  before: readonly JsonValue[],
  after: readonly JsonValue[],
  path: string,
): readonly Difference[] {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && sameValue(before[start], after[start])) start += 1;
  let end = 0;
  while (end < shorter - start && sameValue(before.at(-1 - end), after.at(-1 - end))) end += 1;
  const [old, now] = [
    before.slice(start, before.length - end),
    after.slice(start, after.length - end),
  ];
  return Array.from({ length: Math.max(old.length, now.length) }, (_, index) =>
    diffValues(old[index], now[index], joinPath(path, `[${String(start + index)}]`)),
  ).flat();
}

/** True when two values are the same, whatever the order of their keys. */
export function sameValue(a: JsonValue | undefined, b: JsonValue | undefined): boolean {
  if (a === b) return true;
  if (isList(a) && isList(b)) {
    return a.length === b.length && a.every((item, index) => sameValue(item, b[index]));
  }
  if (isObject(a) && isObject(b)) {
    const keys = Object.keys(a);
    return (
      keys.length === Object.keys(b).length &&
      keys.every((key) => Object.hasOwn(b, key) && sameValue(a[key], b[key]))
    );
  }
  return false;
}

/** `{"$unknown":true}` and its like are one value: never taken apart. */
function isMarker(value: { readonly [key: string]: JsonValue }): boolean {
  return ["$unknown", "$secret", "$asset"].some((key) => Object.hasOwn(value, key));
}

function documentOf(value: JsonValue | undefined): JsonValue | undefined {
  if (typeof value !== "string" || !/^\s*[{[]/.test(value)) return undefined;
  try {
    return JSON.parse(value) as JsonValue;
  } catch {
    return undefined;
  }
}
