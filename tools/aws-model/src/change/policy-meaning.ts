import type { JsonValue } from "@atoll/core";

/*
 * Two policies mean the same where the library says so that the provider compares them with:
 * github.com/hashicorp/awspolicyequivalence v1.7.0, read 2026-11-27. The order of statements,
 * actions, resources, principals and values of conditions does not count, nor whether a single one
 * stands in a list; an account's id stands for its root; the effect has no case.
 */

type JsonObject = Readonly<Record<string, JsonValue>>;

/** A text that two JSON documents share where they differ in spaces and the order of keys alone. */
export function jsonMeaning(text: string): string | undefined {
  const document = parse(text);
  return document === undefined ? undefined : canonical(document);
}

/** A text that two policies share where they mean the same; undefined for what is not JSON. */
export function policyMeaning(text: string): string | undefined {
  const parsed = parse(text);
  const wrapped = parsed === undefined ? [] : asList(parsed);
  const document = wrapped.length === 1 ? wrapped[0] : parsed;
  if (document === undefined) return undefined;
  if (!isObject(document) || document["Statement"] === undefined) return canonical(document);
  const statements = asList(document["Statement"]).map((statement) =>
    isObject(statement) ? canonical(statementMeaning(statement)) : canonical(statement),
  );
  return canonical({ ...document, Statement: statements.sort() });
}

const LISTS: ReadonlySet<string> = new Set(["Action", "NotAction", "Resource", "NotResource"]);

function statementMeaning(statement: JsonObject): JsonObject {
  const given = Object.entries(statement).filter(
    ([key, value]) => !LISTS.has(key) || !Array.isArray(value) || value.length > 0,
  );
  return mapValues(Object.fromEntries(given), (value, key) => {
    if (LISTS.has(key)) return textList(value);
    if (key === "Effect" && typeof value === "string") return value.toLowerCase();
    if (!isObject(value)) return value;
    if (key === "Principal" || key === "NotPrincipal") return mapValues(value, principals);
    if (key === "Condition") return mapValues(value, conditionMeaning);
    return value;
  });
}

function conditionMeaning(tests: JsonValue): JsonValue {
  return isObject(tests) ? mapValues(tests, textList) : tests;
}

/** A sorted list of texts. */
function textList(value: JsonValue): JsonValue {
  return asList(value)
    .map((item) => (typeof item === "object" ? canonical(item) : String(item)))
    .sort();
}

function principals(value: JsonValue): JsonValue {
  return asList(value)
    .map((item) => (typeof item === "string" ? accountOf(item) : canonical(item)))
    .sort();
}

/** The account's id where the text is the ARN of an account's root. */
function accountOf(principal: string): string {
  return /^arn:[\w-]+:iam::(\d{12}):root$/u.exec(principal)?.[1] ?? principal;
}

function asList(value: JsonValue): readonly JsonValue[] {
  return Array.isArray(value) ? (value as readonly JsonValue[]) : [value];
}

function mapValues(
  object: JsonObject,
  change: (value: JsonValue, key: string) => JsonValue,
): JsonObject {
  return Object.fromEntries(
    Object.entries(object).map(([key, value]) => [key, change(value, key)]),
  );
}

function isObject(value: JsonValue): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** JSON with sorted keys. */
function canonical(value: JsonValue): string {
  return JSON.stringify(value, (_key, item: JsonValue) =>
    isObject(item)
      ? Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)))
      : item,
  );
}

function parse(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return undefined;
  }
}
