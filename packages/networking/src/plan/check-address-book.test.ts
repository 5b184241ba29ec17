import type { Account } from "@atoll/organization";

import { type AddressBook, EMPTY_ADDRESS_BOOK, renderAddressBook } from "./address-book.ts";
import { locateAddressProblems } from "./address-lines.ts";
import { allocateAddresses } from "./allocate-addresses.ts";
import { checkAccountAddresses, checkAddressBook } from "./check-address-book.ts";
import { account, organizationOf } from "./testing/organization.ts";

const a = account("a");
const book = allocateAddresses(organizationOf([a]), EMPTY_ADDRESS_BOOK).book;

function found(accounts: readonly Account[], of: AddressBook, poolCidr = "10.0.0.0/8") {
  const pools = [{ name: "main", cidr: poolCidr }];
  return checkAddressBook(organizationOf(accounts, pools), of).map(
    ({ code, severity, path }) => [code, severity, path] as const,
  );
}

function without(key: string): AddressBook {
  const { [key]: _, ...allocations } = book.allocations;
  return { version: 1, allocations };
}

test("a book that fits its organization has no problems", () => {
  expect(found([a], book)).toEqual([]);
});

test("an account, a zone or a tier without its entry is an error that says the command", () => {
  const missing = "ADDRESS_BOOK_MISSING_ENTRY";
  expect(found([a, account("b")], book)).toEqual([[missing, "error", "addresses.b/eu-west-1"]]);
  expect(found([{ ...a, zones: 4 }], book)).toEqual([[missing, "error", "addresses.a/eu-west-1"]]);
  const tier = "a/eu-west-1/euw1-az2/public";
  expect(found([a], without(tier))).toEqual([[missing, "error", `addresses.${tier}`]]);
  const [problem] = checkAddressBook(organizationOf([a]), EMPTY_ADDRESS_BOOK);
  expect(problem?.fix).toContain("atoll addresses allocate");
});

test("an account without addresses, or one that is closed, needs no entry", () => {
  const accounts = [a, account("b", { addresses: null }), account("c", { lifecycle: "closed" })];
  expect(found(accounts, book)).toEqual([]);
});

test("a block outside of its pool or of another size than asked for is a contradiction", () => {
  expect(found([a], book, "10.128.0.0/9")).toEqual([
    ["ADDRESS_BOOK_OUTSIDE_POOL", "error", "addresses.a/eu-west-1"],
  ]);
  expect(found([{ ...a, addresses: { pool: "main", prefixLength: 18 } }], book)).toEqual([
    ["ADDRESS_BOOK_OTHER_SIZE", "error", "addresses.a/eu-west-1"],
  ]);
});

test("entries that nobody uses are warnings, since they still hold their addresses", () => {
  const unused = found([], book);
  expect(unused).toHaveLength(10);
  expect(unused[0]).toEqual(["ADDRESS_BOOK_UNUSED_ENTRY", "warning", "addresses.a/eu-west-1"]);
  expect(found([{ ...a, zones: 2 }], book).map(([, severity, path]) => [severity, path])).toEqual([
    ["warning", "addresses.a/eu-west-1/euw1-az3/isolated"],
    ["warning", "addresses.a/eu-west-1/euw1-az3/private"],
    ["warning", "addresses.a/eu-west-1/euw1-az3/public"],
  ]);
});

test("one account's errors are its own", () => {
  const b = account("b");
  const organization = organizationOf([a, b]);
  expect(checkAccountAddresses(organization, a, book)).toEqual([]);
  expect(checkAccountAddresses(organization, b, book).map(({ path }) => path)).toEqual([
    "addresses.b/eu-west-1",
  ]);
});

test("problems are given the line of their entry, and none where there is no entry", () => {
  const problems = checkAddressBook(organizationOf([{ ...a, zones: 2 }, account("b")]), book);
  const located = locateAddressProblems(problems, "x.addresses.json", renderAddressBook(book));
  expect(located.map(({ path, source }) => [path, source?.line])).toEqual([
    ["addresses.b/eu-west-1", undefined],
    ["addresses.a/eu-west-1/euw1-az3/isolated", 11],
    ["addresses.a/eu-west-1/euw1-az3/private", 12],
    ["addresses.a/eu-west-1/euw1-az3/public", 13],
  ]);
});
