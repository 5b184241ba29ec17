import { addressBookPath, allocationsOf, type AddressBook } from "./address-book.ts";
import { allocateAddresses } from "./allocate-addresses.ts";
import { EMPTY_ADDRESS_BOOK } from "./address-book.ts";
import { account, organizationOf } from "./testing/organization.ts";

test("the book lies beside the organization file", () => {
  expect(addressBookPath("stacks/organization.ts")).toBe("stacks/organization.ts.addresses.json");
  expect(addressBookPath("/a/b.test/other.mts")).toBe("/a/b.test/other.mts.addresses.json");
});

describe("the allocations of an account", () => {
  const wide = account("a", { regions: ["eu-west-1", "eu-central-1"], zones: 3 });
  const book: AddressBook = allocateAddresses(
    organizationOf([wide, account("a-b")]),
    EMPTY_ADDRESS_BOOK,
  ).book;

  test("are its own, by region, zone and tier, the VPC's block first", () => {
    const own = allocationsOf(book, wide);
    expect(own).toHaveLength(2 * 10);
    expect(own.slice(0, 3).map(({ region, zoneId, tier }) => [region, zoneId, tier])).toEqual([
      ["eu-central-1", null, null],
      ["eu-central-1", "euc1-az1", "isolated"],
      ["eu-central-1", "euc1-az1", "private"],
    ]);
    expect(new Set(own.map((allocation) => allocation.account))).toEqual(new Set(["a"]));
  });

  test("leave out the regions and zones that it has given up", () => {
    const own = allocationsOf(book, { ...wide, regions: ["eu-west-1"], zones: 2 });
    expect(new Set(own.map(({ region }) => region))).toEqual(new Set(["eu-west-1"]));
    expect([...new Set(own.map(({ zoneId }) => zoneId))]).toEqual([null, "euw1-az1", "euw1-az2"]);
  });

  test("are none for an account that draws no addresses", () => {
    expect(allocationsOf(book, { ...wide, addresses: null })).toEqual([]);
  });
});
