import type { AddressAllocation } from "@atoll/organization";

/** How private subnets reach the internet: not at all, through one NAT gateway, or through one in each zone. */
export type NatMode = "none" | "single" | "per-zone";

/** What a VPC is planned from. */
export interface VpcRequirements {
  /** Name of the account. */
  readonly account: string;
  readonly region: string;
  /** Blocks of the address book; those of other accounts and regions are passed over. */
  readonly allocations: readonly AddressAllocation[];
  readonly nat: NatMode;
  /**
   * Zone of the one NAT gateway of `single`. Name it to keep the gateway where it is when a zone with a lower id joins.
   *
   * @default the lowest zone id that has a public subnet
   */
  readonly natZoneId?: string;
  /** Gateway endpoints; they cost nothing. @default s3 and dynamodb */
  readonly gatewayEndpoints?: readonly GatewayService[];
}

/** The services that AWS offers gateway endpoints for. */
export type GatewayService = "dynamodb" | "s3";

/** One subnet; `key` is `<tier>-<zoneId>`. */
export interface SubnetPlan {
  readonly key: string;
  readonly tier: string;
  readonly zoneId: string;
  readonly cidr: string;
  /** Key of its route table. */
  readonly routeTable: string;
}

/** Where a default route leads. */
export type RouteTarget =
  { readonly kind: "internet-gateway" } | { readonly kind: "nat-gateway"; readonly key: string };

/** One route out of the VPC; `key` is `<route table>-default`. */
export interface RoutePlan {
  readonly key: string;
  readonly routeTable: string;
  readonly destination: string;
  readonly target: RouteTarget;
}

/** One route table: `public`, `private-<zoneId>` for each zone, and one for every other tier, by its name. */
export interface RouteTablePlan {
  readonly key: string;
  readonly tier: string;
}

/** One NAT gateway with its elastic address; `key` is `nat-<zoneId>`. */
export interface NatGatewayPlan {
  readonly key: string;
  readonly zoneId: string;
  /** Key of the public subnet that it stands in. */
  readonly subnet: string;
}

/** One gateway endpoint, in every route table of the VPC; `key` is the service. */
export interface GatewayEndpointPlan {
  readonly key: GatewayService;
  readonly routeTables: readonly string[];
}

/** A VPC as data: how many of what, and under which names. Every list is sorted by key. */
export interface VpcPlan {
  readonly account: string;
  readonly region: string;
  readonly cidr: string;
  readonly zoneIds: readonly string[];
  /** Only where a public tier exists. */
  readonly internetGateway: boolean;
  readonly subnets: readonly SubnetPlan[];
  readonly routeTables: readonly RouteTablePlan[];
  readonly routes: readonly RoutePlan[];
  readonly natGateways: readonly NatGatewayPlan[];
  readonly gatewayEndpoints: readonly GatewayEndpointPlan[];
}
