import { AtollError } from "./errors.ts";
import { compareText, type JsonValue } from "./problem.ts";

/** A placeholder's value: text, or a list where the placeholder is a whole string of the document. */
export type PlaceholderValue = string | readonly string[];

/** A document with its placeholders replaced. It is only of use when `missing` and `unused` are empty. */
export interface FilledDocument {
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
export function fillDocument(
  document: JsonValue,
  values: Readonly<Record<string, PlaceholderValue>>,
): FilledDocument {
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
    missing: [...missing].sort(compareText),
    unused: Object.keys(values)
      .filter((name) => !used.has(name))
      .sort(compareText),
  };
}

/**
 * As `fillDocument`, where the values have to be the right ones.
 *
 * @returns the document as JSON without white space
 * @throws AtollError `DOCUMENT_PLACEHOLDERS` naming every placeholder without a value and every value without a place
 */
export function renderDocument(
  document: JsonValue,
  values: Readonly<Record<string, PlaceholderValue>>,
): string {
  const { text, missing, unused } = fillDocument(document, values);
  if (missing.length > 0 || unused.length > 0) {
    const list = (names: readonly string[]) => names.join(", ") || "none";
    throw new AtollError(
      "DOCUMENT_PLACEHOLDERS",
      `the document lacks values for: ${list(missing)}; it has no place for: ${list(unused)}`,
    );
  }
  return text;
}

/** The placeholders that a document asks for, sorted, each once. */
export function placeholdersOf(document: JsonValue): readonly string[] {
  return fillDocument(document, {}).missing;
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
