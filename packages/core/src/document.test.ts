import type { JsonValue } from "./problem.ts";
import fc from "fast-check";

import { fillDocument, placeholdersOf, renderDocument } from "./document.ts";

test("text goes into text, a list takes the place of a whole string", () => {
  const rendered = fillDocument(
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
  expect(fillDocument(["{{b}}", "x{{a}}", "{{a}}"], { c: "1", d: "2" })).toMatchObject({
    missing: ["a", "b"],
    unused: ["c", "d"],
  });
});

test("a list inside a longer text is missing: there is no text for it", () => {
  expect(fillDocument("x{{a}}", { a: ["1"] })).toMatchObject({ missing: ["a"] });
});

test("what every object inherits is no value", () => {
  expect(fillDocument("{{constructor}}", {}).missing).toEqual(["constructor"]);
});

test("a value cannot break out of its string, and stays as it is", () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (whole, part) => {
      const { text } = fillDocument({ a: "{{whole}}", b: "<{{part}}>" }, { whole, part });
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
      expect(JSON.parse(fillDocument(document, {}).text)).toEqual(
        JSON.parse(JSON.stringify(document)),
      );
    }),
  );
});

test("where values have to fit, what is missing and what is left over is refused, all by name", () => {
  const document = ["{{b}}", "{{a}}", "{{given}}", "{{toString}}"];
  expect(() => renderDocument(document, { given: "x", spare: "y" })).toThrow(
    expect.objectContaining({
      code: "DOCUMENT_PLACEHOLDERS",
      message: expect.stringMatching(/for: a, b, toString; .* for: spare$/),
    }),
  );
  expect(renderDocument(["<{{a}}>"], { a: 'say "1"' })).toBe('["<say \\"1\\">"]');
});
