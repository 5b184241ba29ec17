import { compareText, type JsonValue } from "@atoll/core";

/** Text longer than this is cut in what people read; `--json` has it whole. */
const LONGEST_TEXT = 160;

/** A value on one line, as people read it: markers spelled out, long text cut. */
export function valueText(value: JsonValue | undefined): string {
  if (value === undefined) return "nothing";
  const marker = markerText(value);
  if (marker !== undefined) return marker;
  if (typeof value === "string") return textOf(value);
  if (isList(value)) return `[${value.map(valueText).join(", ")}]`;
  if (value !== null && typeof value === "object") {
    const members = membersOf(value).map(([key, item]) => `${key}: ${valueText(item)}`);
    return members.length === 0 ? "{}" : `{ ${members.join(", ")} }`;
  }
  return JSON.stringify(value);
}

/**
 * A value over several lines, two spaces deeper for each level.
 *
 * @param mark said behind the value at that path, such as `(planned)`
 */
export function valueLines(
  value: JsonValue,
  options: { readonly path?: string; readonly mark?: (path: string) => string } = {},
): readonly string[] {
  const { path = "", mark = () => "" } = options;
  const isNested = value !== null && typeof value === "object" && markerText(value) === undefined;
  if (!isNested) return [valueText(value) + mark(path)];
  const members: readonly (readonly [string, JsonValue])[] = isList(value)
    ? value.map((item, index) => [`[${String(index)}]`, item] as const)
    : membersOf(value);
  return members.flatMap(([key, item]) => {
    const inner = valueLines(item, { path: joinPath(path, key), mark });
    const isFlat = item === null || typeof item !== "object" || markerText(item) !== undefined;
    if (isFlat) return [`${key}: ${inner[0] ?? ""}`];
    if (inner.length === 0) return [`${key}: ${isList(item) ? "[]" : "{}"}`];
    return [`${key}:`, ...inner.map((line) => `  ${line}`)];
  });
}

/** `a.b[0]`: a property's path, its last step being `key`. */
export function joinPath(path: string, key: string): string {
  return path === "" || key.startsWith("[") ? path + key : `${path}.${key}`;
}

/** True for the mark of a value that nobody knows before deployment. */
export function isUnknown(value: JsonValue | undefined): boolean {
  return isObject(value) && value["$unknown"] === true;
}

/** An object that is neither null nor a list. */
export function isObject(
  value: JsonValue | undefined,
): value is { readonly [key: string]: JsonValue } {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}

/** True for a list. */
export function isList(value: JsonValue | undefined): value is readonly JsonValue[] {
  return Array.isArray(value);
}

function membersOf(value: { readonly [key: string]: JsonValue }): [string, JsonValue][] {
  return Object.entries(value).sort(([a], [b]) => compareText(a, b));
}

function markerText(value: JsonValue): string | undefined {
  if (!isObject(value)) return undefined;
  if (isUnknown(value)) return "unknown before deployment";
  if (typeof value["$secret"] === "string")
    return `secret (sha256 ${value["$secret"].slice(0, 8)})`;
  const asset = value["$asset"];
  if (!isObject(asset)) return undefined;
  const { path, sha256 } = asset;
  const hash = typeof sha256 === "string" ? ` (sha256 ${sha256.slice(0, 8)})` : "";
  return `asset ${typeof path === "string" ? path : ""}`.trim() + hash;
}

function textOf(value: string): string {
  if (value.length <= LONGEST_TEXT) return JSON.stringify(value);
  const rest = value.length - LONGEST_TEXT;
  return `${JSON.stringify(value.slice(0, LONGEST_TEXT))} and ${String(rest)} characters more`;
}
