import type { JsonValue } from "@atoll/core";
import fc from "fast-check";

import { placeholdersOf, renderPolicy } from "./render-policy.ts";

test("text goes into text, a list takes the place of a whole string", () => {
  const rendered = renderPolicy(
    { Resource: "arn:{{partition}}:iam::*:role/{{role}}", Regions: "{{regions}}" },
    { partition: "aws-cn", role: "Deploy", regions: ["a", "b"] },
  );

  expect(rendered).toEqual({
    text: '{"Resource":"arn:aws-cn:iam::*:role/Deploy","Regions":["a","b"]}',
    missing: [],
    unused: [],
  });
});

test("placeholders without a value, and values that nothing asks for, are named", () => {
  expect(renderPolicy(["{{b}}", "x{{a}}", "{{a}}"], { c: "1", d: "2" })).toMatchObject({
    missing: ["a", "b"],
    unused: ["c", "d"],
  });
});

test("a list inside a longer text is missing: there is no text for it", () => {
  expect(renderPolicy("x{{a}}", { a: ["1"] })).toMatchObject({ missing: ["a"] });
});

test("what every object inherits is no value", () => {
  expect(renderPolicy("{{constructor}}", {}).missing).toEqual(["constructor"]);
});

test("a value cannot break out of its string, and stays as it is", () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (whole, part) => {
      const { text } = renderPolicy({ a: "{{whole}}", b: "<{{part}}>" }, { whole, part });
      expect(JSON.parse(text)).toEqual({ a: whole, b: `<${part}>` });
    }),
  );
});

test("a document without placeholders comes back as it is", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const document = value as JsonValue;
      fc.pre(!JSON.stringify(document).includes("{{"));
      expect(placeholdersOf(document)).toEqual([]);
      expect(JSON.parse(renderPolicy(document, {}).text)).toEqual(
        JSON.parse(JSON.stringify(document)),
      );
    }),
  );
});
