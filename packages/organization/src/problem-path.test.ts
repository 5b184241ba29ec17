import fc from "fast-check";

import { formatPath, parsePath } from "./problem-path.ts";

test.each([
  [[], "organization"],
  [["accounts", 2, "email"], "accounts[2].email"],
  [["tags", "cost-center"], 'tags["cost-center"]'],
  [["tags", 'a"b'], 'tags["a\\"b"]'],
] as const)("%j is written %s", (segments, text) => {
  expect(formatPath(segments)).toBe(text);
});

test("what was written can be read", () => {
  const segment = fc.oneof(fc.nat(), fc.string());
  fc.assert(
    fc.property(fc.array(segment, { minLength: 1 }), (segments) => {
      // A path of the one name that stands for the organization itself reads as that.
      fc.pre(segments.length > 1 || segments[0] !== "organization");
      expect(parsePath(formatPath(segments))).toEqual(segments);
    }),
  );
});

test("paths that other packages write with dots alone are read too", () => {
  expect(parsePath("tags.cost-center")).toEqual(["tags", "cost-center"]);
});

test.each(["", ".", "a..b", "a[", "a[x]", "a.[0]", '"a"'])("%j is no path", (text) => {
  expect(parsePath(text)).toBeNull();
});
