import { parseShape } from "./parse-shape.ts";
import type { Shape } from "./format.ts";

/** One property of a generated declaration. */
export interface DeclaredProperty {
  readonly name: string;
  readonly optional: boolean;
  /** The type's text, on one line. */
  readonly type: string;
  /** The comment before it, on one line. */
  readonly doc: string;
}

const SPACE = /\s+/gu;

/** Blanks every doc comment of generated declarations, keeping all other positions. */
function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//gu, "");
}

/** The end of the block that opens at `open`, which is the index of its `{`. */
function blockEnd(text: string, open: number): number {
  let depth = 0;
  for (let at = open; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 123) depth++;
    else if (code === 125 && --depth === 0) return at;
  }
  return text.length;
}

/** The end of a type that starts at `from`: the first semicolon outside any bracket. */
function typeEnd(text: string, from: number): number {
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 123) depth++;
    else if (code === 125) depth--;
    else if (code === 59 && depth === 0) return at;
  }
  return text.length;
}

const PROPERTY =
  /(?:\/\*\*([^*]*(?:\*(?!\/)[^*]*)*)\*\/\s*)?^\s*(?:readonly )?"?([A-Za-z_$][\w$-]*)"?(\??): /gmu;

/** The properties of one generated interface or class body; methods are not properties. */
export function parseProperties(body: string): DeclaredProperty[] {
  const properties: DeclaredProperty[] = [];
  PROPERTY.lastIndex = 0;
  for (let match = PROPERTY.exec(body); match !== null; match = PROPERTY.exec(body)) {
    const from = match.index + match[0].length;
    const end = typeEnd(body, from);
    properties.push({
      name: match[2] ?? "",
      optional: match[3] === "?",
      type: body.slice(from, end).replace(SPACE, " ").trim(),
      doc: (match[1] ?? "")
        .replace(/\n\s*\*/gu, " ")
        .replace(SPACE, " ")
        .trim(),
    });
    PROPERTY.lastIndex = end + 1;
  }
  return properties;
}

/** The body of `header`'s block, such as `interface VpcArgs`; undefined where there is none. */
export function bodyOf(text: string, header: string): string | undefined {
  const start = text.indexOf(`${header} `);
  if (start < 0) return undefined;
  const open = text.indexOf("{", start);
  return text.slice(open + 1, blockEnd(text, open));
}

/** Nested shapes of a declarations file by `service.Name` (or `Name` outside any namespace). */
export function parseNested(
  text: string,
  enums: ReadonlyMap<string, readonly string[]>,
): Map<string, { properties: Record<string, Shape>; required: string[] }> {
  const tables = new Map<string, { properties: Record<string, Shape>; required: string[] }>();
  const clean = withoutComments(text);
  const header = /^( *)(?:export )?(?:declare )?(namespace|interface) ([\w.$]+)/gmu;
  let namespace = "";
  for (let match = header.exec(clean); match !== null; match = header.exec(clean)) {
    const [, indent = "", kind = "", name = ""] = match;
    if (kind === "namespace") {
      namespace = `${name}.`;
      continue;
    }
    const open = clean.indexOf("{", header.lastIndex);
    const end = blockEnd(clean, open);
    const properties: Record<string, Shape> = {};
    const required: string[] = [];
    for (const property of parseProperties(clean.slice(open + 1, end))) {
      properties[property.name] = parseShape(property.type, enums);
      if (!property.optional) required.push(property.name);
    }
    tables.set(indent === "" ? name : namespace + name, { properties, required });
    header.lastIndex = end;
  }
  return tables;
}

/** Values of the enumerations in a generated file by `service.Name`. */
export function parseEnums(text: string, service: string): Map<string, readonly string[]> {
  const enums = new Map<string, readonly string[]>();
  const header = /export declare const (\w+): \{/gu;
  const clean = withoutComments(text);
  for (let match = header.exec(clean); match !== null; match = header.exec(clean)) {
    const open = header.lastIndex - 1;
    const body = clean.slice(open, blockEnd(clean, open));
    const values = [...body.matchAll(/readonly \w+: "([^"]*)"/gu)].map((row) => row[1] ?? "");
    enums.set(`${service}.${match[1] ?? ""}`, values);
  }
  return enums;
}
