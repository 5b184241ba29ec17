import * as aws from "@pulumi/aws";
import { record, type Recorded } from "@atoll/testing";

import { allocateAddresses, allocationsOf, EMPTY_ADDRESS_BOOK } from "./plan/index.ts";
import { account, organizationOf } from "./plan/testing/organization.ts";
import { vpcOutputs } from "./vpc-outputs.ts";
import { vpcPerRegion } from "./vpc-per-region.ts";

jest.setTimeout(60_000);

const owner = account("a", { regions: ["cn-northwest-1", "cn-north-1"], zones: 2 });
const { book } = allocateAddresses(organizationOf([owner]), EMPTY_ADDRESS_BOOK);
const addresses = allocationsOf(book, owner);

let resources: readonly Recorded[] = [];
let outputs: unknown;
beforeAll(async () => {
  ({ resources, outputs } = await record(() => {
    const provider = new aws.Provider("explicit", { region: "cn-north-1" });
    const vpcs = vpcPerRegion(
      {
        // The third region has no blocks: no VPC is made there.
        account: { name: "a", regions: [...owner.regions, "us-east-1"] },
        addresses,
        nat: "none",
        organization: { organizationId: "o-1", partition: "aws-cn" },
        overrides: { "cn-north-1": { vpc: { instanceTenancy: "dedicated" } } },
      },
      { providers: [provider] },
    );
    return Object.fromEntries(
      Object.entries(vpcs).map(([region, vpc]) => [region, vpcOutputs(vpc)]),
    );
  }));
});

const vpcsOf = (type: string) => resources.filter((each) => each.type === type);

test("each region with addresses has a VPC, named after it, sorted", () => {
  expect(vpcsOf("atoll:networking:Vpc").map(({ name }) => name)).toEqual([
    "vpc-cn-north-1",
    "vpc-cn-northwest-1",
  ]);
  expect(Object.keys(outputs as object)).toEqual(["cn-north-1", "cn-northwest-1"]);
  expect(outputs).toMatchObject({
    "cn-north-1": { vpcId: "vpc-cn-north-1-id", natPublicIps: {} },
  });
});

test("overrides stay in their region", () => {
  const tenancies = vpcsOf("aws:ec2/vpc:Vpc").map(({ inputs }) => inputs["instanceTenancy"]);
  expect(tenancies).toEqual(["dedicated", undefined]);
});

test("the S3 endpoint keeps to the organization, in the account's partition", () => {
  const s3 = vpcsOf("aws:ec2/vpcEndpoint:VpcEndpoint").filter(({ name }) => name.endsWith("-s3"));
  expect(s3).toHaveLength(2);
  const text = String(s3[0]?.inputs["policy"]);
  const { Statement: statements } = JSON.parse(text) as { Statement: { Sid: string }[] };
  expect(new Set(statements.map(({ Sid }) => Sid)).size).toBe(statements.length);
  expect(text).toContain("arn:aws-cn:s3:::prod-cn-north-1-starport-layer-bucket/*");
  expect(text).toContain('"aws:ResourceOrgID":"o-1"');
  expect(text).not.toMatch(/arn:aws:|\{\{/);
});
