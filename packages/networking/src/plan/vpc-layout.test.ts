import { requireCidr } from "@atoll/core";

import { freePlace, freeSlot, layoutFor, layoutOf, longestPrefixFor } from "./vpc-layout.ts";

test.each([
  [16, 1, 2],
  [16, 3, 2],
  [16, 4, 3],
  [16, 6, 3],
  [22, 6, 3],
  [24, 3, 2],
  [24, 4, 2],
  [25, 2, 1],
  [26, 1, 0],
])("a /%i over %i zones falls into 2^%i slots", (prefixLength, zones, slotBits) => {
  expect(layoutFor(prefixLength, zones)).toEqual({ slotBits });
});

test.each([
  [25, 3],
  [24, 5],
  [27, 1],
  [16, 7],
  [16, 0],
])("a /%i over %i zones has no layout", (prefixLength, zones) => {
  expect(layoutFor(prefixLength, zones)).toBeUndefined();
});

test("the smallest VPC for each number of zones is known", () => {
  expect([1, 2, 3, 4, 5, 6, 7].map(longestPrefixFor)).toEqual([26, 25, 24, 24, 23, 23, undefined]);
});

test.each([
  ["10.0.0.0/18", ["10.0.0.0/19", "10.0.32.0/20", "10.0.48.0/21", "10.0.56.0/21"]],
  ["10.0.0.0/25", ["10.0.0.0/26", "10.0.0.64/27", "10.0.0.96/28", "10.0.0.112/28"]],
  ["10.0.0.0/26", ["10.0.0.0/28", "10.0.0.16/28", "10.0.0.32/28", "10.0.0.48/28"]],
])("slot %s holds private, isolated, public and one more", (slot, expected) => {
  const places = ["private", "isolated", "public", "database"].map((tier) =>
    freePlace(requireCidr(slot), tier, []),
  );
  expect(places.map((place) => place?.text)).toEqual(expected);
});

test("a tier whose place is in use takes the lowest free one of its size, and none when the slot is full", () => {
  const slot = requireCidr("10.0.0.0/26");
  const taken = [requireCidr("10.0.0.32/28")];
  expect(freePlace(slot, "public", taken)?.text).toBe("10.0.0.0/28");
  expect(freePlace(slot, "public", [slot])).toBeUndefined();
});

test("the layout of an existing VPC is recognized by its subnets", () => {
  const vpc = requireCidr("10.0.0.0/16");
  const held = (tier: string, cidr: string) => ({ zoneId: "z", tier, cidr: requireCidr(cidr) });
  expect(layoutOf(vpc, [held("private", "10.0.0.0/19")])).toEqual({ slotBits: 2 });
  expect(layoutOf(vpc, [held("private", "10.0.32.0/20")])).toEqual({ slotBits: 3 });
  expect(layoutOf(vpc, [held("public", "10.0.1.0/24")])).toBeUndefined();
});

test("a new zone takes the lowest slot that nothing reaches into", () => {
  const vpc = requireCidr("10.0.0.0/16");
  expect(freeSlot(vpc, 18, [requireCidr("10.0.60.0/24")])?.text).toBe("10.0.64.0/18");
  expect(freeSlot(vpc, 18, [vpc])).toBeUndefined();
});
