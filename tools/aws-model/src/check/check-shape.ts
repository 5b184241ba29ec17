import { suggest } from "@atoll/core";
import type { Finding } from "../model.ts";
import type { NestedTable, Shape } from "../tables/format.ts";
import { AssetValue, isPlainList, isPlainRecord, UNKNOWN } from "../values.ts";
import type { PlainRecord, PlainValue } from "../values.ts";
import { errorAt, kindOf, propertyPath } from "./finding.ts";

/** Nested shapes of a service by name. */
export type NestedTables = Readonly<Record<string, NestedTable>>;

/** Deeper than any shape of the package; recursive ones (WAF statements) end here. */
const DEEPEST = 40;

/** What an object must look like: its properties, and which of them it needs. */
export interface ObjectShape {
  readonly properties: Readonly<Record<string, Shape>>;
  readonly required: readonly string[];
  /** Names that are known though they are not inputs, such as outputs of a resource that is read. */
  readonly alsoKnown?: Readonly<Record<string, unknown>>;
}

/**
 * Compares an object with its shape, nested ones included. Unknown values pass, null counts as
 * absent. Codes: `UNKNOWN_PROPERTY`, `MISSING_PROPERTY`, `WRONG_TYPE`.
 */
export function checkObject(
  value: PlainRecord,
  shape: ObjectShape,
  nested: NestedTables,
  path = "",
  depth = 0,
): Finding[] {
  const findings: Finding[] = [];
  for (const [name, item] of Object.entries(value)) {
    const property = ownShape(shape.properties, name);
    if (property === undefined) {
      if (shape.alsoKnown !== undefined && Object.hasOwn(shape.alsoKnown, name)) continue;
      if (item != null) findings.push(unknownProperty(path, name, item, shape));
    } else if (item != null && item !== UNKNOWN) {
      findings.push(...checkShape(item, property, nested, propertyPath(path, name), depth + 1));
    }
  }
  for (const name of shape.required) {
    const item = Object.hasOwn(value, name) ? value[name] : undefined;
    if (item === undefined || item === null) findings.push(missingProperty(path, name));
  }
  return findings;
}

function ownShape(shapes: Readonly<Record<string, Shape>>, name: string): Shape | undefined {
  return Object.hasOwn(shapes, name) ? shapes[name] : undefined;
}

function checkShape(
  value: PlainValue,
  shape: Shape,
  nested: NestedTables,
  path: string,
  depth: number,
): Finding[] {
  if (value === UNKNOWN || value === null || depth > DEEPEST) return [];
  if (typeof shape === "string") return checkScalar(value, shape, path);
  switch (shape[0]) {
    case "list":
      if (!isPlainList(value)) return [wrongType(value, "a list", path)];
      return value.flatMap((item, index) =>
        checkShape(item, shape[1], nested, `${path}[${String(index)}]`, depth + 1),
      );
    case "map":
      if (!isPlainRecord(value)) return [wrongType(value, "an object", path)];
      return Object.entries(value).flatMap(([key, item]) =>
        checkShape(item, shape[1], nested, propertyPath(path, key), depth + 1),
      );
    case "ref": {
      if (!isPlainRecord(value)) return [wrongType(value, "an object", path)];
      const table = Object.hasOwn(nested, shape[1]) ? nested[shape[1]] : undefined;
      return table === undefined ? [] : checkObject(value, table, nested, path, depth + 1);
    }
    case "enum":
      return checkEnum(value, shape.slice(1), path);
    case "any-of":
      return checkAnyOf(value, shape.slice(1) as Shape[], nested, path, depth);
    default: {
      const never: never = shape[0];
      return never;
    }
  }
}

function checkAnyOf(
  value: PlainValue,
  shapes: readonly Shape[],
  nested: NestedTables,
  path: string,
  depth: number,
): Finding[] {
  const attempts = shapes.map((shape) => checkShape(value, shape, nested, path, depth));
  if (attempts.some((findings) => findings.length === 0)) return [];
  // An object given for `string | PolicyDocument` is judged as the object.
  const nearest = attempts.find((findings) => findings.every((row) => row.path !== path));
  return nearest ?? attempts[0] ?? [];
}

// What Go's strconv.ParseBool takes, as the provider's bridge uses it for strings.
const BOOLEAN_TEXT = /^(?:1|t|T|TRUE|true|True|0|f|F|FALSE|false|False)$/u;

/** The provider's bridge turns scalars into each other; only what it cannot turn is wrong. */
function checkScalar(
  value: PlainValue,
  shape: "s" | "n" | "b" | "x" | "a",
  path: string,
): Finding[] {
  const composite = isPlainList(value) || isPlainRecord(value);
  switch (shape) {
    case "a":
      return [];
    case "x":
      return value instanceof AssetValue || isPlainRecord(value) || typeof value === "string"
        ? []
        : [wrongType(value, "an asset or archive", path)];
    case "s":
      return composite || value instanceof AssetValue ? [wrongType(value, "a string", path)] : [];
    case "n": {
      const numeric =
        typeof value === "number" ||
        (typeof value === "string" && value.trim() !== "" && Number.isFinite(Number(value)));
      return numeric ? [] : [wrongType(value, "a number", path)];
    }
    case "b": {
      const truth =
        typeof value === "boolean" || (typeof value === "string" && BOOLEAN_TEXT.test(value));
      return truth ? [] : [wrongType(value, "a boolean", path)];
    }
    default: {
      const never: never = shape;
      return never;
    }
  }
}

function checkEnum(value: PlainValue, allowed: readonly string[], path: string): Finding[] {
  if (typeof value !== "string") return [wrongType(value, "a string", path)];
  if (allowed.includes(value)) return [];
  return [
    errorAt("VALUE_NOT_ALLOWED", path, `"${value}" is not one of the allowed values.`, {
      got: value,
      expected: `one of ${allowed.join(", ")}`,
      fix: didYouMean(value, allowed) ?? "Use one of the allowed values.",
    }),
  ];
}

function unknownProperty(
  path: string,
  name: string,
  value: PlainValue,
  shape: ObjectShape,
): Finding {
  const names = Object.keys(shape.properties);
  const own = propertyPath(path, name);
  return errorAt("UNKNOWN_PROPERTY", own, `There is no property "${name}" here.`, {
    got: value,
    expected: names.length === 0 ? "no properties" : `one of ${names.join(", ")}`,
    fix: didYouMean(name, names) ?? `Remove "${name}".`,
  });
}

function missingProperty(path: string, name: string): Finding {
  const own = propertyPath(path, name);
  return errorAt("MISSING_PROPERTY", own, `The required property "${name}" is missing.`, {
    got: null,
    expected: "a value",
    fix: `Set "${own}".`,
  });
}

function wrongType(value: PlainValue, expected: string, path: string): Finding {
  return errorAt("WRONG_TYPE", path, `Expected ${expected}, got ${describe(value)}.`, {
    got: value,
    expected,
    fix: `Give ${expected}.`,
  });
}

function describe(value: PlainValue): string {
  return typeof value === "string" ? `the string ${JSON.stringify(value)}` : kindOf(value);
}

/** "Did you mean" with the nearest of the candidates; undefined when none is near. */
export function didYouMean(word: string, candidates: readonly string[]): string | undefined {
  const nearest = suggest(word, candidates);
  return nearest === undefined ? undefined : `Did you mean "${nearest}"?`;
}
