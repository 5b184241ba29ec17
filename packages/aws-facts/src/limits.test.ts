import { limitTable } from "./limit-table.ts";
import {
  checkLimit,
  checkQuotas,
  effectiveLimit,
  isLimitName,
  limit,
  limitNames,
  type LimitUse,
} from "./limits.ts";

/**
 * Default quotas of Amazon VPC as the Python package moto 5.2.5 keeps them from AWS's Service Quotas, a second source.
 * Its routes per route table (50) are left out: AWS's page says 500 by now.
 */
const secondSource: Readonly<Record<string, number>> = {
  "vpc/vpcs-per-region": 5,
  "vpc/subnets-per-vpc": 200,
  "vpc/ipv4-cidr-blocks-per-vpc": 5,
  "vpc/ipv6-cidr-blocks-per-vpc": 5,
  "vpc/internet-gateways-per-region": 5,
  "vpc/egress-only-internet-gateways-per-region": 5,
  "vpc/nat-gateways-per-zone": 5,
  "vpc/route-tables-per-vpc": 200,
  "vpc/network-acls-per-vpc": 200,
  "vpc/rules-per-network-acl": 20,
  "vpc/security-groups-per-region": 2500,
  "vpc/rules-per-security-group": 60,
  "vpc/security-groups-per-interface": 5,
  "vpc/interface-endpoints-per-vpc": 50,
  "vpc/gateway-endpoints-per-region": 20,
};

test("the limits of Amazon VPC agree with a second source", () => {
  const ours = Object.fromEntries(
    Object.keys(secondSource).map((name) => [
      name,
      isLimitName(name) ? limit(name).default : undefined,
    ]),
  );
  expect(ours).toEqual(secondSource);
});

test("every limit has a service, a positive default, a source and a day no older than the table's", () => {
  expect(limitNames.length).toBeGreaterThan(25);
  for (const name of limitNames) {
    const row = limit(name);
    expect([name, row.default > 0, row.date >= limitTable.date]).toEqual([name, true, true]);
    expect(name).toMatch(/^[a-z]+\/[a-z0-9-]+$/);
    expect([name, row.source]).toEqual([
      name,
      expect.stringMatching(/^(https:\/\/docs\.aws\.amazon\.com\/|botocore )/),
    ]);
    expect([
      name,
      row.maximum === undefined || (row.adjustable && row.maximum > row.default),
    ]).toEqual([name, true]);
  }
});

test("the account's quota goes before the organization's, and both before AWS's default", () => {
  const name = "vpc/vpcs-per-region";
  expect(effectiveLimit(name)).toBe(5);
  expect(effectiveLimit(name, {}, { [name]: 20 })).toBe(20);
  expect(effectiveLimit(name, { [name]: 50 }, { [name]: 20 })).toBe(50);
  expect(effectiveLimit(name, { [name]: 0 })).toBe(0);
});

describe("using a limit", () => {
  const scps: LimitUse = {
    name: "organizations/service-control-policies-per-target",
    used: 10,
    path: "p",
    what: "Policies of Workloads",
  };

  test("the limit itself is allowed, one more is an error with the limit's source", () => {
    expect(checkLimit(scps)).toEqual([]);
    expect(checkLimit({ ...scps, used: 11 })).toEqual([
      expect.objectContaining({
        code: "LIMIT_EXCEEDED",
        severity: "error",
        path: "p",
        got: 11,
        expected: expect.stringContaining("docs.aws.amazon.com"),
      }),
    ]);
  });

  test("a quota that was written down counts", () => {
    expect(checkLimit({ ...scps, used: 11, quotas: [{}, { [scps.name]: 12 }] })).toEqual([]);
    expect(checkLimit({ ...scps, used: 9, quotas: [{ [scps.name]: 8 }] })).toHaveLength(1);
  });

  test("the way out differs: only some limits are raised on request", () => {
    const [hard] = checkLimit({ ...scps, used: 11 });
    const [soft] = checkLimit({ name: "vpc/vpcs-per-region", used: 6, path: "p", what: "VPCs" });
    expect(soft?.fix).toContain("Ask AWS");
    expect(hard?.fix).not.toContain("Ask AWS");
  });
});

test("quotas people wrote down: all problems at once, sorted by name", () => {
  const problems = checkQuotas(
    {
      "vpc/vpc-per-region": 10,
      "vpc/vpcs-per-region": 100,
      "vpc/routes-per-route-table": 2000,
      "vpc/subnets-per-vpc": -1,
      "vpc/elastic-ips-per-region": 1.5,
      "vpc/nat-gateways-per-zone": Number.NaN,
      "organizations/service-control-policy-size": 20_480,
    },
    "quotas",
  );
  expect(problems.map(({ code, severity, path }) => [code, severity, path])).toEqual([
    ["QUOTA_NOT_ADJUSTABLE", "warning", "quotas.organizations/service-control-policy-size"],
    ["QUOTA_VALUE", "error", "quotas.vpc/elastic-ips-per-region"],
    ["QUOTA_VALUE", "error", "quotas.vpc/nat-gateways-per-zone"],
    ["QUOTA_NOT_ADJUSTABLE", "warning", "quotas.vpc/routes-per-route-table"],
    ["QUOTA_VALUE", "error", "quotas.vpc/subnets-per-vpc"],
    ["QUOTA_UNKNOWN", "warning", "quotas.vpc/vpc-per-region"],
  ]);
  expect(problems.at(-1)?.fix).toContain("vpc/vpcs-per-region");
});

test("names that every object has are no limits", () => {
  expect(isLimitName("toString")).toBe(false);
});
