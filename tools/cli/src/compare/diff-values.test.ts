import fc from "fast-check";

import type { JsonValue } from "@atoll/core";

import { diffValues, sameValue } from "./diff-values.ts";

test.each<[string, JsonValue, JsonValue, unknown]>([
  ["nothing", { a: [1, { b: 2 }] }, { a: [1, { b: 2 }] }, []],
  ["order of keys", { a: 1, b: 2 }, { b: 2, a: 1 }, []],
  ["a leaf", { a: { b: 1 } }, { a: { b: 2 } }, [{ path: "p.a.b", before: 1, after: 2 }]],
  ["an added key", {}, { a: null }, [{ path: "p.a", after: null }]],
  [
    "another kind of value",
    { a: 1 },
    { a: { b: 1 } },
    [{ path: "p.a", before: 1, after: { b: 1 } }],
  ],
  ["one item put in front", ["b", "c"], ["a", "b", "c"], [{ path: "p[0]", after: "a" }]],
  [
    "one item taken out of the middle",
    ["a", "b", "c"],
    ["a", "c"],
    [{ path: "p[1]", before: "b" }],
  ],
  [
    "a value that became known",
    { a: { $unknown: true } },
    { a: "x" },
    [{ path: "p.a", before: { $unknown: true }, after: "x" }],
  ],
  [
    "a secret: a value, never its parts",
    { $secret: "aa" },
    { $secret: "bb" },
    [{ path: "p", before: { $secret: "aa" }, after: { $secret: "bb" } }],
  ],
  [
    "inside a policy document",
    '{"Statement":[{"Effect":"Allow"}]}',
    '{"Statement":[{"Effect":"Deny"}]}',
    [{ path: "p.Statement[0].Effect", before: "Allow", after: "Deny" }],
  ],
  [
    "a document that is only written differently",
    '{"a":1}',
    '{ "a": 1 }',
    [{ path: "p", before: '{"a":1}', after: '{ "a": 1 }' }],
  ],
])("%s", (_name, before, after, expected) => {
  expect(diffValues(before, after, "p")).toEqual(expected);
});

test("no difference if and only if the values are the same", () => {
  const value = fc.jsonValue() as fc.Arbitrary<JsonValue>;
  fc.assert(
    fc.property(value, value, (a, b) => {
      expect(diffValues(a, a, "")).toEqual([]);
      expect(diffValues(a, b, "").length === 0).toBe(sameValue(a, b));
    }),
  );
});
