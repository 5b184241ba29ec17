import type { Shape } from "./format.ts";

type Enums = ReadonlyMap<string, readonly string[]>;

/** A reader over one type expression. */
interface Reader {
  readonly text: string;
  at: number;
}

const WORD = /[\w.$]+/uy;

/**
 * Parses one type of the generated declarations, `pulumi.Input<pulumi.Input<string>[] | undefined>`
 * say. Knows just the grammar that the generator emits; anything else is `a`, anything goes.
 */
export function parseShape(type: string, enums: Enums): Shape {
  const reader: Reader = { text: type, at: 0 };
  const shape = readUnion(reader, enums);
  return reader.at >= type.length ? shape : "a";
}

function skipSpace(reader: Reader): void {
  while (reader.text[reader.at] === " ") reader.at++;
}

function take(reader: Reader, token: string): boolean {
  skipSpace(reader);
  if (!reader.text.startsWith(token, reader.at)) return false;
  reader.at += token.length;
  skipSpace(reader);
  return true;
}

function readUnion(reader: Reader, enums: Enums): Shape {
  const members: Shape[] = [];
  do {
    const member = readPostfix(reader, enums);
    if (member !== undefined) members.push(member);
  } while (take(reader, "|"));
  return unite(members);
}

function unite(members: readonly Shape[]): Shape {
  const first = members[0];
  if (first === undefined) return "a";
  if (members.length === 1) return first;
  if (members.includes("a")) return "a";
  // `string | SomeEnum` only suggests values: any string goes.
  const kept = members.includes("s")
    ? members.filter((member) => !Array.isArray(member) || member[0] !== "enum")
    : members;
  const distinct = [...new Map(kept.map((member) => [JSON.stringify(member), member])).values()];
  return distinct.length === 1 ? (distinct[0] ?? "a") : ["any-of", ...distinct];
}

function readPostfix(reader: Reader, enums: Enums): Shape | undefined {
  let shape = readPrimary(reader, enums);
  while (take(reader, "[]")) shape = ["list", shape ?? "a"];
  return shape;
}

function readPrimary(reader: Reader, enums: Enums): Shape | undefined {
  if (take(reader, "{")) return readMap(reader, enums);
  if (take(reader, "(")) {
    const inner = readUnion(reader, enums);
    take(reader, ")");
    return inner;
  }
  WORD.lastIndex = reader.at;
  const word = WORD.exec(reader.text)?.[0] ?? "";
  reader.at += word.length;
  if (word === "pulumi.Input" || word === "pulumi.Output") {
    take(reader, "<");
    const inner = readUnion(reader, enums);
    take(reader, ">");
    return inner;
  }
  return namedShape(word, enums);
}

function readMap(reader: Reader, enums: Enums): Shape {
  if (!take(reader, "[key: string]:")) return "a";
  const inner = readUnion(reader, enums);
  take(reader, ";");
  take(reader, "}");
  return ["map", inner];
}

function namedShape(word: string, enums: Enums): Shape | undefined {
  switch (word) {
    case "undefined":
      return undefined;
    case "string":
      return "s";
    case "number":
      return "n";
    case "boolean":
      return "b";
    case "any":
      return "a";
    default:
      return referencedShape(word, enums);
  }
}

function referencedShape(word: string, enums: Enums): Shape {
  if (word.startsWith("inputs.") || word.startsWith("outputs.")) {
    return ["ref", word.slice(word.indexOf(".") + 1)];
  }
  if (word.startsWith("enums.")) {
    const values = enums.get(word.slice("enums.".length));
    return values === undefined ? "s" : ["enum", ...values];
  }
  if (word.startsWith("pulumi.asset.")) return "x";
  // A resource class: the engine hands over its id.
  return /^[A-Z]\w*$/u.test(word) ? "s" : "a";
}
