import type { JsonValue } from "@atoll/core";
import type { Finding } from "../model.ts";
import { AssetValue, isPlainList, isPlainRecord, UNKNOWN } from "../values.ts";
import type { PlainValue } from "../values.ts";

/** An error finding. */
export function errorAt(
  code: string,
  path: string,
  message: string,
  rest: { readonly got: PlainValue; readonly expected: string; readonly fix: string },
): Finding {
  return { code, severity: "error", path, message, ...rest, got: toJson(rest.got) };
}

/** A value as a finding shows it: unknowns and assets in the preview's notation. */
function toJson(value: PlainValue): JsonValue {
  if (value === UNKNOWN) return { $unknown: true };
  if (value instanceof AssetValue) return { $asset: { path: value.path, sha256: value.sha256 } };
  if (isPlainList(value)) return value.map(toJson);
  if (isPlainRecord(value)) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, toJson(item)]));
  }
  return value;
}

/** The path of a property: `routes[0].gatewayId`, or `tags["a b"]` where the name is no word. */
export function propertyPath(parent: string, name: string): string {
  if (!/^[A-Za-z_$][\w$-]*$/u.test(name)) return `${parent}[${JSON.stringify(name)}]`;
  return parent === "" ? name : `${parent}.${name}`;
}

/** What a value is, in one word, for messages. */
export function kindOf(value: PlainValue): string {
  if (value === UNKNOWN) return "unknown value";
  if (value === null) return "null";
  if (value instanceof AssetValue) return "asset";
  if (isPlainList(value)) return "list";
  return typeof value;
}
