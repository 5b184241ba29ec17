import { hash } from "node:crypto";

import { AtollError } from "./errors.ts";
import { compareText } from "./problem.ts";

/**
 * JSON text that is the same whatever order an object's keys were set in: keys sorted by code unit, no white space.
 * As in JSON, properties that are undefined are left out.
 *
 * @throws AtollError `JSON_UNSUPPORTED` for a value that JSON cannot carry (a function, a bigint, NaN, a Date, a Map),
 *   because two different ones would get the same text
 */
export function stableJson(value: unknown): string {
  return write(value, "$");
}

/**
 * The first characters of a text's SHA-256 in lower-case hexadecimal.
 *
 * @param length 1 to 64 characters; each is worth 4 bits. @default 8
 * @throws AtollError `HASH_LENGTH` for any other length
 */
export function shortHash(text: string, length = 8): string {
  if (!Number.isInteger(length) || length < 1 || length > 64) {
    throw new AtollError("HASH_LENGTH", `a SHA-256 has 1 to 64 characters to give, not ${length}`);
  }
  return hash("sha256", text, "hex").slice(0, length);
}

function write(value: unknown, path: string): string {
  if (value === null || typeof value === "string" || typeof value === "boolean") {
    return JSON.stringify(value);
  }
  if (typeof value === "number" && Number.isFinite(value)) return JSON.stringify(value);
  if (Array.isArray(value)) {
    return `[${value.map((item, index) => write(item, `${path}[${index}]`)).join(",")}]`;
  }
  if (isRecord(value)) {
    const entries = Object.entries(value)
      .filter(([, item]) => item !== undefined)
      .sort(([a], [b]) => compareText(a, b))
      .map(([key, item]) => `${JSON.stringify(key)}:${write(item, `${path}.${key}`)}`);
    return `{${entries.join(",")}}`;
  }
  throw new AtollError("JSON_UNSUPPORTED", `${path} holds a value that JSON cannot carry`);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  // By tag, not by prototype: objects from another realm (a test runner's) count too; a Date or a Map does not.
  return typeof value === "object" && Object.prototype.toString.call(value) === "[object Object]";
}
