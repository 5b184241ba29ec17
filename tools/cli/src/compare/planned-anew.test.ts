import { AssetValue, UNKNOWN } from "@atoll/aws-model";

import { PlannedAnew } from "./planned-anew.ts";

const gone = { urn: "urn:vpc", was: undefined };

test("a new value is found as it is and in longer texts, but not in another word", () => {
  const anew = new PlannedAnew();
  expect(anew.note("vpc-0a1b", gone)).toBe(true);
  anew.note("10.0.3.7", { urn: "urn:host", was: undefined });
  const asset = new AssetValue("vpc-0a1b", "00");
  const { inputs, follows } = anew.apply({
    id: "vpc-0a1b",
    arn: "arn:aws:ec2:eu-west-1:1:vpc/vpc-0a1b",
    list: ["x", { deep: "vpc-0a1b/*" }],
    other: "vpc-0a1b2",
    tail: "my-vpc-0a1b",
    address: "10.0.3.7/32",
    neighbour: "10.0.3.7.1",
    near: "10.0.3.70/32",
    number: 7,
    nothing: null,
    asset,
  });
  expect(inputs).toEqual({
    id: UNKNOWN,
    arn: UNKNOWN,
    list: ["x", { deep: UNKNOWN }],
    other: "vpc-0a1b2",
    tail: "my-vpc-0a1b",
    address: UNKNOWN,
    neighbour: "10.0.3.7.1",
    near: "10.0.3.70/32",
    number: 7,
    nothing: null,
    asset,
  });
  expect(follows.map(({ path }) => path)).toEqual(["id", "arn", "list[1].deep", "address"]);
});

test("a value that was only planned differently is what it was", () => {
  const anew = new PlannedAnew();
  anew.note("vpc-new0", { urn: "urn:vpc", was: "vpc-old0" });
  expect(anew.apply({ a: "vpc-new0", b: "x/vpc-new0/y" })).toEqual({
    inputs: { a: "vpc-old0", b: "x/vpc-old0/y" },
    follows: [],
  });
});

test("that a value is given anew is never taken back, and nothing is news twice", () => {
  const anew = new PlannedAnew();
  const kept = { urn: "urn:vpc", was: "vpc-old0" };
  expect([anew.note("vpc-new0", kept), anew.note("vpc-new0", kept)]).toEqual([true, false]);
  expect([anew.note("vpc-new0", gone), anew.note("vpc-new0", gone)]).toEqual([true, false]);
  expect(anew.note("vpc-new0", kept)).toBe(false);
  expect(anew.apply({ a: "vpc-new0" }).inputs).toEqual({ a: UNKNOWN });
});

test("what is too short to be told from other texts is left alone", () => {
  const anew = new PlannedAnew();
  expect(anew.note("1", gone)).toBe(false);
  expect(anew.note("", gone)).toBe(false);
});
