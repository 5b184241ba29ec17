import { renderAddressBook } from "./address-book.ts";
import { parseAddressBook } from "./parse-address-book.ts";

const FILE = "stacks/organization.ts.addresses.json";

function bookText(allocations: Record<string, string>): string {
  return renderAddressBook({ version: 1, allocations });
}

function codesAt(text: string): readonly (readonly [string, string, number | undefined])[] {
  return parseAddressBook(text, FILE).problems.map(
    ({ code, path, source }) => [code, path, source?.line] as const,
  );
}

test("a book that was rendered is read back, in key order and one line an allocation", () => {
  const allocations = {
    "network/eu-west-1/euw1-az1/private": "10.0.0.0/19",
    "network/eu-west-1": "10.0.0.0/16",
  };
  const text = bookText(allocations);
  expect(parseAddressBook(text)).toEqual({ book: { version: 1, allocations }, problems: [] });
  expect(text).toBe(`{
  "version": 1,
  "allocations": {
    "network/eu-west-1": "10.0.0.0/16",
    "network/eu-west-1/euw1-az1/private": "10.0.0.0/19"
  }
}
`);
});

test.each([
  ["a merge conflict", '{\n  "version": 1,\n  "allocations": {\n<<<<<<< HEAD\n', 4],
  ["a missing comma", '{\n  "version": 1\n  "allocations": {}\n}\n', 3],
  ["a file that ends early", '{\n  "version": 1,\n  "allocations": {\n', 3],
  ["a trailing comma", '{\n  "version": 1,\n  "allocations": {},\n}\n', 4],
  ["nothing", "", 1],
])("bad JSON is reported with its line: %s", (_, text, line) => {
  expect(parseAddressBook(text, FILE)).toEqual({
    book: null,
    problems: [
      expect.objectContaining({ code: "ADDRESS_BOOK_NOT_JSON", source: { file: FILE, line } }),
    ],
  });
});

test.each([
  ["a list", "[]", ["ADDRESS_BOOK_SHAPE"]],
  ["null", "null", ["ADDRESS_BOOK_SHAPE"]],
  ["no allocations", '{ "version": 1 }', ["ADDRESS_BOOK_SHAPE"]],
  ["another version", '{ "version": 2, "allocations": {} }', ["ADDRESS_BOOK_VERSION"]],
  [
    "a misspelt attribute",
    '{ "version": 1, "alocations": {} }',
    ["ADDRESS_BOOK_SHAPE", "ADDRESS_BOOK_UNKNOWN_ATTRIBUTE"],
  ],
  ["a number for a block", '{ "version": 1, "allocations": { "a/b": 1 } }', ["ADDRESS_BOOK_SHAPE"]],
])("a book of another shape is refused: %s", (_, text, codes) => {
  const { book, problems } = parseAddressBook(text);
  expect(book).toBeNull();
  expect(problems.map(({ code }) => code).sort()).toEqual(codes);
});

test("everything wrong with the entries is reported at once, each with its line", () => {
  const text = `{
  "version": 1,
  "allocations": {
    "a/eu-west-1": "10.0.0.0/16",
    "a/eu-west-1/euw1-az1/private": "10.1.0.0/20",
    "a/eu-west-1/euw1-az1": "10.0.0.0/20",
    "B/eu-west-1": "10.9.0.0/16",
    "c/eu-west-1": "10.3.0.1/16",
    "d/eu-west-1": "10.3.0.0",
    "e/eu-west-1": "2001:db8::/56",
    "f/eu-west-1/euw1-az1/private": "10.5.0.0/20"
  }
}
`;
  expect(codesAt(text)).toEqual([
    ["ADDRESS_BOOK_BAD_KEY", "addresses.B/eu-west-1", 7],
    ["ADDRESS_BOOK_BAD_KEY", "addresses.a/eu-west-1/euw1-az1", 6],
    ["ADDRESS_BOOK_OUTSIDE_VPC", "addresses.a/eu-west-1/euw1-az1/private", 5],
    ["ADDRESS_BOOK_BAD_CIDR", "addresses.c/eu-west-1", 8],
    ["ADDRESS_BOOK_BAD_CIDR", "addresses.d/eu-west-1", 9],
    ["ADDRESS_BOOK_BAD_CIDR", "addresses.e/eu-west-1", 10],
    ["ADDRESS_BOOK_OUTSIDE_VPC", "addresses.f/eu-west-1/euw1-az1/private", 11],
  ]);
});

test("two owners of the same addresses are named with both lines", () => {
  const text = bookText({ "a/eu-west-1": "10.0.0.0/16", "b/eu-west-1": "10.0.128.0/17" });
  const [problem] = parseAddressBook(text, FILE).problems;
  expect(problem).toMatchObject({
    code: "ADDRESS_BOOK_OVERLAP",
    path: "addresses.b/eu-west-1",
    source: { file: FILE, line: 5 },
  });
  expect(problem?.message).toContain("(line 4)");
  expect(problem?.message).toContain("(line 5)");
});

test("overlapping tiers of one VPC are found, a tier inside its VPC is none", () => {
  const text = bookText({
    "a/eu-west-1": "10.0.0.0/16",
    "a/eu-west-1/euw1-az1/private": "10.0.0.0/19",
    "a/eu-west-1/euw1-az2/private": "10.0.16.0/20",
  });
  expect(codesAt(text)).toEqual([
    ["ADDRESS_BOOK_OVERLAP", "addresses.a/eu-west-1/euw1-az2/private", 6],
  ]);
});

test("a key that stands twice, which JSON would hide, is reported with both lines", () => {
  const text = `{
  "version": 1,
  "allocations": {
    "a/eu-west-1": "10.0.0.0/16",
    "a/eu-west-1": "10.1.0.0/16"
  }
}
`;
  const [problem] = parseAddressBook(text, FILE).problems;
  expect(problem).toMatchObject({ code: "ADDRESS_BOOK_DUPLICATE_KEY", got: "lines 4, 5" });
});
