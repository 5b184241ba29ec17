import type { Token } from "./tokens.ts";

/** Where a value of a literal was written, with its parts as far as they are plain to see. */
export interface Position {
  /** 1-based; of a property, the line of its name. */
  readonly line: number;
  /** Null where the value is no object literal. */
  readonly properties: ReadonlyMap<string, Position> | null;
  /** Null where the value is no list literal; elements after a spread are left out. */
  readonly elements: readonly Position[] | null;
  /** True when a spread or a computed name may add what is not plain to see. */
  readonly open: boolean;
}

/** A place in the tokens, moved forward while reading. */
interface Cursor {
  readonly tokens: readonly Token[];
  at: number;
}

const OPENING = new Set(["{", "(", "["]);
const CLOSING = new Set(["}", ")", "]"]);

/**
 * Reads the object literal that is the argument of the one call of a function in a source.
 *
 * @returns null unless there is exactly one call and its argument is an object literal
 */
export function readCallArgument(tokens: readonly Token[], callee: string): Position | null {
  const calls = tokens.flatMap((token, index) =>
    token.kind === "other" && token.text === callee && isAt(tokens, index + 1, "(") ? index : [],
  );
  const [call] = calls;
  if (call === undefined || calls.length > 1 || !isAt(tokens, call + 2, "{")) return null;
  const cursor = { tokens, at: call + 2 };
  const position = readValue(cursor, tokens[cursor.at]?.line ?? 1);
  // What was read as a literal may be the start of something else, such as `{…}.accounts`, or end nowhere.
  const ends = isAt(tokens, cursor.at, ")") || isAt(tokens, cursor.at + 1, ")");
  return position.properties === null || !ends ? null : position;
}

function isAt(tokens: readonly Token[], index: number, text: string): boolean {
  const token = tokens[index];
  return token?.kind === "punctuation" && token.text === text;
}

/** Reads a value up to the comma or closing bracket after it. */
function readValue(cursor: Cursor, line: number): Position {
  const opaque: Position = { line, properties: null, elements: null, open: true };
  let position = opaque;
  if (isAt(cursor.tokens, cursor.at, "{")) position = readObject(cursor, line);
  else if (isAt(cursor.tokens, cursor.at, "[")) position = readList(cursor, line);
  if (!endsValue(cursor)) {
    const next = cursor.tokens[cursor.at];
    if (next?.text !== "as" && next?.text !== "satisfies") position = opaque;
    skipValue(cursor);
  }
  return position;
}

function readObject(cursor: Cursor, line: number): Position {
  const properties = new Map<string, Position>();
  let open = false;
  cursor.at += 1;
  while (cursor.at < cursor.tokens.length && !isAt(cursor.tokens, cursor.at, "}")) {
    const name = cursor.tokens[cursor.at];
    const named = name !== undefined && (name.kind === "other" || name.kind === "string");
    if (named && isAt(cursor.tokens, cursor.at + 1, ":")) {
      cursor.at += 2;
      properties.set(name.text, readValue(cursor, name.line));
    } else if (named && name.kind === "other" && isEnd(cursor.tokens[cursor.at + 1])) {
      cursor.at += 1;
      properties.set(name.text, { line: name.line, properties: null, elements: null, open: true });
    } else {
      // A spread, a computed name, a method: it may replace what came before it.
      open = true;
      properties.clear();
      skipValue(cursor);
    }
    endItem(cursor, "}");
  }
  cursor.at += 1;
  return { line, properties, elements: null, open };
}

function readList(cursor: Cursor, line: number): Position {
  const elements: Position[] = [];
  let open = false;
  cursor.at += 1;
  while (cursor.at < cursor.tokens.length && !isAt(cursor.tokens, cursor.at, "]")) {
    const first = cursor.tokens[cursor.at];
    if (isAt(cursor.tokens, cursor.at, "...") || isAt(cursor.tokens, cursor.at, ",")) open = true;
    const element = readValue(cursor, first?.line ?? line);
    if (!open) elements.push(element);
    endItem(cursor, "]");
  }
  cursor.at += 1;
  return { line, properties: null, elements, open };
}

/** Moves over the comma after an item. Where neither a comma nor the closing bracket follows, nothing more is read. */
function endItem(cursor: Cursor, closing: string): void {
  if (isAt(cursor.tokens, cursor.at, ",")) cursor.at += 1;
  else if (!isAt(cursor.tokens, cursor.at, closing)) cursor.at = cursor.tokens.length;
}

function isEnd(token: Token | undefined): boolean {
  if (token?.kind !== "punctuation") return token === undefined;
  return token.text === "," || CLOSING.has(token.text);
}

function endsValue(cursor: Cursor): boolean {
  return isEnd(cursor.tokens[cursor.at]);
}

function skipValue(cursor: Cursor): void {
  let depth = 0;
  for (; cursor.at < cursor.tokens.length; cursor.at += 1) {
    const token = cursor.tokens[cursor.at];
    if (depth === 0 && isEnd(token)) return;
    if (token?.kind !== "punctuation") continue;
    if (OPENING.has(token.text)) depth += 1;
    else if (CLOSING.has(token.text)) depth -= 1;
  }
}
