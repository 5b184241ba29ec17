import fc from "fast-check";

import { coversPath, pathSteps, withIgnored } from "./property-path.ts";

test.each([
  ["a", ["a"]],
  ["a.b[0].c", ["a", "b", "0", "c"]],
  ['tags["a.b"]', ["tags", "a.b"]],
  ['tags["say \\"hi\\""].x', ["tags", 'say "hi"', "x"]],
  ["rules[*].port", ["rules", "*", "port"]],
  ["*", ["*"]],
  ["", []],
])("%s has the steps %j", (path, steps) => {
  expect(pathSteps(path)).toEqual(steps);
});

test.each([
  ["tags", "tags.Name", true],
  ["tags", "tagsAll", false],
  ["tags.Name", "tags", false],
  ["rules[*].port", "rules[2].port", true],
  ["rules[1].port", "rules[2].port", false],
  ["*", "anything.at.all", true],
  ['tags["a.b"]', 'tags["a.b"]', true],
])("%s covers %s: %s", (option, path, covers) => {
  expect(coversPath(option, path)).toBe(covers);
});

test.each([
  ["a value", { a: 1, b: 1 }, { a: 2, b: 2 }, ["a"], { a: 1, b: 2 }],
  ["one that came", {}, { a: 2 }, ["a"], {}],
  ["one that went", { a: 1 }, {}, ["a"], { a: 1 }],
  [
    "inside an object",
    { t: { x: 1, y: 1 } },
    { t: { x: 2, y: 2 } },
    ["t.x"],
    { t: { x: 1, y: 2 } },
  ],
  ["inside what came", {}, { t: { x: 2 } }, ["t.x"], { t: { x: 2 } }],
  ["everything", { a: 1, c: 1 }, { a: 2, b: 2 }, ["*"], { a: 1, c: 1 }],
  [
    "each element",
    { l: [{ p: 1 }, { p: 1 }] },
    { l: [{ p: 2 }, { p: 3 }] },
    ["l[*].p"],
    { l: [{ p: 1 }, { p: 1 }] },
  ],
  ["an element that came", { l: [1] }, { l: [2, 3] }, ["l[1]"], { l: [2, 3] }],
  ["several", { a: 1, b: 1 }, { a: 2, b: 2 }, ["a", "b", "c"], { a: 1, b: 1 }],
])("ignored: %s", (_name, before, after, paths, expected) => {
  expect(withIgnored(before, after, paths)).toEqual(expected);
});

test("what is wholly ignored is as it was, and nothing is changed in place", () => {
  const record = fc.dictionary(fc.constantFrom("a", "b", "c"), fc.integer());
  fc.assert(
    fc.property(record, record, (before, after) => {
      const copy = structuredClone(after);
      expect(withIgnored(before, after, ["*"])).toEqual(before);
      expect(withIgnored(before, after, [])).toEqual(after);
      expect(after).toEqual(copy);
    }),
  );
});
