import { jsonMeaning, policyMeaning } from "./policy-meaning.ts";

const statement = { Effect: "Allow", Action: "s3:GetObject", Resource: "*" };
const meaning = (document: unknown) => policyMeaning(JSON.stringify(document));
const policyOf = (changes: object) => meaning({ Statement: [{ ...statement, ...changes }] });

test.each([
  ["a list of one action", { Action: ["s3:GetObject"] }],
  ["the effect in small letters", { Effect: "allow" }],
  ["an empty list of what is not there", { NotAction: [] }],
])("%s means the same", (_name, changes) => {
  expect(policyOf(changes)).toBe(policyOf({}));
});

test.each([
  ["another action", { Action: "s3:PutObject" }],
  ["another effect", { Effect: "Deny" }],
  ["a name for the statement", { Sid: "A" }],
  ["an empty condition", { Condition: {} }],
  ["anybody as a text", { Principal: "*" }],
])("%s means something else", (_name, changes) => {
  expect(policyOf(changes)).not.toBe(policyOf({}));
});

test("values of conditions have no order, and true is a text", () => {
  const one = policyOf({
    Condition: { Bool: { "aws:SecureTransport": true }, StringLike: { a: ["x", "y"] } },
  });
  const two = policyOf({
    Condition: { StringLike: { a: ["y", "x"] }, Bool: { "aws:SecureTransport": "true" } },
  });
  expect(one).toBe(two);
});

test("statements have no order, and a single one needs no list", () => {
  const other = { Effect: "Deny", Action: "*", Resource: "*" };
  expect(meaning({ Statement: [statement, other] })).toBe(
    meaning({ Statement: [other, statement] }),
  );
  expect(meaning({ Statement: statement })).toBe(policyOf({}));
  expect(meaning([{ Statement: statement }])).toBe(policyOf({}));
});

test("another version means something else", () => {
  expect(meaning({ Version: "2008-10-17", Statement: [statement] })).not.toBe(policyOf({}));
});

test("in other documents, the order of lists counts", () => {
  expect(meaning({ tags: ["a", "b"], x: 1 })).toBe(meaning({ x: 1, tags: ["a", "b"] }));
  expect(meaning({ tags: ["a", "b"] })).not.toBe(meaning({ tags: ["b", "a"] }));
  expect(jsonMeaning('{ "a": [1, {"c": 1, "b": 2}] }')).toBe('{"a":[1,{"b":2,"c":1}]}');
});

test("what is no JSON has no meaning", () => {
  expect(policyMeaning("{")).toBeUndefined();
  expect(jsonMeaning("")).toBeUndefined();
});
