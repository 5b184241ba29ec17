import { excludeCidr } from "cidr-tools";

import { blockSize, cidrAt, compareCidr, requireCidr, type Cidr } from "./cidr.ts";

/** Free addresses between two taken blocks, both ends included. */
interface Gap {
  first: bigint;
  last: bigint;
}

/**
 * The lowest free block of that prefix length in a pool: aligned, and clear of every taken block. O(n log n) in the
 * number of taken blocks; to place many blocks use {@link allocateBlocks}, which sorts once.
 *
 * @returns undefined when no such block is free
 * @throws AtollError `CIDR_PREFIX_LENGTH` when the family has no such prefix length
 */
export function firstFreeBlock(
  pool: Cidr,
  taken: readonly Cidr[],
  prefixLength: number,
): Cidr | undefined {
  return allocateBlocks(pool, taken, [prefixLength])[0];
}

/**
 * Places blocks in a pool, each at the lowest aligned place that is free of the taken blocks and of the blocks placed
 * before it. The requests are served in the order given, so a later request never moves an earlier block.
 *
 * @returns one entry for each request, undefined where the pool has no room for it
 * @throws AtollError `CIDR_PREFIX_LENGTH` when the family has no such prefix length
 */
export function allocateBlocks(
  pool: Cidr,
  taken: readonly Cidr[],
  prefixLengths: readonly number[],
): readonly (Cidr | undefined)[] {
  const gaps = gapsIn(pool, taken);
  // Addresses only ever get taken, so the search for a prefix length goes on where its last one ended.
  const searchFrom = new Map<number, number>();
  return prefixLengths.map((prefixLength) => {
    const size = blockSize(pool.family, prefixLength);
    for (let index = searchFrom.get(prefixLength) ?? 0; index < gaps.length; index += 1) {
      const gap = gaps[index];
      if (gap === undefined) break;
      const first = alignUp(gap.first, size);
      if (first + size - 1n > gap.last) continue;
      searchFrom.set(prefixLength, index);
      takeFromGap(gaps, index, first, first + size - 1n, searchFrom);
      return cidrAt(pool.family, first, prefixLength);
    }
    searchFrom.set(prefixLength, gaps.length);
    return undefined;
  });
}

/** What is free in a pool, as the fewest blocks, lowest first. */
export function freeBlocks(pool: Cidr, taken: readonly Cidr[]): readonly Cidr[] {
  const own = taken.filter((cidr) => cidr.family === pool.family);
  const free = excludeCidr(
    pool.text,
    own.map((cidr) => cidr.text),
  );
  return free.map(requireCidr).sort(compareCidr);
}

/** Number of free addresses in a pool. Taken blocks may overlap each other and reach out of the pool. */
export function totalFree(pool: Cidr, taken: readonly Cidr[]): bigint {
  return gapsIn(pool, taken).reduce((sum, gap) => sum + gap.last - gap.first + 1n, 0n);
}

function gapsIn(pool: Cidr, taken: readonly Cidr[]): Gap[] {
  const sorted = taken
    .filter(
      (cidr) => cidr.family === pool.family && cidr.last >= pool.first && cidr.first <= pool.last,
    )
    .sort(compareCidr);
  const gaps: Gap[] = [];
  let next = pool.first;
  for (const cidr of sorted) {
    if (cidr.first > next) gaps.push({ first: next, last: cidr.first - 1n });
    if (cidr.last >= next) next = cidr.last + 1n;
  }
  if (next <= pool.last) gaps.push({ first: next, last: pool.last });
  return gaps;
}

/** Cuts a block out of a gap; a gap that it splits becomes two, so that later gaps move up by one. */
function takeFromGap(
  gaps: Gap[],
  index: number,
  first: bigint,
  last: bigint,
  searchFrom: Map<number, number>,
): void {
  const gap = gaps[index];
  if (gap === undefined) return;
  const above = { first: last + 1n, last: gap.last };
  if (first === gap.first) {
    // The gap stays in place even when it is used up: an empty gap fits no block, and no position changes.
    gap.first = above.first;
    return;
  }
  gap.last = first - 1n;
  if (above.first > above.last) return;
  gaps.splice(index + 1, 0, above);
  for (const [prefixLength, position] of searchFrom) {
    if (position > index) searchFrom.set(prefixLength, position + 1);
  }
}

function alignUp(address: bigint, size: bigint): bigint {
  const rest = address % size;
  return rest === 0n ? address : address + size - rest;
}
