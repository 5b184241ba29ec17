import fc from "fast-check";

import { cidrAt, type Cidr } from "../cidr.ts";
import { addressBits, type IpFamily } from "../ip.ts";

/** Blocks of both families and every length; used by tests only. */
export const anyCidr: fc.Arbitrary<Cidr> = fc.constantFrom<IpFamily>(4, 6).chain((family) => {
  const bits = addressBits(family);
  return fc
    .tuple(
      fc.bigInt({ min: 0n, max: (1n << BigInt(bits)) - 1n }),
      fc.integer({ min: 0, max: bits }),
    )
    .map(([address, prefixLength]) => cidrAt(family, address, prefixLength));
});

/** Blocks inside a pool, of prefix lengths between the two; used by tests only. */
export function cidrIn(pool: Cidr, shortest: number, longest: number): fc.Arbitrary<Cidr> {
  return fc
    .tuple(
      fc.bigInt({ min: pool.first, max: pool.last }),
      fc.integer({ min: shortest, max: longest }),
    )
    .map(([address, prefixLength]) => cidrAt(pool.family, address, prefixLength));
}
