import type { Dated } from "./dated.ts";

/** One limit that AWS sets. */
export interface Limit {
  /** What an account or organization has without asking, in `unit`. */
  readonly default: number;
  readonly unit: "count" | "characters" | "levels";
  /** Whether AWS raises it on request. */
  readonly adjustable: boolean;
  /** What AWS raises it to at most, where it says so. @default not stated */
  readonly maximum?: number;
  /** Where the number is from. */
  readonly source: string;
  /** ISO day on which the source was read. */
  readonly date: string;
}

const date = "2026-11-23";
const organizations = {
  source: "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html",
  date,
};
const vpc = {
  source: "https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html",
  date,
};
const privateLink = {
  source: "https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-limits-endpoints.html",
  date,
};

function fixed(
  value: number,
  unit: Limit["unit"],
  from: { readonly source: string; readonly date: string },
): Limit {
  return { default: value, unit, adjustable: false, ...from };
}

function adjustable(
  value: number,
  from: { readonly source: string; readonly date: string },
  maximum?: number,
): Limit {
  const limit: Limit = { default: value, unit: "count", adjustable: true, ...from };
  return maximum === undefined ? limit : { ...limit, maximum };
}

const data = {
  // A new organization may start below 10.
  "organizations/accounts": adjustable(10, organizations, 50_000),
  "organizations/organizational-units": fixed(2000, "count", organizations),
  "organizations/organizational-unit-depth": fixed(5, "levels", organizations),
  "organizations/concurrent-account-creations": fixed(5, "count", organizations),
  // 5,120 and 5 until AWS doubled both on 2026-05-15. White space counts when a policy is saved through the API.
  "organizations/service-control-policy-size": fixed(10_240, "characters", organizations),
  "organizations/service-control-policies-per-target": fixed(10, "count", organizations),
  "organizations/service-control-policies": fixed(10_000, "count", organizations),
  "organizations/resource-control-policy-size": fixed(5120, "characters", organizations),
  // RCPFullAWSAccess is attached to every target by AWS, cannot be detached and is one of the five.
  "organizations/resource-control-policies-per-target": fixed(5, "count", organizations),
  "organizations/resource-control-policies": fixed(2000, "count", organizations),
  "organizations/tag-policy-size": fixed(10_000, "characters", organizations),
  "organizations/tag-policies-per-target": fixed(10, "count", organizations),
  "organizations/tag-policies": fixed(1000, "count", organizations),
  "organizations/policy-description": fixed(512, "characters", {
    source: "botocore 1.44.5, organizations: CreatePolicy.Description",
    date,
  }),
  "vpc/vpcs-per-region": adjustable(5, vpc),
  "vpc/subnets-per-vpc": adjustable(200, vpc),
  "vpc/ipv4-cidr-blocks-per-vpc": adjustable(5, vpc, 50),
  "vpc/ipv6-cidr-blocks-per-vpc": adjustable(5, vpc, 50),
  "vpc/elastic-ips-per-region": adjustable(5, vpc),
  "vpc/internet-gateways-per-region": adjustable(5, vpc),
  "vpc/egress-only-internet-gateways-per-region": adjustable(5, vpc),
  "vpc/nat-gateways-per-zone": adjustable(5, vpc),
  "vpc/route-tables-per-vpc": adjustable(200, vpc),
  // 50 in older copies of the page.
  "vpc/routes-per-route-table": adjustable(500, vpc, 1000),
  "vpc/network-acls-per-vpc": adjustable(200, vpc),
  // Each way: 20 inbound and 20 outbound.
  "vpc/rules-per-network-acl": adjustable(20, vpc, 40),
  "vpc/security-groups-per-region": adjustable(2500, vpc),
  // Each way, and IPv4 and IPv6 apart.
  "vpc/rules-per-security-group": adjustable(60, vpc),
  "vpc/security-groups-per-interface": adjustable(5, vpc, 16),
  "vpc/interface-endpoints-per-vpc": adjustable(50, privateLink),
  "vpc/gateway-endpoints-per-region": adjustable(20, privateLink),
} as const satisfies Readonly<Record<string, Limit>>;

/** Name of a limit in the table: `<service>/<quota>`. */
export type LimitName = keyof typeof data;

/** Limits that the plan stage checks. Every row has its own source and date; the table's date is the oldest of them. */
export const limitTable: Dated<Readonly<Record<LimitName, Limit>>> = {
  source: "AWS documentation, page by row",
  date,
  data,
};

/**
 * Prefix lengths that a VPC and a subnet may have: the shortest prefix is the largest block.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html
 */
export const ipv4PrefixLengths: Dated<{ readonly shortest: number; readonly longest: number }> = {
  source: "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html",
  date,
  data: { shortest: 16, longest: 28 },
};
