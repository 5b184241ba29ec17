import { ipv4PrefixLengths } from "@atoll/aws-facts";
import { blockSize, type Cidr, freeBlocks, type Problem, totalFree } from "@atoll/core";

import type { VpcRequest } from "./vpc-requests.ts";

/** `POOL_EXHAUSTED`: says which VPCs got nothing, by how much the pool is short, and what would fit. */
export function poolExhausted(
  pool: string,
  cidr: Cidr,
  unserved: readonly VpcRequest[],
  taken: readonly Cidr[],
): Problem {
  const needed = unserved.reduce((sum, { prefixLength }) => sum + blockSize(4, prefixLength), 0n);
  const free = totalFree(cidr, taken);
  const names = unserved.map(({ account, region }) => `${account.name}/${region}`);
  const sizes = [...new Set(unserved.map(({ prefixLength }) => `/${prefixLength}`))].join(", ");
  const wide = widePrefix(cidr, needed);
  const largest = freeBlocks(cidr, taken).reduce(
    (best, block) => Math.min(best, block.prefixLength),
    33,
  );
  const room = largest > 32 ? "nothing is free" : `the largest free block is a /${largest}`;
  return {
    code: "POOL_EXHAUSTED",
    severity: "error",
    path: `pools.${pool}`,
    message: `Pool ${pool} has no room for ${unserved.length} VPC block(s) of ${sizes}: ${room}.`,
    got: names,
    expected: `${needed} addresses in aligned blocks; ${free} of ${cidr.size} are free`,
    fix:
      (wide === undefined ? "" : `Widen the pool to a /${wide}, `) +
      (largest > ipv4PrefixLengths.data.longest
        ? "or let some of these accounts draw from another pool."
        : `or ask for a /${largest} or smaller, or draw from another pool.`),
  };
}

/** Doubling a pool adds an aligned half that is free: doubled often enough, the missing blocks fit into what is added. */
function widePrefix(cidr: Cidr, needed: bigint): number | undefined {
  for (let prefixLength = cidr.prefixLength - 1; prefixLength >= 8; prefixLength -= 1) {
    if (blockSize(4, prefixLength) - cidr.size >= needed) return prefixLength;
  }
  return undefined;
}
