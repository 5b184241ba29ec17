import { AssetValue, UNKNOWN, type PlainRecord, type PlainValue } from "@atoll/aws-model";

/** What `Check` adds and no program gives: the names of defaults, and what the provider merges in. */
export const DEFAULTS_KEY = "__defaults";

/** An object with named values. */
export function isRecord(value: PlainValue | undefined): value is PlainRecord {
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof AssetValue)
  );
}

/** True where the value or anything in it is not known before deployment. */
export function holdsUnknown(value: PlainValue | undefined): boolean {
  if (value === UNKNOWN) return true;
  if (Array.isArray(value)) return value.some(holdsUnknown);
  return isRecord(value) && Object.values(value).some(holdsUnknown);
}

/** True where both are the same all the way down. Nothing is the same as null. */
export function isSame(a: PlainValue | undefined, b: PlainValue | undefined): boolean {
  const left = a ?? null;
  const right = b ?? null;
  if (left === right) return left !== UNKNOWN;
  if (Array.isArray(left) && Array.isArray(right)) {
    return isSameList(left, right);
  }
  if (left instanceof AssetValue && right instanceof AssetValue) {
    return left.sha256 === right.sha256;
  }
  if (!isRecord(left) || !isRecord(right)) return false;
  const keys = new Set([...Object.keys(left), ...Object.keys(right)]);
  return [...keys].every((key) => isSame(left[key], right[key]));
}

function isSameList(left: readonly PlainValue[], right: readonly PlainValue[]): boolean {
  return left.length === right.length && left.every((item, at) => isSame(item, right[at]));
}

/**
 * A resource's inputs as AWS is given them: what only the provider keeps book of, and what is null, is left out at every
 * level.
 */
export function withoutBookkeeping(inputs: PlainRecord): PlainRecord {
  const result: Record<string, PlainValue> = {};
  for (const [key, value] of Object.entries(inputs)) {
    if (key === DEFAULTS_KEY || key === "tagsAll" || value === null) continue;
    result[key] = value;
  }
  return result;
}

/** Answers cannot be unknown once a resource is there: what the model cannot say is left out. */
export function withoutUnknowns(record: PlainRecord): PlainRecord {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => !holdsUnknown(value)));
}
