import { parseCidr, containsCidr, overlapsCidr, requireCidr } from "@atoll/core";
import { zonesOf } from "@atoll/aws-facts";
import { text } from "./look.ts";
import { MANAGEMENT, MEMBER, model, REGION, seeded } from "./testing/world.ts";
import * as types from "./type-names.ts";

const ORGANIZATION = {
  managementAccountId: MANAGEMENT,
  accounts: [{ accountId: MANAGEMENT, name: "management", email: "m@example.com" }],
};

test("a fresh account has one default VPC in each of its regions, with a subnet in every zone", () => {
  const regions = ["eu-west-1", "us-east-1", "eu-west-1"];
  const seed = model.cloud.seed({ accountId: MEMBER, partition: "aws", regions }, ORGANIZATION);
  for (const region of new Set(regions)) {
    const here = seed.filter((resource) => resource.region === region);
    expect(here.filter(({ type }) => type === types.DEFAULT_VPC)).toHaveLength(1);
    const subnets = here.filter(({ type }) => type === types.SUBNET);
    expect(subnets.map(({ outputs }) => outputs["availabilityZoneId"])).toEqual(zonesOf(region));
    const blocks = subnets.flatMap(
      ({ outputs }) => parseCidr(text(outputs, "cidrBlock") ?? "") ?? [],
    );
    expect(blocks).toHaveLength(subnets.length);
    const all = requireCidr("172.31.0.0/16");
    for (const [index, block] of blocks.entries()) {
      expect(containsCidr(all, block)).toBe(true);
      expect(blocks.slice(index + 1).some((other) => overlapsCidr(block, other))).toBe(false);
    }
  }
});

test("the seed is the planned default VPC, and another one with a salt", () => {
  const account = { accountId: MEMBER, partition: "aws", regions: [REGION] } as const;
  const scope = { partition: "aws", accountId: MEMBER, region: REGION } as const;
  const planned = model.plan({ type: types.DEFAULT_VPC, name: "a", urn: "a", inputs: {}, scope });
  const ids = (salt?: string) =>
    model.cloud
      .seed({ ...account, ...(salt === undefined ? {} : { salt }) }, ORGANIZATION)
      .map(({ id }) => id);
  expect(ids()).toContain(planned.id);
  const salted = ids("run-1");
  expect(salted.filter((id) => ids().includes(id))).toEqual([]);
  expect(ids("run-1")).toEqual(salted);
});

test("everything of the seed says so, has an id of its own, and is plain data", () => {
  const seed = seeded();
  const keys = seed.map(({ accountId, region, type, id }) =>
    [accountId, region, type, id].join(" "),
  );
  expect(new Set(keys).size).toBe(keys.length);
  expect([...new Set(seed.map(({ origin }) => origin))]).toEqual(["seed"]);
  expect(JSON.parse(JSON.stringify(seed))).toEqual(seed);
});

test("only the management account has the organization", () => {
  const holders = seeded().filter(({ type }) => type.startsWith("aws:organizations/"));
  expect([...new Set(holders.map(({ accountId }) => accountId))]).toEqual([MANAGEMENT]);
});
