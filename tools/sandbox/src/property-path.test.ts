import fc from "fast-check";

import { parsePath, withValueAt } from "./property-path.ts";

describe("parsePath", () => {
  it.each([
    ["tags", ["tags"]],
    ["tags.Name", ["tags", "Name"]],
    ["routes[0].gatewayId", ["routes", 0, "gatewayId"]],
    ['tags["a.b"]', ["tags", "a.b"]],
    ['tags["a\\"b"].c', ["tags", 'a"b', "c"]],
  ])("reads %s", (text, path) => {
    expect(parsePath(text)).toEqual(path);
  });

  it.each(["", ".a", "a.", "a..b", "a[", "a[x]", "[0]", 'a["', "a]b", "a[1"])(
    "refuses %s",
    (text) => {
      expect(parsePath(text)).toBeUndefined();
    },
  );
});

describe("withValueAt", () => {
  it("takes away by null and makes what is missing on the way", () => {
    expect(withValueAt({ a: { b: 1 } }, ["a", "b"], null)).toEqual({ a: {} });
    expect(withValueAt({ a: [1, 2] }, ["a", 0], null)).toEqual({ a: [2] });
    expect(withValueAt({}, ["a", "b"], 1)).toEqual({ a: { b: 1 } });
  });

  it("leaves the record that it is given as it is", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.string(), (record, key) => {
        const before = JSON.stringify(record);
        withValueAt(record as never, [key, "x"], 1);
        expect(JSON.stringify(record)).toBe(before);
      }),
    );
  });
});
