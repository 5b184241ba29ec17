import type { Problem } from "@atoll/core";

import { checkRegion, checkZoneId } from "./region-checks.ts";
import { regionTable } from "./region-table.ts";

const found = (problems: readonly Problem[]) =>
  problems.map(({ code, severity, path }) => [code, severity, path]);

test.each([
  ["eu-west-1", "aws", []],
  ["cn-north-1", "aws-cn", []],
  ["us-gov-west-1", "aws-us-gov", []],
  ["eu-west-1", "aws-cn", [["REGION_IN_OTHER_PARTITION", "error", "p"]]],
  ["cn-newplace-9", "aws", [["REGION_IN_OTHER_PARTITION", "error", "p"]]],
  ["eu-wset-1", "aws", [["REGION_UNKNOWN", "warning", "p"]]],
  ["eusc-de-east-1", "aws", [["REGION_UNKNOWN", "warning", "p"]]],
  ["Ireland", "aws", [["REGION_SYNTAX", "error", "p"]]],
  ["eu-west-1a", "aws", [["REGION_SYNTAX", "error", "p"]]],
  ["", "aws", [["REGION_SYNTAX", "error", "p"]]],
] as const)("the region %j in %s", (name, partition, expected) => {
  expect(found(checkRegion(name, partition, "p"))).toEqual(expected);
});

test("an unknown region is a warning that says the table's date and the nearest name", () => {
  const [problem] = checkRegion("eu-wset-1", "aws", "p");
  expect(problem?.message).toContain(regionTable.date);
  expect(problem?.fix).toContain("eu-west-1");
  const [without] = checkRegion("antarctica-south-1", "aws", "p");
  expect(without?.fix).not.toContain("mean");
});

test.each([
  ["euw1-az1", "eu-west-1", []],
  ["euw1-az9", "eu-west-1", [["ZONE_UNKNOWN", "warning", "p"]]],
  ["usw2-lax1-az1", "us-west-2", [["ZONE_UNKNOWN", "warning", "p"]]],
  ["newr1-az1", "new-region-1", [["ZONE_UNKNOWN", "warning", "p"]]],
  ["use1-az3", "us-east-1", [["ZONE_LIMITED", "warning", "p"]]],
  ["euc1-az1", "eu-west-1", [["ZONE_IN_OTHER_REGION", "error", "p"]]],
  ["euc1-az9", "eu-west-1", [["ZONE_IN_OTHER_REGION", "error", "p"]]],
  ["euc1-az1", "new-region-1", [["ZONE_IN_OTHER_REGION", "error", "p"]]],
  ["eu-west-1a", "eu-west-1", [["ZONE_SYNTAX", "error", "p"]]],
  ["", "eu-west-1", [["ZONE_SYNTAX", "error", "p"]]],
] as const)("the zone %j in %s", (zone, region, expected) => {
  expect(found(checkZoneId(zone, region, "p"))).toEqual(expected);
});
