import { spawnSync } from "node:child_process";

import fc from "fast-check";

import { shellExports } from "./shell-exports.ts";

/** What a POSIX shell makes of it: the values, as it passes them on. */
function evaluated(text: string, names: readonly string[]): readonly string[] {
  const print = names.map((name) => `printf '%s\\0' "$${name}"`).join("; ");
  const { stdout, status } = spawnSync("sh", ["-c", `eval "$1"; ${print}`, "sh", text], {
    encoding: "utf8",
    env: {},
  });
  expect(status).toBe(0);
  return stdout.split("\0").slice(0, -1);
}

test("whatever a value holds, a shell gets it back unchanged and runs none of it", () => {
  const value = fc.string({ unit: "grapheme" }).filter((text) => !text.includes("\0"));
  const nasty = fc.constantFrom("'", "''", "a'b", "$(touch x)", "`id`", "\n", "a\nb\n\n", "\\", "");
  fc.assert(
    fc.property(fc.array(fc.oneof(value, nasty), { minLength: 1, maxLength: 5 }), (values) => {
      const names = values.map((_value, index) => `V_${index}`);
      const text = shellExports(Object.fromEntries(values.map((each, at) => [names[at]!, each])));
      expect(evaluated(text, names)).toEqual(values);
    }),
    { numRuns: 60 },
  );
});

test("nothing but export lines, in the order given", () => {
  expect(shellExports({ B: "it's", A: "" })).toBe("export B='it'\\''s'\nexport A=''\n");
});

test.each([
  ["A B", "x"],
  ["A;id", "x"],
  ["", "x"],
  ["A", "\0"],
])("%j with %j is refused", (name, value) => {
  expect(() => shellExports({ [name]: value })).toThrow(
    expect.objectContaining({ code: "SHELL_VALUE" }),
  );
});
