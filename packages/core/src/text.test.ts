import fc from "fast-check";

import { characterCount, editDistance, suggest } from "./text.ts";

test.each([
  ["netwrok", ["network", "security"], "network"],
  ["Network", ["network"], "network"],
  ["workload-dev", ["workloads-dev", "workloads-prod"], "workloads-dev"],
  ["ab", ["ax", "ay"], "ax"],
  ["xyz", ["network"], undefined],
  ["", ["a"], "a"],
  ["a", [], undefined],
])("%j among %j means %j", (word, candidates, expected) => {
  expect(suggest(word, candidates)).toBe(expected);
});

test("the order of the candidates does not matter", () => {
  fc.assert(
    fc.property(
      fc.string({ maxLength: 6 }),
      fc.array(fc.string({ maxLength: 6 })),
      (word, candidates) => {
        expect(suggest(word, [...candidates].reverse())).toBe(suggest(word, candidates));
      },
    ),
  );
});

test("the distance is symmetric, zero for the same word alone, and counts a swap as one", () => {
  expect(editDistance("netwrok", "network")).toBe(1);
  expect(editDistance("kitten", "sitting")).toBe(3);
  fc.assert(
    fc.property(fc.string({ maxLength: 8 }), fc.string({ maxLength: 8 }), (a, b) => {
      expect(editDistance(a, b)).toBe(editDistance(b, a));
      expect(editDistance(a, b) === 0).toBe(a === b);
    }),
  );
});

test("a character outside the basic plane counts once", () => {
  expect(characterCount("a😀é")).toBe(3);
});
