import type { Finding } from "../model.ts";
import { AssetValue, isPlainList, isPlainRecord, UNKNOWN } from "../values.ts";
import type { PlainRecord, PlainValue } from "../values.ts";
import { didYouMean } from "./check-shape.ts";
import { constraintsOf, constraintTable } from "./constraint-table.ts";
import type { ReadyConstraint } from "./constraint-table.ts";
import { errorAt, propertyPath } from "./finding.ts";

type Ready = ReadonlyMap<string, ReadyConstraint>;

/** More allowed values than this are counted in a finding, not listed. */
const LISTED_VALUES = 24;

/**
 * Values that AWS would refuse, as far as the dated table of constraints covers the type. Unknown
 * values pass, and so do empty texts, which the provider takes for absent. A value that is missing
 * from a list that AWS keeps adding to is a warning. Codes: `VALUE_NOT_ALLOWED`, `VALUE_PATTERN`,
 * `VALUE_LENGTH`, `VALUE_RANGE`.
 */
export function checkConstraints(type: string, inputs: PlainRecord): Finding[] {
  const constraints = constraintsOf(type);
  const findings: Finding[] = [];
  if (constraints !== undefined) visitRecord(inputs, "", "", constraints, findings);
  return findings;
}

function visitRecord(
  record: PlainRecord,
  path: string,
  place: string,
  constraints: Ready,
  findings: Finding[],
): void {
  for (const [name, value] of Object.entries(record)) {
    const ownPlace = place === "" ? name : `${place}.${name}`;
    visit(value, propertyPath(path, name), ownPlace, constraints, findings);
  }
}

function visit(
  value: PlainValue | undefined,
  path: string,
  place: string,
  constraints: Ready,
  findings: Finding[],
): void {
  if (value === undefined || value === null || value === UNKNOWN || value instanceof AssetValue) {
    return;
  }
  const constraint = constraints.get(place);
  if (isPlainList(value)) {
    if (constraint !== undefined) findings.push(...checkCount(value.length, constraint, path));
    for (const [index, item] of value.entries()) {
      visit(item, `${path}[${String(index)}]`, `${place}[]`, constraints, findings);
    }
  } else if (isPlainRecord(value)) {
    visitRecord(value, path, place, constraints, findings);
  } else if (constraint !== undefined && value !== "" && typeof value !== "symbol") {
    findings.push(...checkScalar(value, constraint, path));
  }
}

function checkScalar(
  value: boolean | number | string,
  constraint: ReadyConstraint,
  path: string,
): Finding[] {
  const { row, allowed, pattern, also } = constraint;
  const text = String(value);
  if (also.has(text)) return [];
  if (allowed !== undefined && !allowed.has(text)) return [notAllowed(value, constraint, path)];
  const findings: Finding[] = [];
  if (pattern !== undefined && !pattern.test(text)) {
    findings.push(
      errorAt("VALUE_PATTERN", path, `${quoted(value)} has not the form that AWS expects.`, {
        got: value,
        expected: `text that matches ${pattern.source} (${sourceOf(constraint)})`,
        fix: "Change the value to that form.",
      }),
    );
  }
  if (row.minLength !== undefined || row.maxLength !== undefined) {
    findings.push(...checkLength(text, constraint, path));
  }
  if (row.min !== undefined || row.max !== undefined) {
    findings.push(...checkRange(value, constraint, path));
  }
  return findings;
}

function notAllowed(
  value: boolean | number | string,
  constraint: ReadyConstraint,
  path: string,
): Finding {
  const values = (constraint.row.values ?? []).map(String);
  const listed =
    values.length > LISTED_VALUES
      ? `one of ${String(values.length)} values`
      : `one of ${values.join(", ")}`;
  const open = constraint.row.open === true;
  const otherwise = open
    ? `If AWS added it after ${constraintTable().date}, nothing is wrong.`
    : "Use one of the allowed values.";
  const meant = didYouMean(String(value), values);
  const finding = errorAt(
    "VALUE_NOT_ALLOWED",
    path,
    open
      ? `${quoted(value)} is not among the values known on ${constraintTable().date}.`
      : `${quoted(value)} is not one of the allowed values.`,
    {
      got: value,
      expected: `${listed} (${sourceOf(constraint)})`,
      fix: meant === undefined ? otherwise : open ? `${meant} ${otherwise}` : meant,
    },
  );
  return open ? { ...finding, severity: "warning" } : finding;
}

function checkLength(text: string, constraint: ReadyConstraint, path: string): Finding[] {
  const { minLength, maxLength } = constraint.row;
  const length = [...text].length;
  if (length >= (minLength ?? 0) && length <= (maxLength ?? Number.POSITIVE_INFINITY)) return [];
  return [
    errorAt("VALUE_LENGTH", path, `The text has ${String(length)} characters.`, {
      got: length > LISTED_VALUES * 10 ? `${text.slice(0, LISTED_VALUES * 10)}…` : text,
      expected: `${bounds(minLength, maxLength)} characters (${sourceOf(constraint)})`,
      fix: length < (minLength ?? 0) ? "Make the text longer." : "Shorten the text.",
    }),
  ];
}

function checkRange(
  value: boolean | number | string,
  constraint: ReadyConstraint,
  path: string,
): Finding[] {
  const { min, max } = constraint.row;
  const number = Number(value);
  // What is no number is the shape's business.
  if (Number.isNaN(number)) return [];
  if (number >= (min ?? Number.NEGATIVE_INFINITY) && number <= (max ?? Number.POSITIVE_INFINITY)) {
    return [];
  }
  return [
    errorAt("VALUE_RANGE", path, `${String(value)} is out of range.`, {
      got: value,
      expected: `${bounds(min, max)} (${sourceOf(constraint)})`,
      fix: "Choose a number within the range.",
    }),
  ];
}

function checkCount(count: number, constraint: ReadyConstraint, path: string): Finding[] {
  const { minItems, maxItems } = constraint.row;
  if (count === 0 || (minItems === undefined && maxItems === undefined)) return [];
  if (count >= (minItems ?? 0) && count <= (maxItems ?? Number.POSITIVE_INFINITY)) return [];
  return [
    errorAt("VALUE_LENGTH", path, `The list has ${String(count)} items.`, {
      got: count,
      expected: `${bounds(minItems, maxItems)} items (${sourceOf(constraint)})`,
      fix: count < (minItems ?? 0) ? "Add items." : "Remove items.",
    }),
  ];
}

function bounds(low: number | undefined, high: number | undefined): string {
  if (low === undefined) return `at most ${String(high)}`;
  if (high === undefined) return `at least ${String(low)}`;
  return `${String(low)} to ${String(high)}`;
}

/** Which source says so, with its version and the day on which it was read. */
function sourceOf({ row }: ReadyConstraint): string {
  const { sources, date } = constraintTable();
  const kinds = [...new Set(row.from.map((from) => from.slice(0, from.indexOf(" "))))];
  const names = kinds.map((kind) => sources[kind as keyof typeof sources] ?? kind);
  return `${names.join(", ")}, ${date}`;
}

function quoted(value: boolean | number | string): string {
  return typeof value === "string" ? JSON.stringify(value) : String(value);
}
