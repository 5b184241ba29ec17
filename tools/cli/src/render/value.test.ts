import { valueLines, valueText } from "./value.ts";

test.each([
  ["text", "a", '"a"'],
  ["nothing", null, "null"],
  ["a list", [1, "a"], '[1, "a"]'],
  ["an object, keys sorted", { b: 1, a: {} }, "{ a: {}, b: 1 }"],
  ["an unknown", { $unknown: true }, "unknown before deployment"],
  ["a secret", { $secret: "0123456789" }, "secret (sha256 01234567)"],
  [
    "an asset",
    { $asset: { path: "a/b.js", sha256: "abcdef0123" } },
    "asset a/b.js (sha256 abcdef01)",
  ],
] as const)("%s on a line", (_name, value, expected) => {
  expect(valueText(value)).toBe(expected);
});

test("long text is cut and says by how much", () => {
  expect(valueText("x".repeat(200))).toBe(`"${"x".repeat(160)}" and 40 characters more`);
});

test("over several lines, deeper values stand further to the right, and marks behind them", () => {
  const value = { list: [{ a: 1 }, []], name: "x", unknown: { $unknown: true } };
  const mark = (path: string) => (path === "list[0].a" ? " *" : "");
  expect(valueLines(value, { mark })).toEqual([
    "list:",
    "  [0]:",
    "    a: 1 *",
    "  [1]: []",
    'name: "x"',
    "unknown: unknown before deployment",
  ]);
});
