/** Stands for a value that is not known before deployment. */
export const UNKNOWN: unique symbol = Symbol.for("atoll.unknown");

/** A file, folder or text given to a resource; the model never looks inside. */
export class AssetValue {
  /** Path relative to the workspace root; null where the content is not a file. */
  readonly path: string | null;
  /** Hex digest of the content. */
  readonly sha256: string;

  constructor(path: string | null, sha256: string) {
    this.path = path;
    this.sha256 = sha256;
  }
}

/** What a resource's input or output can be once the engine has unwrapped it. */
export type PlainValue =
  | null
  | boolean
  | number
  | string
  | typeof UNKNOWN
  | AssetValue
  | readonly PlainValue[]
  | { readonly [key: string]: PlainValue };

/** Named values, such as all inputs of a resource. */
export type PlainRecord = Readonly<Record<string, PlainValue>>;

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

/** True where the value or anything inside it is not known before deployment. */
export function containsUnknown(value: PlainValue | undefined): boolean {
  if (value === UNKNOWN) return true;
  if (isPlainList(value)) return value.some(containsUnknown);
  return isPlainRecord(value) && Object.values(value).some(containsUnknown);
}
