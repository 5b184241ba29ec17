import fc from "fast-check";

import { allocateBlocks, firstFreeBlock, freeBlocks, totalFree } from "./address-space.ts";
import { containsCidr, overlapsCidr, requireCidr, subnetsOf, type Cidr } from "./cidr.ts";
import { cidrIn } from "./testing/cidr-arbitraries.ts";
import { errorWithCode } from "./testing/errors.ts";

const pools = [requireCidr("10.0.0.0/16"), requireCidr("2001:db8::/112")] as const;
// Prefix lengths that leave 0 to 10 bits below a pool of 16 bits, whichever the family.
const bitsBelow = fc.integer({ min: 0, max: 10 });

function scenario(pool: Cidr) {
  return fc.record({
    pool: fc.constant(pool),
    taken: fc.array(cidrIn(pool, pool.prefixLength + 1, pool.prefixLength + 14), { maxLength: 15 }),
    requests: fc.array(
      bitsBelow.map((bits) => pool.prefixLength + bits),
      { maxLength: 15 },
    ),
  });
}

const anyScenario = fc.constantFrom(...pools).chain(scenario);

/** The definition, tried block by block: what the fast search must agree with. */
function slowFirstFree(pool: Cidr, taken: readonly Cidr[], prefixLength: number): Cidr | undefined {
  for (const candidate of subnetsOf(pool, prefixLength)) {
    if (!taken.some((cidr) => overlapsCidr(cidr, candidate))) return candidate;
  }
  return undefined;
}

test("fills the lowest aligned hole", () => {
  const pool = requireCidr("10.0.0.0/16");
  const taken = ["10.0.0.0/20", "10.0.32.0/20"].map(requireCidr);
  expect(firstFreeBlock(pool, taken, 20)?.text).toBe("10.0.16.0/20");
  expect(firstFreeBlock(pool, taken, 19)?.text).toBe("10.0.64.0/19");
  expect(firstFreeBlock(pool, taken, 17)?.text).toBe("10.0.128.0/17");
  expect(firstFreeBlock(pool, taken, 16)).toBeUndefined();
  expect(firstFreeBlock(pool, [], 16)?.text).toBe("10.0.0.0/16");
});

test("a request larger than the pool finds nothing, a length that does not exist throws", () => {
  const pool = requireCidr("10.0.0.0/16");
  expect(firstFreeBlock(pool, [], 8)).toBeUndefined();
  expect(() => firstFreeBlock(pool, [], 40)).toThrow(errorWithCode("CIDR_PREFIX_LENGTH"));
});

test("blocks taken outside the pool, around it or of the other family", () => {
  const pool = requireCidr("10.0.0.0/16");
  expect(firstFreeBlock(pool, [requireCidr("11.0.0.0/16"), requireCidr("::/0")], 16)?.text).toBe(
    "10.0.0.0/16",
  );
  expect(firstFreeBlock(pool, [requireCidr("10.0.0.0/8")], 28)).toBeUndefined();
  expect(totalFree(pool, [requireCidr("10.0.0.0/8")])).toBe(0n);
});

test("each placed block is the lowest that the definition allows", () => {
  fc.assert(
    fc.property(anyScenario, ({ pool, taken, requests }) => {
      const used = [...taken];
      const placed = allocateBlocks(pool, taken, requests);
      requests.forEach((prefixLength, index) => {
        const expected = slowFirstFree(pool, used, prefixLength);
        expect(placed[index]).toEqual(expected);
        if (expected !== undefined) used.push(expected);
      });
    }),
    { numRuns: 60 },
  );
});

test("placed blocks are in the pool and clear of each other and of what was taken", () => {
  fc.assert(
    fc.property(anyScenario, ({ pool, taken, requests }) => {
      const placed = allocateBlocks(pool, taken, requests).filter((cidr) => cidr !== undefined);
      placed.forEach((cidr, index) => {
        expect(containsCidr(pool, cidr)).toBe(true);
        const others = [...taken, ...placed.slice(0, index)];
        expect(others.some((other) => overlapsCidr(other, cidr))).toBe(false);
      });
    }),
  );
});

test("the order of the taken blocks does not matter, and a later request moves nothing", () => {
  fc.assert(
    fc.property(anyScenario, ({ pool, taken, requests }) => {
      const placed = allocateBlocks(pool, taken, requests);
      expect(allocateBlocks(pool, [...taken].reverse(), requests)).toEqual(placed);
      expect(
        allocateBlocks(pool, taken, [...requests, pool.prefixLength + 4]).slice(0, requests.length),
      ).toEqual(placed);
    }),
  );
});

test("free blocks and taken blocks make up the pool", () => {
  fc.assert(
    fc.property(anyScenario, ({ pool, taken }) => {
      const free = freeBlocks(pool, taken);
      const sum = free.reduce((total, cidr) => total + cidr.size, 0n);
      expect(sum).toBe(totalFree(pool, taken));
      expect(free.every((cidr) => containsCidr(pool, cidr))).toBe(true);
      expect(free.some((cidr) => taken.some((other) => overlapsCidr(cidr, other)))).toBe(false);
      expect(totalFree(pool, [...taken, ...free])).toBe(0n);
    }),
  );
});

test("4,000 VPCs of mixed sizes find room in an empty pool and among 2,000 holes", () => {
  const pool = requireCidr("10.0.0.0/8");
  const requests = Array.from({ length: 4000 }, (_, index) => 20 + (index % 5));
  const placed = allocateBlocks(pool, [], requests);
  expect(placed.every((cidr) => cidr !== undefined)).toBe(true);
  const taken = placed.filter((cidr, index): cidr is Cidr => cidr !== undefined && index % 2 === 0);
  expect(allocateBlocks(pool, taken, requests).filter((cidr) => cidr !== undefined)).toHaveLength(
    4000,
  );
});
