import { ipv4PrefixLengths } from "@atoll/aws-facts";
import {
  type Cidr,
  cidrAt,
  firstFreeBlock,
  overlapsCidr,
  requireCidr,
  subnetAt,
} from "@atoll/core";

/** The tiers of a VPC: public reaches the internet, private goes out through NAT, isolated does neither. */
export const TIERS: readonly string[] = ["isolated", "private", "public"];

const { shortest: SHORTEST_VPC_PREFIX, longest: LONGEST_SUBNET_PREFIX } = ipv4PrefixLengths.data;

/** Longest slot that still holds the three tiers and a spare place, each a /28. */
const LONGEST_SLOT_PREFIX = LONGEST_SUBNET_PREFIX - 2;

/**
 * How a VPC's block is split. The block falls into equal slots, one for each zone, with slots to spare; a slot falls into
 * tiers, with a place to spare. Sizes depend on the VPC's block and on the zones it started with, on nothing that grows.
 *
 * ```
 *  VPC /16, up to three zones at first           one slot /18
 *  ┌──────────┬──────────┬──────────┬─────────┐  ┌───────────────────┬─────────┬────┬────┐
 *  │  zone a  │  zone b  │  zone c  │  spare  │  │      private      │ isolated│pub-│ spa│
 *  │   /18    │   /18    │   /18    │   /18   │  │        /19        │   /20   │ lic│ re │
 *  └──────────┴──────────┴──────────┴─────────┘  └───────────────────┴─────────┴────┴────┘
 *  four zones and more: eight slots of /19                                     /21  /21
 * ```
 *
 * Where that would make a subnet smaller than AWS takes, a slot falls into four equal parts, and then spare slots go.
 */
export interface VpcLayout {
  /** The block is split into 2^slotBits slots. */
  readonly slotBits: number;
}

/** Slot bits in order of preference, by the number of zones, from one. */
const PREFERRED_SLOT_BITS: readonly (readonly number[])[] = [
  [2, 1, 0],
  [2, 1],
  [2],
  [3, 2],
  [3],
  [3],
];

/** The layout that a new VPC gets; undefined when the block is too small for that many zones. */
export function layoutFor(vpcPrefixLength: number, zones: number): VpcLayout | undefined {
  const slotBits = (PREFERRED_SLOT_BITS[zones - 1] ?? []).find(
    (bits) => vpcPrefixLength + bits <= LONGEST_SLOT_PREFIX,
  );
  return slotBits === undefined ? undefined : { slotBits };
}

/** The longest VPC prefix in which that many zones fit; undefined when none is large enough. */
export function longestPrefixFor(zones: number): number | undefined {
  for (let length = LONGEST_SUBNET_PREFIX; length >= SHORTEST_VPC_PREFIX; length -= 1) {
    if (layoutFor(length, zones) !== undefined) return length;
  }
  return undefined;
}

/** A subnet's block and whose it is. */
export interface TierBlock {
  readonly zoneId: string;
  readonly tier: string;
  readonly cidr: Cidr;
}

/** The layout that the existing subnets were made with; undefined when they fit none (a book edited by hand). */
export function layoutOf(vpc: Cidr, existing: readonly TierBlock[]): VpcLayout | undefined {
  for (let slotBits = 0; slotBits <= 3; slotBits += 1) {
    const slotPrefixLength = vpc.prefixLength + slotBits;
    if (slotPrefixLength > LONGEST_SLOT_PREFIX) return undefined;
    const fits = existing.every(
      ({ tier, cidr }) => placeInSlot(slotAround(cidr, slotPrefixLength), tier).text === cidr.text,
    );
    if (fits) return { slotBits };
  }
  return undefined;
}

/** The slot of that prefix length that a subnet starts in. */
export function slotAround(subnet: Cidr, slotPrefixLength: number): Cidr {
  return cidrAt(subnet.family, subnet.first, slotPrefixLength);
}

/** The lowest slot that no subnet reaches into; undefined when every slot is in use. */
export function freeSlot(
  vpc: Cidr,
  slotPrefixLength: number,
  taken: readonly Cidr[],
): Cidr | undefined {
  return firstFreeBlock(vpc, taken, slotPrefixLength);
}

/**
 * A free block for a tier in its zone's slot: its place in the layout, or the lowest free one of the same size when
 * something else lies there; undefined when the slot is full.
 */
export function freePlace(slot: Cidr, tier: string, taken: readonly Cidr[]): Cidr | undefined {
  const place = placeInSlot(slot, tier);
  if (!taken.some((other) => overlapsCidr(other, place))) return place;
  return firstFreeBlock(slot, taken, place.prefixLength);
}

/** Where a tier lies in a slot; every tier beyond the three wants the spare place. */
function placeInSlot(slot: Cidr, tier: string): Cidr {
  const equal = slot.prefixLength >= LONGEST_SLOT_PREFIX;
  const [bits, index] = equal ? equalPlace(tier) : unequalPlace(tier);
  const prefixLength = slot.prefixLength + bits;
  return subnetAt(slot, prefixLength, index) ?? requireCidr(slot.text);
}

function unequalPlace(tier: string): readonly [bits: number, index: number] {
  if (tier === "private") return [1, 0];
  if (tier === "isolated") return [2, 2];
  return [3, tier === "public" ? 6 : 7];
}

function equalPlace(tier: string): readonly [bits: number, index: number] {
  return [2, tier === "private" ? 0 : tier === "isolated" ? 1 : tier === "public" ? 2 : 3];
}
