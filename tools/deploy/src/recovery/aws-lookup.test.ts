import { loadModel } from "@atoll/aws-model";

import { awsLookup, type TaggedResource } from "./aws-lookup.ts";
import type { SoughtResource } from "./identity.ts";
import { plannedIdentity } from "./planned-identity.ts";
import { taggedResources } from "./tagged-resources.ts";

const SCOPE = { partition: "aws", accountId: "111111111111", region: "eu-west-1" } as const;
const model = loadModel();

function sought(
  type: string,
  inputs: Record<string, unknown> = {},
  more: Partial<SoughtResource> = {},
): SoughtResource {
  return {
    urn: `urn::${type}`,
    type,
    name: "main",
    stack: "shop",
    inputs,
    evidence: "pending",
    ...more,
  };
}

const tags = { "atoll:stack": "shop", "atoll:name": "main" };

async function look(each: SoughtResource, listed: readonly TaggedResource[], lateBy = 0) {
  let calls = 0;
  const lookup = awsLookup({
    regions: ["eu-west-1", "us-east-1"],
    listTagged: () => {
      calls += 1;
      // Two regions are asked each time.
      return Promise.resolve(calls > lateBy * 2 ? listed : []);
    },
    identityOf: (resource) => plannedIdentity(model, SCOPE, resource),
    retrySeconds: [0.01, 0.01],
  });
  return (await lookup.find([each])).get(each.urn);
}

const VPC = "aws:ec2/vpc:Vpc";
const arn = (rest: string) => `arn:aws:ec2:eu-west-1:111111111111:${rest}`;

test("a tagged resource is found once, though two regions list it, by the id in its ARN", async () => {
  const found = await look(sought(VPC), [{ arn: arn("vpc/vpc-1"), tags }]);
  expect(found).toMatchObject({ identifiable: true, candidates: [{ id: "vpc-1", certain: true }] });
});

test("another type of the same name, another region, and another stack's are not it", async () => {
  const other = { ...tags, "atoll:stack": "other" };
  const found = await look(sought(VPC), [
    { arn: arn("subnet/subnet-1"), tags },
    { arn: "arn:aws:ec2:eu-central-1:111111111111:vpc/vpc-2", tags },
    { arn: arn("vpc/vpc-3"), tags: other },
  ]);
  expect(found).toEqual({ identifiable: true, candidates: [] });
});

test("the region that the resource itself names counts", async () => {
  const found = await look(sought(VPC, { region: "eu-central-1" }), [
    { arn: "arn:aws:ec2:eu-central-1:111111111111:vpc/vpc-2", tags },
  ]);
  expect(found?.candidates).toMatchObject([{ id: "vpc-2" }]);
});

test("what shows late is found all the same", async () => {
  const found = await look(sought(VPC), [{ arn: arn("vpc/vpc-1"), tags }], 2);
  expect(found?.candidates).toMatchObject([{ id: "vpc-1" }]);
});

test("ids that are ARNs stay ARNs, and a NAT gateway has a form although it has no output `arn`", async () => {
  const cluster = "arn:aws:ecs:eu-west-1:111111111111:cluster/main-1";
  const first = await look(sought("aws:ecs/cluster:Cluster"), [{ arn: cluster, tags }]);
  expect(first?.candidates).toMatchObject([{ id: cluster }]);
  const gateway = sought("aws:ec2/natGateway:NatGateway", { subnetId: "subnet-1" });
  const second = await look(gateway, [{ arn: arn("natgateway/nat-1"), tags }]);
  expect(second?.candidates).toMatchObject([{ id: "nat-1" }]);
});

test("a role is not listed by the API: only the id that its name makes is a candidate, and never certain", async () => {
  const role = "aws:iam/role:Role";
  const named = await look(sought(role, { name: "deploy", assumeRolePolicy: "{}" }), []);
  expect(named).toMatchObject({
    identifiable: true,
    candidates: [{ id: "deploy", certain: false }],
  });
  const unnamed = await look(sought(role, { assumeRolePolicy: "{}" }), []);
  expect(unnamed).toEqual({ identifiable: false, candidates: [] });
});

test("what takes no tags is known by its inputs, where its id follows from them", async () => {
  const policy = sought("aws:s3/bucketPolicy:BucketPolicy", { bucket: "data", policy: "{}" });
  expect(await look(policy, [])).toMatchObject({ candidates: [{ id: "data", certain: false }] });
});

test("the API is read page by page, and its failure says what the role needs", async () => {
  const pages = [
    {
      ResourceTagMappingList: [{ ResourceARN: "a", Tags: [{ Key: "k", Value: "v" }] }],
      PaginationToken: "next",
    },
    { ResourceTagMappingList: [{ ResourceARN: "b" }], PaginationToken: "" },
  ];
  const list = taggedResources(() => ({ send: () => Promise.resolve(pages.shift()) }) as never);
  expect(await list("eu-west-1", "k", "v")).toEqual([
    { arn: "a", tags: { k: "v" } },
    { arn: "b", tags: {} },
  ]);
  const failing = taggedResources(
    () => ({ send: () => Promise.reject(new Error("AccessDenied")) }) as never,
  );
  await expect(failing("eu-west-1", "k", "v")).rejects.toMatchObject({
    code: "RECOVERY_LOOKUP_FAILED",
  });
});
