import { compareText, hasErrors, ProblemError } from "@atoll/core";

import { checkVpc } from "./check-vpc.ts";
import type {
  GatewayService,
  NatGatewayPlan,
  RoutePlan,
  RouteTablePlan,
  SubnetPlan,
  VpcPlan,
  VpcRequirements,
} from "./vpc-plan.ts";

const ALL_GATEWAY_SERVICES: readonly GatewayService[] = ["dynamodb", "s3"];
const ANYWHERE = "0.0.0.0/0";

/**
 * Plans a VPC from its blocks in the address book. Names depend on zone ids and tiers alone, so what is added later
 * renames nothing. A tier that is neither public nor private gets no way out.
 *
 * @throws ProblemError with everything that `checkVpc` finds
 */
export function planVpc(requirements: VpcRequirements): VpcPlan {
  const problems = checkVpc(requirements);
  if (hasErrors(problems)) throw new ProblemError(problems);
  const { account, region } = requirements;
  const own = requirements.allocations.filter(
    (allocation) => allocation.account === account && allocation.region === region,
  );
  const subnets = own
    .flatMap(({ zoneId, tier, cidr }): readonly SubnetPlan[] =>
      zoneId === null || tier === null
        ? []
        : [{ key: `${tier}-${zoneId}`, tier, zoneId, cidr, routeTable: tableOf(tier, zoneId) }],
    )
    .sort(byKey);
  const routeTables = routeTablesOf(subnets);
  const natGateways = natGatewaysOf(requirements, subnets);
  const services = requirements.gatewayEndpoints ?? ALL_GATEWAY_SERVICES;
  return {
    account,
    region,
    cidr: own.find(({ zoneId }) => zoneId === null)?.cidr ?? "",
    zoneIds: [...new Set(subnets.map(({ zoneId }) => zoneId))].sort(compareText),
    internetGateway: subnets.some(({ tier }) => tier === "public"),
    subnets,
    routeTables,
    routes: routesOf(subnets, routeTables, natGateways),
    natGateways,
    gatewayEndpoints: [...new Set(services)]
      .sort(compareText)
      .map((key) => ({ key, routeTables: routeTables.map((table) => table.key) })),
  };
}

/** Private tables stand for each zone even where NAT does not, so that a change of `nat` changes routes alone. */
function tableOf(tier: string, zoneId: string): string {
  return tier === "private" ? `private-${zoneId}` : tier;
}

function routeTablesOf(subnets: readonly SubnetPlan[]): readonly RouteTablePlan[] {
  const tiers = new Map(subnets.map(({ routeTable, tier }) => [routeTable, tier]));
  return [...tiers].map(([key, tier]) => ({ key, tier })).sort(byKey);
}

function natGatewaysOf(
  { nat, natZoneId }: VpcRequirements,
  subnets: readonly SubnetPlan[],
): readonly NatGatewayPlan[] {
  if (!subnets.some(({ tier }) => tier === "private")) return [];
  const all = subnets
    .filter(({ tier }) => tier === "public")
    .map(({ key, zoneId }) => ({ key: `nat-${zoneId}`, zoneId, subnet: key }))
    .sort(byKey);
  switch (nat) {
    case "none":
      return [];
    case "per-zone":
      return all;
    case "single":
      return all.filter(({ zoneId }) => zoneId === (natZoneId ?? all[0]?.zoneId));
    default:
      return nat satisfies never;
  }
}

function routesOf(
  subnets: readonly SubnetPlan[],
  routeTables: readonly RouteTablePlan[],
  natGateways: readonly NatGatewayPlan[],
): readonly RoutePlan[] {
  const zoneOf = new Map(subnets.map(({ routeTable, zoneId }) => [routeTable, zoneId]));
  return routeTables.flatMap(({ key: routeTable, tier }): readonly RoutePlan[] => {
    const route = { key: `${routeTable}-default`, routeTable, destination: ANYWHERE };
    if (tier === "public") return [{ ...route, target: { kind: "internet-gateway" } }];
    if (tier !== "private") return [];
    // A zone without a gateway of its own goes out through the first one.
    const own = natGateways.find(({ zoneId }) => zoneId === zoneOf.get(routeTable));
    const nat = own ?? natGateways[0];
    return nat === undefined ? [] : [{ ...route, target: { kind: "nat-gateway", key: nat.key } }];
  });
}

function byKey(a: { readonly key: string }, b: { readonly key: string }): number {
  return compareText(a.key, b.key);
}
