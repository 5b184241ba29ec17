import {
  blockSize,
  cidrProblem,
  compareText,
  findOverlaps,
  parseCidr,
  type Cidr,
  type Problem,
} from "@atoll/core";

import type { PathSegment } from "../problem-path.ts";
import type { Draft } from "./draft.ts";
import { didYouMean, errorAt, oneOf } from "./problems.ts";

interface Pool {
  readonly name: string;
  readonly cidr: Cidr;
  readonly path: readonly PathSegment[];
}

/** What the accounts draw from a pool together. */
interface Demand {
  addresses: bigint;
  blocks: number;
  accounts: number;
}

/**
 * Checks that pools are blocks of IPv4 addresses, apart from each other, and large enough for every VPC that draws on
 * them. Codes: `POOL_NOT_IPV4`, `POOL_OVERLAP`, `POOL_UNKNOWN`, `POOL_TOO_SMALL`, and those of `cidrProblem` in
 * `@atoll/core`.
 */
export function checkPools(draft: Draft): readonly Problem[] {
  const problems: Problem[] = [];
  const pools: Pool[] = [];
  for (const { value, path } of draft.pools) {
    const problem = cidrProblem(value.cidr, "");
    const cidr = parseCidr(value.cidr);
    if (problem !== undefined) problems.push(errorAt({ ...problem, path }));
    else if (cidr?.family !== 4) problems.push(notIpv4(value.cidr, path));
    else pools.push({ name: value.name, cidr, path });
  }
  return [...problems, ...checkOverlaps(pools), ...checkDemand(draft, pools)];
}

function notIpv4(cidr: string, path: readonly PathSegment[]): Problem {
  return errorAt({
    code: "POOL_NOT_IPV4",
    path,
    message: `"${cidr}" is not a block of IPv4 addresses.`,
    got: cidr,
    expected: "an IPv4 block: AWS hands out IPv6 blocks itself",
    fix: "Write an IPv4 block, such as 10.0.0.0/12.",
  });
}

function checkOverlaps(pools: readonly Pool[]): readonly Problem[] {
  return findOverlaps(pools.map((pool) => pool.cidr)).flatMap(({ outer, inner }) => {
    const larger = pools[outer];
    const smaller = pools[inner];
    if (larger === undefined || smaller === undefined) return [];
    return [
      errorAt({
        code: "POOL_OVERLAP",
        path: smaller.path,
        message: `Pool "${smaller.name}" (${smaller.cidr.text}) lies inside pool "${larger.name}" (${larger.cidr.text}).`,
        got: smaller.cidr.text,
        expected: `a block outside ${larger.cidr.text}`,
        fix: `Move or shrink one of "${larger.name}" and "${smaller.name}".`,
      }),
    ];
  });
}

function checkDemand(draft: Draft, pools: readonly Pool[]): readonly Problem[] {
  const names = new Set(Object.keys(draft.raw.pools ?? {}));
  const demands = new Map<string, Demand>();
  const problems: Problem[] = [];
  for (const { addresses, regions } of draft.accounts) {
    if (addresses === null) continue;
    const { pool, prefixLength } = addresses.value;
    if (!names.has(pool)) {
      problems.push(unknownPool(pool, [...addresses.path, "pool"], names));
      continue;
    }
    const demand = demands.get(pool) ?? { addresses: 0n, blocks: 0, accounts: 0 };
    demand.addresses += blockSize(4, prefixLength) * BigInt(regions.length);
    demand.blocks += regions.length;
    demand.accounts += 1;
    demands.set(pool, demand);
  }
  const tooSmall = pools
    .filter((pool) => (demands.get(pool.name)?.addresses ?? 0n) > pool.cidr.size)
    .sort((a, b) => compareText(a.name, b.name));
  return [...problems, ...tooSmall.map((pool) => tooSmallFor(pool, demands.get(pool.name)))];
}

function unknownPool(
  pool: string,
  path: readonly PathSegment[],
  names: ReadonlySet<string>,
): Problem {
  return errorAt({
    code: "POOL_UNKNOWN",
    path,
    message: `There is no address pool "${pool}".`,
    got: pool,
    expected: oneOf(names),
    fix: didYouMean(pool, names, "Add it to pools, or choose one that exists."),
  });
}

function tooSmallFor({ name, cidr, path }: Pool, demand: Demand | undefined): Problem {
  // Blocks are powers of two and aligned: placed largest first they fit whenever their sum does.
  const { addresses, blocks, accounts } = demand ?? { addresses: 0n, blocks: 0, accounts: 0 };
  let prefixLength = cidr.prefixLength;
  while (prefixLength > 0 && blockSize(4, prefixLength) < addresses) prefixLength -= 1;
  return errorAt({
    code: "POOL_TOO_SMALL",
    path,
    message: `Pool "${name}" has ${cidr.size} addresses; the ${blocks} VPC blocks of its ${accounts} accounts need ${addresses}, which is ${addresses - cidr.size} too many.`,
    got: cidr.text,
    expected: `a /${prefixLength} or larger`,
    fix: `Give the pool a /${prefixLength}, draw smaller blocks, or move accounts to another pool.`,
  });
}
