import type { Constraint } from "../check/constraint.ts";
import type { OutputKind, ServiceTable, Shape } from "../tables/format.ts";
import { namesInside } from "../change/input-shape.ts";

const WORDS: Readonly<Record<string, string>> = {
  s: "text",
  n: "number",
  b: "boolean",
  x: "asset or archive",
  a: "any value",
  l: "list",
  m: "map",
  r: "object",
};

/** The type of an input, in words. */
export function describeShape(shape: Shape, service: ServiceTable): string {
  if (typeof shape === "string") return WORDS[shape] ?? shape;
  switch (shape[0]) {
    case "list":
      return `list of ${describeShape(shape[1], service)}`;
    case "map":
      return `map of ${describeShape(shape[1], service)}`;
    case "ref":
      return `object with ${namesInside(shape, service).join(", ")}`;
    case "enum":
      return `one of ${shape.slice(1).join(", ")}`;
    case "any-of": {
      const parts = (shape.slice(1) as Shape[]).map((part) => describeShape(part, service));
      return [...new Set(parts)].join(" or ");
    }
  }
}

/** The type of an output, in words. */
export function describeOutput(kind: OutputKind): string {
  const word = WORDS[kind.replace("?", "")] ?? "any value";
  return kind.includes("?") ? `${word}, which may be absent` : word;
}

/** What a constraint says, a sentence for each part. */
export function describeConstraint(row: Constraint): readonly string[] {
  const said: string[] = [];
  if (row.values !== undefined) {
    const more = row.open === true ? " AWS keeps adding to them." : "";
    said.push(`Allowed values: ${row.values.join(", ")}.${more}`);
  }
  if (row.pattern !== undefined) said.push(`The whole text must match ${row.pattern}`);
  const span = (what: string, from: number | undefined, to: number | undefined) => {
    if (from !== undefined && to !== undefined) {
      said.push(`${what}: from ${String(from)} to ${String(to)}.`);
    } else if (from !== undefined) said.push(`${what}: at least ${String(from)}.`);
    else if (to !== undefined) said.push(`${what}: at most ${String(to)}.`);
  };
  span("Length", row.minLength, row.maxLength);
  span("Number of elements", row.minItems, row.maxItems);
  span("Value", row.min, row.max);
  if (row.also !== undefined) said.push(`The provider takes beyond that: ${row.also.join(", ")}.`);
  return said;
}
