import { AtollError, compareText, type JsonValue } from "@atoll/core";

const PLACEHOLDER = /\{\{([^{}]*)\}\}/g;

/**
 * A document as JSON without white space, with `{{name}}` inside its strings replaced. Values never change the structure
 * of the document.
 *
 * @throws AtollError `DOCUMENT_PLACEHOLDERS` naming every placeholder without a value and every value without a place
 */
export function renderDocument(
  document: JsonValue,
  values: Readonly<Record<string, string>>,
): string {
  const used = new Set<string>();
  const missing = new Set<string>();
  const text = JSON.stringify(document, (_key, value: JsonValue) =>
    typeof value !== "string"
      ? value
      : value.replace(PLACEHOLDER, (written, name: string) => {
          (Object.hasOwn(values, name) ? used : missing).add(name);
          return values[name] ?? written;
        }),
  );
  const unused = Object.keys(values).filter((name) => !used.has(name));
  if (missing.size > 0 || unused.length > 0) {
    const list = (names: Iterable<string>) => [...names].sort(compareText).join(", ") || "none";
    throw new AtollError(
      "DOCUMENT_PLACEHOLDERS",
      `the document lacks values for: ${list(missing)}; it has no place for: ${list(unused)}`,
    );
  }
  return text;
}
