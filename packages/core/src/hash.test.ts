import fc from "fast-check";

import { shortHash, stableJson } from "./hash.ts";
import { errorWithCode } from "./testing/errors.ts";

test("the order in which keys were set leaves no trace", () => {
  expect(stableJson({ b: 1, a: [{ d: null, c: "x" }] })).toBe('{"a":[{"c":"x","d":null}],"b":1}');
});

test("it is JSON of the same value", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      // JSON has no negative zero.
      expect(JSON.parse(stableJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});

test("equal values have equal text whatever their key order", () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
      const reversed = Object.fromEntries(Object.entries(value).reverse());
      expect(stableJson(reversed)).toBe(stableJson(value));
    }),
  );
});

test("undefined properties are left out, as in JSON", () => {
  expect(stableJson({ a: undefined, b: 1 })).toBe('{"b":1}');
});

test.each([
  ["a function", () => 1],
  ["a bigint", 1n],
  ["NaN", Number.NaN],
  ["a date", new Date(0)],
  ["a map", new Map()],
  ["undefined in a list", undefined],
])("%s is refused by the place it is in", (_name, value) => {
  expect(() => stableJson({ list: [0, value] })).toThrow(
    errorWithCode("JSON_UNSUPPORTED", "$.list[1]"),
  );
});

test("a short hash is the beginning of the SHA-256", () => {
  expect(shortHash("abc")).toBe("ba7816bf");
  expect(shortHash("abc", 64)).toHaveLength(64);
  expect(() => shortHash("abc", 0)).toThrow(errorWithCode("HASH_LENGTH"));
  expect(() => shortHash("abc", 65)).toThrow(errorWithCode("HASH_LENGTH"));
});
