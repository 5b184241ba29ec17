import { partitionOfRegion } from "@atoll/core";

import { defaultRegions, limitedZones } from "./region-facts.ts";
import { regionTable } from "./region-table.ts";
import { isOptIn, region, regionOfZoneId, regions, zonesOf } from "./regions.ts";

/**
 * AWS's own list of zones, by region: the prefix of the ids and the numbers. Written down from
 * https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-availability-zones.html on 2026-11-23; for
 * GovCloud and Beijing, which that page leaves out, from the EMR Serverless page that `limitedZones` names. The table
 * under test is from the Python packages moto and botocore, so that the two check each other.
 */
const documentedZones: Readonly<Record<string, string>> = {
  "af-south-1": "afs1 1 2 3",
  "ap-east-1": "ape1 1 2 3",
  "ap-east-2": "ape2 1 2 3",
  "ap-northeast-1": "apne1 1 2 3 4",
  "ap-northeast-2": "apne2 1 2 3 4",
  "ap-northeast-3": "apne3 1 2 3",
  "ap-south-1": "aps1 1 2 3",
  "ap-south-2": "aps2 1 2 3",
  "ap-southeast-1": "apse1 1 2 3",
  "ap-southeast-2": "apse2 1 2 3",
  "ap-southeast-3": "apse3 1 2 3",
  "ap-southeast-4": "apse4 1 2 3",
  "ap-southeast-5": "apse5 1 2 3",
  "ap-southeast-6": "apse6 1 2 3",
  "ap-southeast-7": "apse7 1 2 3",
  "ca-central-1": "cac1 1 2 4",
  "ca-west-1": "caw1 1 2 3",
  "cn-north-1": "cnn1 1 2 4",
  "eu-central-1": "euc1 1 2 3",
  "eu-central-2": "euc2 1 2 3",
  "eu-north-1": "eun1 1 2 3",
  "eu-south-1": "eus1 1 2 3",
  "eu-south-2": "eus2 1 2 3",
  "eu-west-1": "euw1 1 2 3",
  "eu-west-2": "euw2 1 2 3 4",
  "eu-west-3": "euw3 1 2 3",
  "il-central-1": "ilc1 1 2 3",
  "me-central-1": "mec1 1 2 3",
  "me-south-1": "mes1 1 2 3",
  "mx-central-1": "mxc1 1 2 3",
  "sa-east-1": "sae1 1 2 3",
  "us-east-1": "use1 1 2 3 4 5 6",
  "us-east-2": "use2 1 2 3",
  "us-gov-east-1": "usge1 1 2 3",
  "us-gov-west-1": "usgw1 1 2 3",
  "us-west-1": "usw1 1 2 3",
  "us-west-2": "usw2 1 2 3 4",
};

test("the zones agree with AWS's own list, region by region", () => {
  const known = Object.fromEntries(
    regions()
      .filter(({ name }) => name !== "cn-northwest-1") // no second source: by AWS's pattern of zone ids alone
      .map(({ name, zones, limitedZones: limited }) => [name, [...zones, ...limited].sort()]),
  );
  const documented = Object.fromEntries(
    Object.entries(documentedZones).map(([name, text]) => {
      const [prefix = "", ...numbers] = text.split(" ");
      return [name, numbers.map((number) => `${prefix}-az${number}`)];
    }),
  );
  expect(known).toEqual(documented);
});

test("a region belongs to the partition that its name says", () => {
  for (const { name, partition } of regions())
    expect([name, partitionOfRegion(name)]).toEqual([name, partition]);
});

test("every region that is on by default is in the table", () => {
  for (const name of defaultRegions.data)
    expect([name, region(name)?.partition]).toEqual([name, "aws"]);
});

test("opt-in: the regions after March 2019, none in China and GovCloud", () => {
  expect(
    ["eu-west-1", "af-south-1", "eu-south-1", "cn-north-1", "us-gov-east-1"].map(isOptIn),
  ).toEqual([false, true, true, false, false]);
  expect(regions().filter(({ optIn }) => optIn)).toHaveLength(17);
  expect(isOptIn("eu-nowhere-1")).toBeUndefined();
});

test("a zone belongs to one region alone, and ids are in order of their numbers", () => {
  const zones = regions().flatMap((facts) => [...facts.zones, ...facts.limitedZones]);
  expect(new Set(zones).size).toBe(zones.length);
  for (const facts of regions()) {
    const numbers = facts.zones.map((zone) => Number(zone.split("-az")[1]));
    expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
    expect(facts.zones.length).toBeGreaterThanOrEqual(2);
    for (const zone of [...facts.zones, ...facts.limitedZones])
      expect(regionOfZoneId(zone)).toBe(facts.name);
  }
});

test("limited zones are set apart from those to plan on", () => {
  expect(zonesOf("us-east-1")).toEqual([
    "use1-az1",
    "use1-az2",
    "use1-az4",
    "use1-az5",
    "use1-az6",
  ]);
  expect(region("us-east-1")?.limitedZones).toEqual(["use1-az3"]);
  expect(zonesOf("eu-nowhere-1")).toEqual([]);
  for (const name of Object.keys(limitedZones.data)) expect(region(name)).toBeDefined();
});

test("a zone newer than the table is known by its prefix, a Local Zone by its parent's", () => {
  expect(regionOfZoneId("use1-az7")).toBe("us-east-1");
  expect(regionOfZoneId("usw2-lax1-az1")).toBe("us-west-2");
  expect(regionOfZoneId("xyz9-az1")).toBeUndefined();
});

test("every table says where it is from and when", () => {
  for (const table of [regionTable, defaultRegions, limitedZones]) {
    expect(table.source).not.toBe("");
    expect(table.date).toMatch(/^\d{4}-\d{2}-\d{2}$/);
  }
});
