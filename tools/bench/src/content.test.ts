import { assertContent, contentDifferences, countTypes, MAIN_RESOURCES } from "./content.ts";
import type { Dialect } from "./content.ts";

const whole = (dialect: Dialect) =>
  countTypes(
    MAIN_RESOURCES.flatMap((resource) =>
      Array.from({ length: resource.perAccount }, () => resource[dialect]),
    ),
  );

describe("contentDifferences", () => {
  it.each(["pulumi", "cloudFormation"] as const)("finds none in whole %s content", (dialect) => {
    const stacks = { one: whole(dialect), two: { ...whole(dialect), "more than listed": 1 } };
    expect(contentDifferences(stacks, 2, dialect)).toEqual([]);
  });

  it("names the account and the type that falls short", () => {
    const stacks = { one: { ...whole("pulumi"), "aws:ec2/natGateway:NatGateway": 1 } };
    expect(contentDifferences(stacks, 1, "pulumi")).toEqual([
      "one: 1 aws:ec2/natGateway:NatGateway, not 3",
    ]);
  });

  it("notices a contender that leaves accounts out", () => {
    expect(contentDifferences({ one: whole("pulumi") }, 2, "pulumi")).toEqual([
      "1 accounts, not 2",
    ]);
  });
});

describe("assertContent", () => {
  it("refuses a contender that made less", () => {
    expect(() => {
      assertContent("cdk-6", { one: {} }, 1, "cloudFormation");
    }).toThrow(expect.objectContaining({ code: "BENCH_CONTENT_DIFFERS" }));
  });
});
