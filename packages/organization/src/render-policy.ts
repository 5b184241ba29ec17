import type { JsonValue } from "@atoll/core";

/** A placeholder's value: text, or a list where the placeholder is a whole string of the document. */
export type PlaceholderValue = string | readonly string[];

/** A rendered policy document. It is only good for AWS when `missing` and `unused` are empty. */
export interface RenderedPolicy {
  /** The document as JSON without white space, the form in which its size counts. */
  readonly text: string;
  /** Placeholders of the document that have no value (or a list inside a longer text), sorted. */
  readonly missing: readonly string[];
  /** Values that the document never asks for, sorted. */
  readonly unused: readonly string[];
}

const PLACEHOLDER = /\{\{([^{}]*)\}\}/g;
const WHOLE = /^\{\{([^{}]*)\}\}$/;

/**
 * Replaces the placeholders (`{{name}}`) in the strings of a document, never in its structure, so a value cannot
 * change what the document says beyond its place.
 */
export function renderPolicy(
  document: JsonValue,
  values: Readonly<Record<string, PlaceholderValue>>,
): RenderedPolicy {
  const missing = new Set<string>();
  const used = new Set<string>();
  const valueOf = (name: string): PlaceholderValue | undefined => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    if (value === undefined) missing.add(name);
    else used.add(name);
    return value;
  };
  const text = JSON.stringify(replaceIn(document, valueOf, missing));
  return {
    text,
    missing: [...missing].sort(),
    unused: Object.keys(values)
      .filter((name) => !used.has(name))
      .sort(),
  };
}

/** The placeholders that a document asks for, sorted, each once. */
export function placeholdersOf(document: JsonValue): readonly string[] {
  return renderPolicy(document, {}).missing;
}

function replaceIn(
  value: JsonValue,
  valueOf: (name: string) => PlaceholderValue | undefined,
  missing: Set<string>,
): JsonValue {
  if (typeof value === "string") return replaceText(value, valueOf, missing);
  if (isList(value)) return value.map((element) => replaceIn(element, valueOf, missing));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, replaceIn(inner, valueOf, missing)]),
  );
}

function replaceText(
  text: string,
  valueOf: (name: string) => PlaceholderValue | undefined,
  missing: Set<string>,
): JsonValue {
  const whole = WHOLE.exec(text)?.[1];
  if (whole !== undefined) return valueOf(whole) ?? text;
  return text.replace(PLACEHOLDER, (written: string, name: string) => {
    const value = valueOf(name);
    if (typeof value === "string") return value;
    if (value !== undefined) missing.add(name);
    return written;
  });
}

/** `Array.isArray` that knows of readonly arrays. */
function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}
