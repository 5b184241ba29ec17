/** What a source says of one value. */
export interface Facts {
  readonly values?: readonly (string | number)[];
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly min?: number;
  readonly max?: number;
}

/** A place in a source's description of a resource, whichever source that is. */
export interface Cursor {
  /** `<kind> <where>`. */
  readonly from: string;
  readonly kind: "object" | "list" | "scalar" | "other";
  readonly facts: Facts;
  /** Names of the properties of an object. */
  names(): readonly string[];
  property(name: string): Cursor | undefined;
  /** The elements of a list. */
  element(): Cursor | undefined;
}

/** Follows a dotted path of exact property names; lists on the way are stepped into. */
export function follow(start: Cursor | undefined, path: string): Cursor | undefined {
  let at = start;
  for (const name of path === "" ? [] : path.split(".")) {
    while (at?.kind === "list") at = at.element();
    at = at?.property(name);
  }
  return at;
}
