import * as pulumi from "@pulumi/pulumi";

import { contentDifferences, countTypes } from "../../src/content.ts";
import type { BenchSubnet } from "./account-content.ts";

const types: string[] = [];
const providers = new Set<string | undefined>();

beforeAll(async () => {
  await pulumi.runtime.setMocks({
    newResource: ({ type, name, inputs, provider }) => {
      if (type.startsWith("aws:")) {
        types.push(type);
        providers.add(provider);
      }
      return { id: name, state: inputs as Record<string, unknown> };
    },
    call: () => ({}),
  });
  const aws = await import("@pulumi/aws");
  const { createAccountContent } = await import("./account-content.ts");
  const zones = ["euw1-az1", "euw1-az2", "euw1-az3"];
  const subnets: BenchSubnet[] = ["public", "private", "isolated"].flatMap((tier, row) =>
    zones.map((zoneId, column) => ({ tier, zoneId, cidr: `10.0.${row * 3 + column}.0/24` })),
  );
  await pulumi.runtime.runInPulumiStack(() => {
    const provider = new aws.Provider("aws", { region: "eu-west-1" });
    createAccountContent({
      name: "bench-0001",
      partition: "aws",
      vpcCidr: "10.0.0.0/16",
      subnets,
      provider,
    });
    return Promise.resolve(undefined);
  });
  // Registrations end on their own time.
  await pulumi.runtime.disconnect();
});

describe("createAccountContent", () => {
  it("makes what the peers make, so that they are compared like with like", () => {
    expect(contentDifferences({ "bench-0001": countTypes(types) }, 1, "pulumi")).toEqual([]);
  });

  it("gives every resource the account's one provider", () => {
    expect([...providers]).toEqual([expect.stringContaining("pulumi:providers:aws::aws")]);
  });
});
