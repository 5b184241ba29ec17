import * as cidrTools from "cidr-tools";
import fc from "fast-check";

import {
  cidrAt,
  cidrProblem,
  compareCidr,
  containsCidr,
  findOverlaps,
  overlapsCidr,
  parseCidr,
  requireCidr,
  sortCidrs,
  subnetAt,
  subnetCount,
  subnetsOf,
  usableAddresses,
  type Cidr,
} from "./cidr.ts";
import { anyCidr, cidrIn } from "./testing/cidr-arbitraries.ts";
import { errorWithCode } from "./testing/errors.ts";

describe("reading a block", () => {
  test("an IPv4 block gives its ends and size", () => {
    expect(parseCidr("10.0.0.0/12")).toEqual({
      text: "10.0.0.0/12",
      family: 4,
      prefixLength: 12,
      first: 0x0a000000n,
      last: 0x0a0fffffn,
      size: 1048576n,
    });
  });

  test("an IPv6 block comes out in the one canonical spelling", () => {
    expect(parseCidr("2001:0DB8:0000::0/56")?.text).toBe("2001:db8::/56");
    expect(parseCidr("::/0")?.size).toBe(1n << 128n);
  });

  test.each([
    "",
    "10.0.0.0",
    "10.0.0.0/",
    "10.0.0.0/33",
    "10.0.0.0/08",
    "10.0.0.0/-1",
    "10.0.0/8",
    "10.0.0.0.0/8",
    "010.0.0.0/8",
    "10.0.0.256/32",
    "10.0.0.0/8/9",
    " 10.0.0.0/8",
    "1:2:3:4:5:6:7/64",
    "1:2:3:4:5:6:7:8:9/64",
    "1::2::3/64",
    "1:2:3:4:5:6:7:8::/64",
    "::g/64",
    ":::/64",
    "fe80::1%eth0/64",
    "::ffff:1.2.3.4/128",
    "::/129",
    "vpc",
  ])("%j is no block", (text) => {
    expect(parseCidr(text)).toBeUndefined();
    expect(cidrProblem(text, "p")).toMatchObject({
      code: "CIDR_SYNTAX",
      severity: "error",
      path: "p",
    });
  });

  test("host bits are refused, and the block that was meant is named", () => {
    expect(parseCidr("10.0.0.1/16")).toBeUndefined();
    expect(cidrProblem("10.0.0.1/16", "p")).toMatchObject({
      code: "CIDR_HOST_BITS",
      got: "10.0.0.1/16",
      expected: "10.0.0.0/16",
    });
    expect(cidrProblem("2001:db8::1/64", "p")?.expected).toBe("2001:db8::/64");
  });

  test("a good block has no problem", () => {
    expect(cidrProblem("10.0.0.0/16", "p")).toBeUndefined();
  });

  test("a bad literal in code throws with a code", () => {
    expect(() => requireCidr("10.0.0.1/16")).toThrow(errorWithCode("CIDR_SYNTAX"));
    expect(() => cidrAt(4, 0n, 33)).toThrow(errorWithCode("CIDR_PREFIX_LENGTH"));
  });

  test("what is written is read back as the same block", () => {
    fc.assert(
      fc.property(anyCidr, (cidr) => {
        expect(parseCidr(cidr.text)).toEqual(cidr);
      }),
    );
  });
});

describe("comparing blocks", () => {
  test("contains and overlaps agree with the cidr-tools library", () => {
    fc.assert(
      fc.property(anyCidr, anyCidr, (a, b) => {
        expect(containsCidr(a, b)).toBe(cidrTools.containsCidr(a.text, b.text));
        expect(overlapsCidr(a, b)).toBe(cidrTools.overlapCidr(a.text, b.text));
      }),
    );
  });

  test("blocks of different families have nothing in common", () => {
    expect(containsCidr(requireCidr("::/0"), requireCidr("10.0.0.0/8"))).toBe(false);
    expect(overlapsCidr(requireCidr("0.0.0.0/0"), requireCidr("::/0"))).toBe(false);
  });

  test("sorting removes repeats and does not depend on the order given", () => {
    fc.assert(
      fc.property(fc.array(anyCidr), (cidrs) => {
        const sorted = sortCidrs(cidrs);
        expect(sortCidrs([...cidrs].reverse())).toEqual(sorted);
        expect(new Set(sorted.map((cidr) => cidr.text)).size).toBe(sorted.length);
        expect(
          sorted.every((cidr, index) => index === 0 || compareCidr(sorted[index - 1]!, cidr) < 0),
        ).toBe(true);
      }),
    );
  });
});

describe("splitting a block", () => {
  test("the subnets of a VPC", () => {
    const vpc = requireCidr("10.1.0.0/16");
    expect(subnetAt(vpc, 20, 15)?.text).toBe("10.1.240.0/20");
    expect(subnetAt(vpc, 20, 16)).toBeUndefined();
    expect(subnetAt(vpc, 15, 0)).toBeUndefined();
    expect(subnetAt(vpc, 20, -1)).toBeUndefined();
    expect(subnetAt(requireCidr("2001:db8::/56"), 64, 255)?.text).toBe("2001:db8:0:ff::/64");
  });

  test("subnets tile the block: in bounds, side by side, nothing left over", () => {
    fc.assert(
      fc.property(anyCidr, fc.integer({ min: 0, max: 6 }), (cidr, extraBits) => {
        const prefixLength = Math.min(cidr.prefixLength + extraBits, cidr.family === 4 ? 32 : 128);
        const subnets = [...subnetsOf(cidr, prefixLength)];
        expect(BigInt(subnets.length)).toBe(subnetCount(cidr, prefixLength));
        let next = cidr.first;
        for (const [index, subnet] of subnets.entries()) {
          expect(subnet.first).toBe(next);
          expect(subnetAt(cidr, prefixLength, index)).toEqual(subnet);
          next = subnet.last + 1n;
        }
        expect(next).toBe(cidr.last + 1n);
      }),
    );
  });

  test("AWS keeps five addresses of every subnet", () => {
    expect(usableAddresses(requireCidr("10.0.0.0/28"))).toBe(11n);
    expect(usableAddresses(requireCidr("10.0.0.0/24"))).toBe(251n);
    expect(usableAddresses(requireCidr("10.0.0.0/30"))).toBe(0n);
    expect(usableAddresses(requireCidr("2001:db8::/64"))).toBe((1n << 64n) - 5n);
  });
});

describe("finding overlaps", () => {
  const positions = (texts: readonly string[]) => findOverlaps(texts.map(requireCidr));

  test("names the smallest block around each block", () => {
    expect(
      positions(["10.0.0.0/24", "10.0.0.0/8", "10.1.0.0/16", "10.1.2.0/24", "11.0.0.0/8"]),
    ).toEqual([
      { outer: 1, inner: 0 },
      { outer: 1, inner: 2 },
      { outer: 2, inner: 3 },
    ]);
  });

  test("equal blocks overlap, the earlier one outside", () => {
    expect(positions(["10.0.0.0/8", "10.0.0.0/8"])).toEqual([{ outer: 0, inner: 1 }]);
  });

  test("finds something exactly when a pair overlaps, and only real overlaps", () => {
    const pool = requireCidr("10.0.0.0/16");
    fc.assert(
      fc.property(fc.array(cidrIn(pool, 16, 26), { maxLength: 12 }), (cidrs) => {
        const found = findOverlaps(cidrs);
        const inside = new Set(found.map(({ inner }) => inner));
        for (const { outer, inner } of found) {
          expect(containsCidr(at(cidrs, outer), at(cidrs, inner))).toBe(true);
        }
        const pairs = cidrs.flatMap((a, i) => cidrs.slice(i + 1).map((b) => [a, b] as const));
        expect(inside.size > 0).toBe(pairs.some(([a, b]) => overlapsCidr(a, b)));
      }),
    );
  });
});

function at(cidrs: readonly Cidr[], index: number): Cidr {
  const cidr = cidrs[index];
  expect(cidr).toBeDefined();
  return cidr!;
}
