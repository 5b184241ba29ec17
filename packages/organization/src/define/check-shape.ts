import type { Problem } from "@atoll/core";
import type { z } from "zod";

import type { PathSegment } from "../problem-path.ts";
import { didYouMean, errorAt, oneOf, toJson } from "./problems.ts";
import { organizationSchema } from "./schema.ts";

/** What is wrong with the shape, and the input without the parts that are: those are `undefined` in the copy. */
export interface ShapeCheck {
  readonly problems: readonly Problem[];
  /** A copy; null when the input is no object at all. */
  readonly usable: Readonly<Record<string, unknown>> | null;
}

type Issue = z.core.$ZodIssue;

/**
 * Compares the input with the schema. Codes: `ORGANIZATION_UNKNOWN_ATTRIBUTE`, `ORGANIZATION_MISSING_ATTRIBUTE`,
 * `ORGANIZATION_WRONG_TYPE`, `ORGANIZATION_VALUE_NOT_ALLOWED`, `ORGANIZATION_VALUE_OUT_OF_RANGE`. Broken parts are cut
 * out of the copy, so that later checks can still say everything about the rest.
 */
export function checkShape(input: unknown): ShapeCheck {
  const result = organizationSchema.safeParse(input);
  if (result.success) return { problems: [], usable: result.data };
  const issues = result.error.issues;
  const problems = issues.flatMap((issue) => problemsOf(issue, input));
  // An object with an unknown attribute is still usable; whatever else is wrong is not.
  const cut = issues.filter((issue) => issue.code !== "unrecognized_keys");
  const broken = new Set(cut.map((issue) => JSON.stringify(issue.path)));
  return { problems, usable: prune(input, broken) };
}

function problemsOf(issue: Issue, input: unknown): readonly Problem[] {
  const path = issue.path.map((step) => (typeof step === "symbol" ? String(step) : step));
  if (issue.code === "unrecognized_keys") {
    const known = attributesAt(path);
    return issue.keys.map((key) =>
      unknownAttribute([...path, key], valueAt(input, [...path, key]), known),
    );
  }
  const value = valueAt(input, path);
  if (value === undefined && path.length > 0) return [missingAttribute(path, issue)];
  const got = toJson(value);
  const common = { path, got } as const;
  if (issue.code === "invalid_value") {
    const values = issue.values.map(String);
    return [
      errorAt({
        ...common,
        code: "ORGANIZATION_VALUE_NOT_ALLOWED",
        message: `${describe(value)} is not a value that this attribute can have.`,
        expected: oneOf(values),
        fix: didYouMean(typeof value === "string" ? value : "", values, "Choose one of them."),
      }),
    ];
  }
  if (issue.code === "too_big" || issue.code === "too_small") {
    return [
      errorAt({
        ...common,
        code: "ORGANIZATION_VALUE_OUT_OF_RANGE",
        message: `${describe(value)} is out of range.`,
        expected: rangeOf(issue),
        fix: "Choose a value in that range.",
      }),
    ];
  }
  return [
    errorAt({
      ...common,
      code: "ORGANIZATION_WRONG_TYPE",
      message: `${describe(value)} is not what this attribute holds.`,
      expected: expectedOf(issue),
      fix: `Write ${expectedOf(issue)}.`,
    }),
  ];
}

function unknownAttribute(
  path: readonly PathSegment[],
  value: unknown,
  known: readonly string[],
): Problem {
  const name = String(path.at(-1));
  return errorAt({
    code: "ORGANIZATION_UNKNOWN_ATTRIBUTE",
    path,
    message: `There is no attribute "${name}" here.`,
    got: toJson(value),
    expected: oneOf(known),
    fix: didYouMean(name, known, "Remove it."),
  });
}

function missingAttribute(path: readonly PathSegment[], issue: Issue): Problem {
  return errorAt({
    code: "ORGANIZATION_MISSING_ATTRIBUTE",
    path,
    message: `"${String(path.at(-1))}" is missing.`,
    got: null,
    expected: expectedOf(issue),
    fix: `Add ${expectedOf(issue)}.`,
  });
}

function expectedOf(issue: Issue): string {
  if (issue.code !== "invalid_type") return "data that JSON can carry";
  const names: Readonly<Record<string, string>> = {
    string: "a text",
    number: "a number",
    int: "a whole number",
    array: "a list",
    object: "an object",
    record: "an object",
  };
  return names[issue.expected] ?? issue.expected;
}

function rangeOf(issue: z.core.$ZodIssueTooBig | z.core.$ZodIssueTooSmall): string {
  if (issue.code === "too_big") return `at most ${issue.maximum}`;
  return issue.inclusive === false ? `more than ${issue.minimum}` : `at least ${issue.minimum}`;
}

function describe(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "A list";
  if (typeof value === "object") return "An object";
  if (typeof value === "string") return `"${value}"`;
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  return `A ${typeof value}`;
}

function valueAt(input: unknown, path: readonly PathSegment[]): unknown {
  let value = input;
  for (const step of path) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, step))
      return undefined;
    value = (value as Readonly<Record<PathSegment, unknown>>)[step];
  }
  return value;
}

/** The attributes that the schema's object at that path has; empty where it is no object. */
function attributesAt(path: readonly PathSegment[]): readonly string[] {
  let schema: SchemaDefinition = organizationSchema.def;
  for (const step of path) {
    const inner =
      schema.type === "object"
        ? schema.shape?.[String(step)]
        : (schema.element ?? schema.valueType);
    if (inner === undefined) return [];
    schema = unwrap(inner.def);
  }
  return Object.keys(schema.shape ?? {});
}

/** The part of Zod's own description of a schema that is walked here. */
interface SchemaDefinition {
  readonly type: string;
  readonly shape?: Readonly<Record<string, { readonly def: SchemaDefinition }>>;
  readonly element?: { readonly def: SchemaDefinition };
  readonly valueType?: { readonly def: SchemaDefinition };
  readonly innerType?: { readonly def: SchemaDefinition };
}

function unwrap(definition: SchemaDefinition): SchemaDefinition {
  return definition.innerType === undefined ? definition : unwrap(definition.innerType.def);
}

function prune(
  input: unknown,
  broken: ReadonlySet<string>,
): Readonly<Record<string, unknown>> | null {
  const copy = copyWithout(input, [], broken);
  return isRecord(copy) ? copy : null;
}

function copyWithout(
  value: unknown,
  path: readonly PathSegment[],
  broken: ReadonlySet<string>,
): unknown {
  if (broken.has(JSON.stringify(path))) return undefined;
  if (Array.isArray(value)) {
    return Array.from(value, (element, index) => copyWithout(element, [...path, index], broken));
  }
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, copyWithout(inner, [...path, key], broken)]),
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
