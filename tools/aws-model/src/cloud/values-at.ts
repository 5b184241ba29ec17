import { isPlainList, isPlainRecord } from "../values.ts";
import type { PlainRecord, PlainValue } from "../values.ts";

/** A value inside a record, with where it is. */
export interface Located {
  /** Such as `routes[0].gatewayId`. */
  readonly path: string;
  readonly value: PlainValue;
}

/**
 * The values at a path, `[]` standing for every element of a list, as in `routes[].gatewayId`. What is absent or null
 * has no value; what is not a list where one is expected has none either: it is unknown, or `check` has said so.
 */
export function valuesAt(record: PlainRecord, path: string): readonly Located[] {
  let found: readonly Located[] = [{ path: "", value: record }];
  for (const step of path.split(".")) {
    const isEach = step.endsWith("[]");
    const name = isEach ? step.slice(0, -2) : step;
    found = found.flatMap((item) => inside(item, name, isEach));
  }
  return found;
}

function inside({ path, value }: Located, name: string, isEach: boolean): readonly Located[] {
  const next = isPlainRecord(value) && Object.hasOwn(value, name) ? value[name] : undefined;
  if (next === undefined || next === null) return [];
  const at = path === "" ? name : `${path}.${name}`;
  if (!isEach) return [{ path: at, value: next }];
  if (!isPlainList(next)) return [];
  return next.flatMap((item, index) =>
    item === null ? [] : [{ path: `${at}[${String(index)}]`, value: item }],
  );
}
