import { renderDocument } from "./render-document.ts";

test("placeholders inside strings are replaced, however deep, and the text has no white space", () => {
  const document = { a: ["x-{{one}}", { b: "{{one}}{{two}}", c: 1, d: null }] };
  expect(renderDocument(document, { one: "1", two: 'say "2"' })).toBe(
    '{"a":["x-1",{"b":"1say \\"2\\"","c":1,"d":null}]}',
  );
});

test("a placeholder without a value and a value without a place are refused, all by name", () => {
  const document = ["{{b}}", "{{a}}", "{{given}}", "{{toString}}"];
  expect(() => renderDocument(document, { given: "x", spare: "y" })).toThrow(
    expect.objectContaining({
      code: "DOCUMENT_PLACEHOLDERS",
      message: expect.stringMatching(/for: a, b, toString; .* for: spare$/),
    }),
  );
});
