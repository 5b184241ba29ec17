import { requireCidr } from "@atoll/core";
import type { Account } from "@atoll/organization";
import fc from "fast-check";

import { type AddressBook, EMPTY_ADDRESS_BOOK, renderAddressBook } from "./address-book.ts";
import { allocateAddresses } from "./allocate-addresses.ts";
import { checkAddressBook } from "./check-address-book.ts";
import { parseAddressBook } from "./parse-address-book.ts";
import { account, organizationOf } from "./testing/organization.ts";

function allocate(accounts: readonly Account[], book: AddressBook = EMPTY_ADDRESS_BOOK) {
  return allocateAddresses(organizationOf(accounts), book);
}

test("a first allocation gives each region a VPC and each zone its tiers", () => {
  const { book, added, problems } = allocate([
    account("a", { addresses: { pool: "main", prefixLength: 16 } }),
  ]);
  expect(problems).toEqual([]);
  expect(added).toEqual(Object.keys(book.allocations));
  expect(book.allocations).toEqual({
    "a/eu-west-1": "10.0.0.0/16",
    "a/eu-west-1/euw1-az1/isolated": "10.0.32.0/20",
    "a/eu-west-1/euw1-az1/private": "10.0.0.0/19",
    "a/eu-west-1/euw1-az1/public": "10.0.48.0/21",
    "a/eu-west-1/euw1-az2/isolated": "10.0.96.0/20",
    "a/eu-west-1/euw1-az2/private": "10.0.64.0/19",
    "a/eu-west-1/euw1-az2/public": "10.0.112.0/21",
    "a/eu-west-1/euw1-az3/isolated": "10.0.160.0/20",
    "a/eu-west-1/euw1-az3/private": "10.0.128.0/19",
    "a/eu-west-1/euw1-az3/public": "10.0.176.0/21",
  });
});

test("a fourth tier goes into the spare place of every zone and moves nothing", () => {
  const organization = organizationOf([account("a")]);
  const before = allocateAddresses(organization, EMPTY_ADDRESS_BOOK).book;
  const after = allocateAddresses(organization, before, {
    tiers: ["database", "isolated", "private", "public"],
  });
  expect(after.problems).toEqual([]);
  expect(after.added).toEqual([
    "a/eu-west-1/euw1-az1/database",
    "a/eu-west-1/euw1-az2/database",
    "a/eu-west-1/euw1-az3/database",
  ]);
  expect(after.book.allocations).toMatchObject(before.allocations);
});

test("an account that is gone keeps its block, and a closed one draws nothing new", () => {
  const before = allocate([account("a"), account("b")]).book;
  const { book, added } = allocate(
    [account("b"), account("c"), account("d", { lifecycle: "closed" })],
    before,
  );
  expect(book.allocations).toMatchObject(before.allocations);
  expect(new Set(added.map((key) => key.split("/")[0]))).toEqual(new Set(["c"]));
});

test("an exhausted pool says who got nothing, by how much it is short, and what would fit", () => {
  const big = (name: string) => account(name, { addresses: { pool: "main", prefixLength: 17 } });
  const pools = [{ name: "main", cidr: "10.0.0.0/16" }];
  const accounts = [big("a"), big("b"), big("c"), account("d")];
  const { problems, added } = allocateAddresses(
    organizationOf(accounts, pools),
    EMPTY_ADDRESS_BOOK,
  );
  expect(added.filter((key) => key.split("/").length === 2)).toEqual([
    "a/eu-west-1",
    "b/eu-west-1",
  ]);
  expect(problems).toEqual([
    expect.objectContaining({
      code: "POOL_EXHAUSTED",
      path: "pools.main",
      got: ["c/eu-west-1", "d/eu-west-1"],
      expected: "36864 addresses in aligned blocks; 0 of 65536 are free",
      fix: expect.stringContaining("/15"),
    }),
  ]);
});

test("what is too small, full, or without zones is reported and nothing else is held up", () => {
  const tiny = account("tiny", { addresses: { pool: "main", prefixLength: 25 } });
  const nowhere = account("nowhere", { regions: ["xx-nowhere-1"] });
  const start = allocate([account("full")]).book;
  const { problems, book } = allocate(
    [account("full", { zones: 5, regions: ["us-east-1"] }), tiny, nowhere],
    start,
  );
  expect(problems.map(({ code, path }) => [code, path])).toEqual([
    ["REGION_WITHOUT_ENOUGH_ZONES", "addresses.nowhere/xx-nowhere-1"],
    ["VPC_TOO_SMALL", "addresses.tiny/eu-west-1"],
  ]);
  expect(book.allocations["full/us-east-1/use1-az6/private"]).toBeDefined();
});

test("a VPC that was split for three zones has room for a fourth and says when it has none for a fifth", () => {
  const three = account("a", { regions: ["us-east-1"], zones: 3 });
  const start = allocate([three]).book;
  expect(allocate([{ ...three, zones: 4 }], start).problems).toEqual([]);
  const { problems } = allocate([{ ...three, zones: 5 }], start);
  expect(problems.map(({ code, path }) => [code, path])).toEqual([
    ["VPC_WITHOUT_ROOM", "addresses.a/us-east-1/use1-az6/isolated"],
    ["VPC_WITHOUT_ROOM", "addresses.a/us-east-1/use1-az6/private"],
    ["VPC_WITHOUT_ROOM", "addresses.a/us-east-1/use1-az6/public"],
  ]);
});

const step = fc.record({
  name: fc.constantFrom("a", "b", "b-2", "c", "d"),
  regions: fc.uniqueArray(fc.constantFrom("eu-west-1", "eu-central-1", "us-east-1"), {
    minLength: 1,
  }),
  zones: fc.integer({ min: 1, max: 3 }),
  prefixLength: fc.integer({ min: 16, max: 24 }),
});

/** Applies a step to an organization: accounts, regions and zones only ever join; a size stays as it was first asked. */
function grow(
  accounts: readonly Account[],
  change: typeof step extends fc.Arbitrary<infer T> ? T : never,
) {
  const old = accounts.find(({ name }) => name === change.name);
  const next = account(change.name, {
    regions: [...new Set([...(old?.regions ?? []), ...change.regions])],
    zones: Math.max(old?.zones ?? 1, change.zones),
    addresses: old?.addresses ?? { pool: "main", prefixLength: change.prefixLength },
  });
  return [...accounts.filter(({ name }) => name !== change.name), next];
}

// A machine under load takes longer than the default of five seconds.
jest.setTimeout(120_000);

test("through any history, blocks never move, never overlap, and stay in the pool and in their VPC", () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 6 }), (history) => {
      let accounts: readonly Account[] = [];
      let book = EMPTY_ADDRESS_BOOK;
      for (const change of history) {
        accounts = grow(accounts, change);
        const result = allocate(accounts, book);
        expect([...result.problems, ...moved(book, result.book)]).toEqual([]);
        book = result.book;
      }
      const organization = organizationOf(accounts);
      expect(parseAddressBook(renderAddressBook(book)).problems).toEqual([]);
      expect(checkAddressBook(organization, book)).toEqual([]);
      expect(allocateAddresses(organization, book).added).toEqual([]);
      expect(unsound(book)).toEqual([]);
    }),
    { numRuns: 2000 },
  );
});

function moved(before: AddressBook, after: AddressBook): readonly string[] {
  return Object.keys(before.allocations).filter(
    (key) => after.allocations[key] !== before.allocations[key],
  );
}

/** Everything that no book may hold, found without the code that the planner uses for it. */
function unsound(book: AddressBook): readonly string[] {
  const pool = requireCidr("10.0.0.0/8");
  const entries = Object.entries(book.allocations).map(([key, text]) => {
    const cidr = requireCidr(text);
    const [name = "", region = "", zoneId] = key.split("/");
    const outer =
      zoneId === undefined ? pool : requireCidr(book.allocations[`${name}/${region}`] ?? "");
    return { key, cidr, outer, isVpc: zoneId === undefined };
  });
  const outside = entries.filter(
    ({ cidr, outer }) =>
      cidr.first < outer.first || cidr.last > outer.last || cidr.prefixLength > 28,
  );
  const overlapping = [true, false].flatMap((isVpc) =>
    entries
      .filter((entry) => entry.isVpc === isVpc)
      .sort((a, b) => (a.cidr.first < b.cidr.first ? -1 : 1))
      .filter(({ cidr }, index, sorted) => cidr.first <= (sorted[index - 1]?.cidr.last ?? -1n)),
  );
  return [...outside, ...overlapping].map(({ key }) => key);
}

test("the order of accounts, of regions and of the book's keys changes nothing", () => {
  const shuffled = fc
    .uniqueArray(step, { minLength: 2, maxLength: 5, selector: ({ name }) => name })
    .chain((steps) =>
      fc.tuple(fc.constant(steps), fc.shuffledSubarray(steps, { minLength: steps.length })),
    );
  fc.assert(
    fc.property(shuffled, ([steps, other]) => {
      const accountsOf = (list: typeof steps) => list.reduce<readonly Account[]>(grow, []);
      const first = allocate(accountsOf(steps.slice(0, 1))).book;
      const one = allocate(accountsOf(steps), first);
      const reversed = Object.fromEntries(Object.entries(first.allocations).reverse());
      const two = allocate(
        accountsOf(other).map((each) => ({ ...each, regions: each.regions.toReversed() })),
        { version: 1, allocations: reversed },
      );
      expect(renderAddressBook(two.book)).toBe(renderAddressBook(one.book));
      expect(two.added).toEqual(one.added);
    }),
    { numRuns: 300 },
  );
});

test("a thousand accounts are planned in well under a second", () => {
  const accounts = Array.from({ length: 1000 }, (_, index) =>
    account(`account-${String(index).padStart(4, "0")}`),
  );
  const start = process.hrtime.bigint();
  const { book, problems } = allocate(accounts);
  const found = checkAddressBook(organizationOf(accounts), book);
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  expect(problems).toEqual([]);
  expect(found).toEqual([]);
  expect(Object.keys(book.allocations)).toHaveLength(10_000);
  expect(seconds).toBeLessThan(2);
});
