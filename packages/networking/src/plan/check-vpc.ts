import { hasErrors, type Problem } from "@atoll/core";

import { addressPath } from "./address-lines.ts";
import type { VpcRequirements } from "./vpc-plan.ts";

/**
 * Says why a VPC cannot be planned.
 *
 * Problem codes: `VPC_WITHOUT_ADDRESSES`, `NAT_WITHOUT_PUBLIC_TIER`, `NAT_ZONE_UNKNOWN`.
 */
export function checkVpc(requirements: VpcRequirements): readonly Problem[] {
  const { account, region, nat, natZoneId } = requirements;
  const path = addressPath(`${account}/${region}`);
  const own = requirements.allocations.filter(
    (allocation) => allocation.account === account && allocation.region === region,
  );
  const problems: Problem[] = [];
  if (!own.some(({ zoneId }) => zoneId === null) || !own.some(({ zoneId }) => zoneId !== null)) {
    problems.push({
      code: "VPC_WITHOUT_ADDRESSES",
      severity: "error",
      path,
      message: `${account} has no blocks for a VPC in ${region}.`,
      got: own.length,
      expected: "the VPC's block and one for each tier in each zone",
      fix: "Give the account `addresses` in the organization file and run `atoll addresses allocate`.",
    });
  }
  const zoneIds = own.flatMap(({ tier, zoneId }) => (tier === "public" ? (zoneId ?? []) : []));
  const hasPrivate = own.some(({ tier }) => tier === "private");
  if (nat !== "none" && hasPrivate && zoneIds.length === 0) {
    problems.push({
      code: "NAT_WITHOUT_PUBLIC_TIER",
      severity: "error",
      path: `${path}.nat`,
      message: "A NAT gateway stands in a public subnet, and this VPC has none.",
      got: nat,
      expected: '"none", or a public tier',
      fix: 'Add a public tier, or set `nat` to "none".',
    });
  }
  if (natZoneId !== undefined && !hasErrors(problems) && !zoneIds.includes(natZoneId)) {
    problems.push({
      code: "NAT_ZONE_UNKNOWN",
      severity: "error",
      path: `${path}.natZoneId`,
      message: `${natZoneId} has no public subnet in this VPC.`,
      got: natZoneId,
      expected: zoneIds.join(", "),
      fix: "Name one of the zones that have a public subnet.",
    });
  }
  return problems;
}
