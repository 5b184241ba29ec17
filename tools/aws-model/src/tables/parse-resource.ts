import { bodyOf, parseProperties } from "./parse-declarations.ts";
import { parseShape } from "./parse-shape.ts";
import type { OutputKind, ResourceTable, Shape } from "./format.ts";

/** A resource type as read from its generated pair of files. */
export interface ParsedResource {
  readonly type: string;
  readonly table: ResourceTable;
}

/**
 * Reads one resource type from its generated JavaScript and declarations; undefined where the
 * file holds no resource of package `aws` (a data source, the provider).
 */
export function parseResource(
  script: string,
  declarations: string,
  enums: ReadonlyMap<string, readonly string[]>,
): ParsedResource | undefined {
  const type = /__pulumiType = '(aws:[^']+)'/u.exec(script)?.[1];
  if (type === undefined) return undefined;
  const className = type.slice(type.lastIndexOf(":") + 1);
  const constructor = script.slice(script.indexOf("let resourceInputs"));
  const inputNames = namesIn(constructor, /resourceInputs\["([^"]+)"\] = [^;\n]*\bargs\?\.\w+/gu);
  const computed = namesIn(constructor, /resourceInputs\["([^"]+)"\] = undefined \/\*out\*\//gu);
  const required = namesIn(constructor, /Missing required property '([^']+)'/gu);
  const declared = parseProperties(bodyOf(declarations, `interface ${className}Args`) ?? "");
  const shapes = new Map(declared.map((row) => [row.name, parseShape(row.type, enums)]));
  const inputs: Record<string, Shape> = {};
  for (const name of inputNames) inputs[name] = shapes.get(name) ?? "a";
  return {
    type,
    table: {
      inputs,
      required,
      outputs: parseOutputs(declarations, className, enums),
      computed,
      defaults: parseDefaults(declared, inputs),
      importExample: importExample(script, type),
    },
  };
}

function namesIn(text: string, pattern: RegExp): string[] {
  return [...new Set([...text.matchAll(pattern)].map((match) => match[1] ?? ""))].sort();
}

const KINDS: Readonly<Record<string, OutputKind>> = { list: "l", map: "m", ref: "r", enum: "s" };

function parseOutputs(
  declarations: string,
  className: string,
  enums: ReadonlyMap<string, readonly string[]>,
): Record<string, OutputKind> {
  const body = bodyOf(declarations, `declare class ${className}`) ?? "";
  const outputs: Record<string, OutputKind> = {};
  for (const property of parseProperties(body)) {
    if (!property.type.startsWith("pulumi.Output<")) continue;
    const shape = parseShape(property.type, enums);
    const kind = typeof shape === "string" ? shape : (KINDS[shape[0]] ?? "a");
    outputs[property.name] = property.type.endsWith("| undefined>") ? `${kind}?` : kind;
  }
  return outputs;
}

// Only a plain statement counts: `Defaults to `x`.`, not `Defaults to `x` if …`.
const DEFAULT_STATED =
  /\bdefault(?:s to|s is| is| value is|s:|:)\s+`"?([^`"]+)"?`\s*(?:\.(?:\s|$)|$)/iu;

function parseDefaults(
  declared: ReturnType<typeof parseProperties>,
  inputs: Readonly<Record<string, Shape>>,
): Record<string, boolean | number | string> {
  const defaults: Record<string, boolean | number | string> = {};
  for (const { name, optional, doc } of declared) {
    const stated = optional ? DEFAULT_STATED.exec(doc)?.[1] : undefined;
    if (stated === undefined) continue;
    const shape = inputs[name];
    if (shape === "b" && (stated === "true" || stated === "false")) {
      defaults[name] = stated === "true";
    } else if (shape === "n" && /^-?\d+(?:\.\d+)?$/u.test(stated)) {
      defaults[name] = Number(stated);
    } else if (
      shape === "s" &&
      /^[\w./:-]+$/u.test(stated) &&
      !/^(?:null|none|id)$/iu.test(stated)
    ) {
      defaults[name] = stated;
    }
  }
  return defaults;
}

function importExample(script: string, type: string): string | null {
  const start = script.indexOf(`$ pulumi import ${type} `);
  if (start < 0) return null;
  const line = script.slice(start, script.indexOf("\n", start)).trim();
  // `$ pulumi import <type> <name> <id>`: ids hold no space in the examples that are of use.
  const words = line.split(" ");
  return words.length === 6 ? (words[5] ?? "").replace(/^['"]|['"]$/gu, "") : null;
}
