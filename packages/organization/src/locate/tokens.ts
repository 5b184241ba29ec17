/** A piece of source text that matters to the shape of a literal. */
export interface Token {
  /** `punctuation` is one character, but for the spread `...`; `other` is a name, a number, an operator. */
  readonly kind: "punctuation" | "string" | "template" | "other";
  /** The text; of a string, its value. */
  readonly text: string;
  /** 1-based. */
  readonly line: number;
}

const PIECE =
  /(\s+|\/\/[^\n]*|\/\*[\s\S]*?\*\/)|("(?:[^"\\\n]|\\[\s\S])*"|'(?:[^'\\\n]|\\[\s\S])*')|(`(?:[^`\\$]|\\[\s\S]|\$(?!\{))*`)|(\.\.\.|[{}()[\],:])|([A-Za-z_$][\w$]*|\d[\w.]*|=>|[^\s\w$"'`/{}()[\],:])/y;

/**
 * Cuts a TypeScript source into tokens, without comments.
 *
 * @returns null for what this simple reader does not understand: a template with values in it, a regular expression, a
 *   division, a string that does not end
 */
export function tokenize(text: string): readonly Token[] | null {
  const tokens: Token[] = [];
  let line = 1;
  PIECE.lastIndex = 0;
  while (PIECE.lastIndex < text.length) {
    const match = PIECE.exec(text);
    if (match === null) return null;
    const [whole, blank, string, template, punctuation] = match;
    if (blank === undefined) tokens.push(tokenOf(whole, line, { string, template, punctuation }));
    line += whole.split("\n").length - 1;
  }
  return tokens;
}

function tokenOf(
  whole: string,
  line: number,
  found: {
    readonly string: string | undefined;
    readonly template: string | undefined;
    readonly punctuation: string | undefined;
  },
): Token {
  if (found.string !== undefined) return { kind: "string", text: unquote(whole), line };
  if (found.template !== undefined) return { kind: "template", text: whole.slice(1, -1), line };
  if (found.punctuation !== undefined) return { kind: "punctuation", text: whole, line };
  return { kind: "other", text: whole, line };
}

function unquote(text: string): string {
  // Keys and names have no escapes to speak of; a backslash keeps the character after it.
  return text.slice(1, -1).replace(/\\([\s\S])/g, "$1");
}
