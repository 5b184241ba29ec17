import type { Problem } from "@atoll/core";
import fc from "fast-check";

import { locateProblems } from "./locate-problems.ts";

const problem = (path: string): Problem => ({
  code: "X",
  severity: "error",
  path,
  message: "",
  got: null,
  expected: "",
  fix: "",
});

/** The line that a path is found on; undefined where there is a doubt. */
function lineOf(path: string, text: string): number | undefined {
  return locateProblems([problem(path)], "organization.ts", text)[0]?.source?.line;
}

const plain = `import { defineOrganization } from "@atoll/organization";

// defineOrganization({ name: "a comment" })
export default defineOrganization({
  name: "acme", /* accounts: [ */
  pools: { main: { cidr: "10.0.0.0/12" } },
  accounts: [
    { name: "a", email: "a{b" },
    {
      name: "b",
      "email": 'b',
      tags: {
        "cost-center": "1",
      },
      regions: [
        "eu-west-1",
        "eu-west-2",
      ] as const,
    },
  ],
});
`;

describe("a plain literal", () => {
  test.each([
    ["name", 5],
    ["pools.main.cidr", 6],
    ["accounts", 7],
    ["accounts[0].email", 8],
    ["accounts[1]", 9],
    ["accounts[1].name", 10],
    ["accounts[1].email", 11],
    ['accounts[1].tags["cost-center"]', 13],
    ["accounts[1].tags.cost-center", 13],
    ["accounts[1].regions[1]", 17],
  ])("%s is on line %d", (path, line) => {
    expect(lineOf(path, plain)).toBe(line);
  });

  test.each([
    ["accounts[1].id", 9],
    ["accounts[0].addresses.pool", 8],
    ["homeRegion", 4],
    ["accounts[1].regions[7]", 15],
  ])("%s is missing, so its place is what should hold it: line %d", (path, line) => {
    expect(lineOf(path, plain)).toBe(line);
  });

  test("a problem keeps the source that it has, and the file is said as given", () => {
    const located = { ...problem("name"), source: { file: "x.ts", line: 1 } };

    expect(locateProblems([located, problem("name")], "stacks/organization.ts", plain)).toEqual([
      located,
      { ...problem("name"), source: { file: "stacks/organization.ts", line: 5 } },
    ]);
  });

  test("line ends of Windows make no difference", () => {
    expect(lineOf("accounts[1].email", plain.replaceAll("\n", "\r\n"))).toBe(11);
  });
});

describe("where there is a doubt, no line is better than a wrong one", () => {
  const call = (argument: string) => `export default defineOrganization(${argument});`;

  test.each([
    ["a variable", "input", "name"],
    ["two calls", '{ name: "a" }); defineOrganization({ name: "b" }', "name"],
    ["a literal that is only the start", '{ name: "a" }.b', "name"],
    ["a property before a spread", '{ name: "a", ...more }', "name"],
    ["a property that a spread may hold", '{ ...more, name: "a" }', "homeRegion"],
    ["an element after a spread", '{ accounts: [...more, { name: "a" }] }', "accounts[1].name"],
    ["an element of a mapped list", '{ accounts: [{ name: "a" }].map(f) }', "accounts[0].name"],
    ["an attribute of a made element", '{ accounts: [make({ name: "a" })] }', "accounts[0].name"],
    ["a computed name", '{ [name]: "a" }', "name"],
    ["a template with a value", "{ name: `a${b}` }", "name"],
    ["a regular expression", "{ a: /[{]/, name: 1 }", "name"],
    ["an unfinished file", '{ name: "a', "name"],
    ["a path of another kind", '{ name: "a" }', "network/vpc:cidrBlock"],
  ])("%s", (_, argument, path) => {
    expect(lineOf(path, call(argument))).toBeUndefined();
  });

  test("what comes after a spread is certain, and so is an element before one", () => {
    expect(lineOf("name", call('{ ...more, name: "a" }'))).toBe(1);
    expect(lineOf("accounts[0].name", call('{ accounts: [{ name: "a" }, ...more] }'))).toBe(1);
    expect(lineOf("accounts[0]", call('{ accounts: [make({ name: "a" })] }'))).toBe(1);
  });
});

test("any text at all is read to its end, without an error", () => {
  const pieces = ["{", "}", "[", "]", "(", ")", ",", "a", ":", "...", "\n", '"x"', "`", "a: "];
  const piece = fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...pieces) }, fc.string());
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), (list) => {
      const line = lineOf("a", `defineOrganization({${list.join("")}`);
      expect(line === undefined || line >= 1).toBe(true);
    }),
    { numRuns: 2000 },
  );
});

test("a literal printed as JSON is found line by line", () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ name: fc.string(), email: fc.string() }), { minLength: 1 }),
      (accounts) => {
        const text = `defineOrganization(${JSON.stringify({ accounts }, null, 1)});`;
        // Line 1 opens the call, 2 the list; each account takes four lines: brace, name, email, brace.
        for (const index of accounts.keys()) {
          expect(lineOf(`accounts[${index}].name`, text)).toBe(4 * index + 4);
          expect(lineOf(`accounts[${index}].email`, text)).toBe(4 * index + 5);
        }
      },
    ),
  );
});
