import { AssetValue, UNKNOWN, type PlainRecord, type PlainValue } from "@atoll/aws-model";
import type { JsonValue } from "@atoll/core";

import { isList, isObject, isUnknown } from "../render/value.ts";

/** Stands for what neither side knows: unlike `UNKNOWN`, it is the same as itself. */
const STILL_UNKNOWN = "(unknown)";

/** The inputs of a resource on both sides, as the model takes them. */
export interface InputPair {
  readonly before: PlainRecord;
  readonly after: PlainRecord;
}

/**
 * Turns the inputs of two previews into what the model compares. A secret counts by its hash, a file by its content. A
 * value that both sides leave unknown is no difference; one that is unknown in the working tree alone is.
 */
export function plainInputs(before: JsonValue, after: JsonValue): InputPair {
  return {
    before: recordOf(plainValue(before, before)),
    after: recordOf(plainValue(after, before)),
  };
}

/** An object with named values: not null, a list, an asset or the unknown. */
export function isPlainRecord(value: PlainValue | undefined): value is PlainRecord {
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof AssetValue)
  );
}

/** A list of values. */
export function isPlainList(value: PlainValue | undefined): value is readonly PlainValue[] {
  return Array.isArray(value);
}

function recordOf(value: PlainValue): PlainRecord {
  return isPlainRecord(value) ? value : {};
}

/** `other` is the same place in the base. */
function plainValue(value: JsonValue, other: JsonValue | undefined): PlainValue {
  if (isUnknown(value)) return isUnknown(other) ? STILL_UNKNOWN : UNKNOWN;
  if (isList(value)) {
    const others = isList(other) ? other : [];
    return value.map((item, index) => plainValue(item, others[index]));
  }
  if (!isObject(value)) return value;
  const { $secret: secret, $asset: asset } = value;
  if (typeof secret === "string") return `(secret ${secret})`;
  if (isObject(asset)) return assetOf(asset);
  const others = isObject(other) ? other : {};
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name, plainValue(item, others[name])]),
  );
}

function assetOf({ path, sha256 }: { readonly [key: string]: JsonValue }): AssetValue {
  return new AssetValue(
    typeof path === "string" ? path : null,
    typeof sha256 === "string" ? sha256 : "",
  );
}
