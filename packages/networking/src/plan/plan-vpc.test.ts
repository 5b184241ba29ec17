import { ProblemError } from "@atoll/core";
import type { AddressAllocation } from "@atoll/organization";
import fc from "fast-check";

import { allocationsOf, EMPTY_ADDRESS_BOOK } from "./address-book.ts";
import { allocateAddresses } from "./allocate-addresses.ts";
import { checkVpc } from "./check-vpc.ts";
import { planVpc } from "./plan-vpc.ts";
import { account, organizationOf } from "./testing/organization.ts";
import type { NatMode, VpcRequirements } from "./vpc-plan.ts";

function allocations(zones = 3, tiers?: readonly string[]): readonly AddressAllocation[] {
  const owner = account("a", { regions: ["us-east-1"], zones });
  const options = tiers === undefined ? {} : { tiers };
  const { book } = allocateAddresses(organizationOf([owner]), EMPTY_ADDRESS_BOOK, options);
  return allocationsOf(book, owner);
}

function requirements(change: Partial<VpcRequirements> = {}): VpcRequirements {
  return {
    account: "a",
    region: "us-east-1",
    allocations: allocations(),
    nat: "per-zone",
    ...change,
  };
}

test("three tiers over two zones with a NAT gateway in each", () => {
  const plan = planVpc(requirements({ allocations: allocations(2) }));
  expect(plan.zoneIds).toEqual(["use1-az1", "use1-az2"]);
  expect(plan.internetGateway).toBe(true);
  expect(plan.subnets.map(({ key, routeTable }) => [key, routeTable])).toEqual([
    ["isolated-use1-az1", "isolated"],
    ["isolated-use1-az2", "isolated"],
    ["private-use1-az1", "private-use1-az1"],
    ["private-use1-az2", "private-use1-az2"],
    ["public-use1-az1", "public"],
    ["public-use1-az2", "public"],
  ]);
  expect(plan.routeTables.map(({ key }) => key)).toEqual([
    "isolated",
    "private-use1-az1",
    "private-use1-az2",
    "public",
  ]);
  expect(plan.routes.map(({ key, target }) => [key, target])).toEqual([
    ["private-use1-az1-default", { kind: "nat-gateway", key: "nat-use1-az1" }],
    ["private-use1-az2-default", { kind: "nat-gateway", key: "nat-use1-az2" }],
    ["public-default", { kind: "internet-gateway" }],
  ]);
  expect(plan.natGateways.map(({ subnet }) => subnet)).toEqual([
    "public-use1-az1",
    "public-use1-az2",
  ]);
  expect(plan.gatewayEndpoints.map(({ key, routeTables }) => [key, routeTables.length])).toEqual([
    ["dynamodb", 4],
    ["s3", 4],
  ]);
});

test("one NAT gateway serves every zone, and stays where it is told to", () => {
  const plan = planVpc(requirements({ nat: "single", natZoneId: "use1-az2" }));
  expect(plan.natGateways.map(({ key }) => key)).toEqual(["nat-use1-az2"]);
  const targets = plan.routes.flatMap(({ target }) =>
    target.kind === "nat-gateway" ? target.key : [],
  );
  expect(targets).toEqual(["nat-use1-az2", "nat-use1-az2", "nat-use1-az2"]);
});

test("a change of NAT changes NAT gateways and private routes, nothing else", () => {
  const plan = (nat: NatMode) => {
    const { natGateways: _, routes, ...rest } = planVpc(requirements({ nat }));
    return { ...rest, publicRoutes: routes.filter(({ routeTable }) => routeTable === "public") };
  };
  expect(plan("none")).toEqual(plan("per-zone"));
  expect(plan("single")).toEqual(plan("per-zone"));
});

test("without a public tier there is no internet gateway and no way out", () => {
  const plan = planVpc(
    requirements({ allocations: allocations(3, ["private", "database"]), nat: "none" }),
  );
  expect(plan.internetGateway).toBe(false);
  expect(plan.routes).toEqual([]);
  expect(plan.routeTables.map(({ key }) => key)).toContain("database");
});

test("what cannot be planned is refused with every problem", () => {
  const codes = (change: Partial<VpcRequirements>) =>
    checkVpc(requirements(change)).map(({ code }) => code);
  expect(codes({})).toEqual([]);
  expect(codes({ region: "eu-west-1" })).toEqual(["VPC_WITHOUT_ADDRESSES"]);
  expect(codes({ allocations: allocations(3, ["private"]) })).toEqual(["NAT_WITHOUT_PUBLIC_TIER"]);
  expect(codes({ nat: "single", natZoneId: "euw1-az1" })).toEqual(["NAT_ZONE_UNKNOWN"]);
  expect(() => planVpc(requirements({ account: "b" }))).toThrow(ProblemError);
});

test("a zone that joins renames nothing and changes no existing item", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 3 }),
      fc.constantFrom<NatMode>("none", "single", "per-zone"),
      (zones, nat) => {
        const owner = account("a", { regions: ["us-east-1"], zones });
        const first = allocateAddresses(organizationOf([owner]), EMPTY_ADDRESS_BOOK).book;
        const wider = { ...owner, zones: zones + 1 };
        const second = allocateAddresses(organizationOf([wider]), first).book;
        const before = planVpc(requirements({ nat, allocations: allocationsOf(first, owner) }));
        const after = planVpc(requirements({ nat, allocations: allocationsOf(second, wider) }));
        expect(after.subnets).toEqual(expect.arrayContaining([...before.subnets]));
        expect(after.routeTables).toEqual(expect.arrayContaining([...before.routeTables]));
        expect(after.routes).toEqual(expect.arrayContaining([...before.routes]));
        expect(after.natGateways).toEqual(expect.arrayContaining([...before.natGateways]));
      },
    ),
  );
});

test("a thousand VPCs of three tiers over three zones are planned within a second", () => {
  const blocks = allocations();
  const start = process.hrtime.bigint();
  const plans = Array.from({ length: 1000 }, () => planVpc(requirements({ allocations: blocks })));
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  expect(plans.every(({ subnets }) => subnets.length === 9)).toBe(true);
  expect(seconds).toBeLessThan(1);
});
