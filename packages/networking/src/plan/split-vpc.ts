import { type Cidr, compareText, parseCidr, type Problem } from "@atoll/core";
import { zonesOf } from "@atoll/aws-facts";
import type { AddressAllocation } from "@atoll/organization";

import { addressPath } from "./address-lines.ts";
import { formatAddressKey } from "./address-key.ts";
import type { VpcRequest } from "./vpc-requests.ts";
import {
  freePlace,
  freeSlot,
  layoutFor,
  layoutOf,
  longestPrefixFor,
  slotAround,
  type TierBlock,
} from "./vpc-layout.ts";

/** The subnets that a VPC lacks. */
export interface SplitVpc {
  readonly added: readonly { readonly key: string; readonly cidr: string }[];
  readonly problems: readonly Problem[];
}

/**
 * Plans the subnets that a VPC lacks: each of its tiers in each of its zones. Zones that the book already has stay; more
 * are taken in the order of their ids.
 *
 * Problem codes: `VPC_TOO_SMALL`, `VPC_WITHOUT_ROOM`, `REGION_WITHOUT_ENOUGH_ZONES`.
 *
 * @param vpc the VPC's own block
 * @param existing what the book holds of this VPC
 */
export function splitVpc(
  request: VpcRequest,
  vpc: Cidr,
  existing: readonly AddressAllocation[],
  tiers: readonly string[],
): SplitVpc {
  const held = existing.flatMap(toTierBlock);
  const zones = chooseZones(request, held);
  const problems: Problem[] = [];
  if (zones.length < request.account.zones) problems.push(tooFewZones(request, zones));
  if (zones.length === 0) return { added: [], problems };
  const layout = layoutOf(vpc, held);
  const chosen =
    held.length === 0 || layout === undefined ? layoutFor(vpc.prefixLength, zones.length) : layout;
  if (chosen === undefined) return { added: [], problems: [...problems, tooSmall(request, vpc)] };

  const slotPrefixLength = vpc.prefixLength + chosen.slotBits;
  const taken = held.map(({ cidr }) => cidr);
  const added: { key: string; cidr: string }[] = [];
  for (const zoneId of zones) {
    const here = held.filter((block) => block.zoneId === zoneId);
    const missing = tiers.filter((tier) => !here.some((block) => block.tier === tier));
    if (missing.length === 0) continue;
    const first = here[0]?.cidr;
    const slot =
      first === undefined
        ? freeSlot(vpc, slotPrefixLength, taken)
        : slotAround(first, slotPrefixLength);
    for (const tier of missing.toSorted(compareText)) {
      const place = slot === undefined ? undefined : freePlace(slot, tier, taken);
      const key = keyOf(request, zoneId, tier);
      if (place === undefined) {
        problems.push(withoutRoom(request, vpc, key));
        continue;
      }
      taken.push(place);
      added.push({ key, cidr: place.text });
    }
  }
  return { added, problems };
}

function toTierBlock({ zoneId, tier, cidr }: AddressAllocation): readonly TierBlock[] {
  const block = parseCidr(cidr);
  if (zoneId === null || tier === null || block === undefined) return [];
  return [{ zoneId, tier, cidr: block }];
}

/** As many zones as the account asks for: those it has, then the region's others, each in the order of their ids. */
function chooseZones(
  { account, region }: VpcRequest,
  held: readonly TierBlock[],
): readonly string[] {
  const own = [...new Set(held.map(({ zoneId }) => zoneId))].sort(compareText);
  const others = [...zonesOf(region)].sort(compareText).filter((zoneId) => !own.includes(zoneId));
  return [...own, ...others].slice(0, account.zones);
}

function keyOf({ account, region }: VpcRequest, zoneId: string, tier: string): string {
  return formatAddressKey({ account: account.name, region, zoneId, tier });
}

function pathOf({ account, region }: VpcRequest): string {
  return addressPath(`${account.name}/${region}`);
}

function tooFewZones(request: VpcRequest, zones: readonly string[]): Problem {
  const { account, region } = request;
  return {
    code: "REGION_WITHOUT_ENOUGH_ZONES",
    severity: "error",
    path: pathOf(request),
    message: `${account.name} wants ${account.zones} zones in ${region}; ${zones.length} are known.`,
    got: account.zones,
    expected: `at most ${zones.length} (${zones.join(", ") || "the region is not in the table of zones"})`,
    fix: "Ask for fewer `zones`; for zones that are newer than the table, write their lines into the address book.",
  };
}

function tooSmall(request: VpcRequest, vpc: Cidr): Problem {
  const longest = longestPrefixFor(request.account.zones);
  return {
    code: "VPC_TOO_SMALL",
    severity: "error",
    path: pathOf(request),
    message: `${vpc.text} is too small for three tiers in ${request.account.zones} zones: a subnet would be smaller than a /28.`,
    got: `/${vpc.prefixLength}`,
    expected: longest === undefined ? "1 to 6 zones" : `/${longest} or larger`,
    fix:
      longest === undefined
        ? "Ask for at most 6 `zones`."
        : `Ask for \`prefixLength\` ${longest} or less, or for fewer \`zones\`, and remove the lines of ${request.account.name}/${request.region} if nothing is built in them.`,
  };
}

function withoutRoom(request: VpcRequest, vpc: Cidr, key: string): Problem {
  return {
    code: "VPC_WITHOUT_ROOM",
    severity: "error",
    path: addressPath(key),
    message: `${vpc.text} has no room left for ${key}.`,
    got: null,
    expected: "a free place in the VPC's layout; what is in use never moves",
    fix: `Keep the zones and tiers of ${request.account.name} as they are, or give what is new an account of its own.`,
  };
}
