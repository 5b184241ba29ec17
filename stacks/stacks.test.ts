import { readFileSync } from "node:fs";
import path from "node:path";

import { parseAddressBook, allocationsOf } from "@atoll/networking/plan";
import { planStacks } from "@atoll/organization";
import { runStack } from "@atoll/organization/components";
import type { Recording } from "@atoll/testing";

import definition from "./organization.ts";
import { loadPrograms } from "./programs.ts";
import { recordStack } from "./testing/record-stack.ts";
import { isReference, referenceTest } from "./testing/reference.ts";

const organizationFile = path.join(import.meta.dirname, "organization.ts");
const bookFile = path.join(import.meta.dirname, "organization.ts.addresses.json");
const handedOn = {
  management: { organizationId: "o-atoll", rootId: "r-1" },
  network: { vpcId: "vpc-1", vpcCidrs: ["10.0.0.0/16"], vpcs: {} },
};

async function recordAll(): Promise<ReadonlyMap<string, Recording>> {
  const { organization } = definition;
  const { book } = parseAddressBook(readFileSync(bookFile, "utf8"));
  if (organization === null || book === null) throw new TypeError("no organization");
  const importFile = (file: string) => import(file) as Promise<object>;
  const { programs } = await loadPrograms(organization, organizationFile, importFile);
  const { stacks } = planStacks(
    organization,
    programs.map(({ manifest }) => manifest),
    "up",
  );
  const recorded = new Map<string, Recording>();
  for (const plan of stacks) {
    const program = programs.find(({ manifest }) => manifest.kind === plan.kind);
    if (program === undefined) throw new TypeError(`no program of ${plan.kind}`);
    const addresses = allocationsOf(book, plan.account);
    const run = () => runStack({ definition: program.definition, organization, plan, addresses });
    recorded.set(plan.stack, await recordStack(plan.stack, handedOn, run));
  }
  return recorded;
}

let all: ReadonlyMap<string, Recording> = new Map();
beforeAll(async () => {
  if (isReference) all = await recordAll();
}, 120_000);

const accounts = [
  "management",
  "security",
  "network",
  "delivery",
  "workloads-dev",
  "workloads-prod",
];

function recordedStack(account: string): Recording {
  const found = all.get(account);
  if (found === undefined) throw new TypeError(`${account} was not run`);
  return found;
}

// Names are what state is found by: a line that changes here is a resource that is replaced, or needs an alias.
referenceTest.each(accounts)("%s has exactly these resources", (account) => {
  const lines = recordedStack(account).resources.map(({ type, name }) => `${type} ${name}`);
  expect(`\n${lines.join("\n")}\n`).toMatchSnapshot();
});

referenceTest.each(accounts)(
  "%s creates everything through its one provider, with its identity",
  (account) => {
    const { resources } = recordedStack(account);
    const aws = resources.filter(({ type }) => type.startsWith("aws:"));
    expect(aws.length).toBeGreaterThan(5);
    expect(resources.filter(({ type }) => type === "pulumi:providers:aws")).toHaveLength(1);
    for (const { name, type, provider, inputs } of aws) {
      expect([type, name, provider]).toEqual([
        type,
        name,
        expect.stringContaining("pulumi:providers:aws::aws::"),
      ]);
      if (inputs["tags"] === undefined || Array.isArray(inputs["tags"])) continue;
      expect(inputs["tags"]).toMatchObject({ "atoll:stack": account, "atoll:name": name });
    }
  },
);

referenceTest("keys, state and artifact storage, accounts and delegations are protected", () => {
  const locked = accounts.flatMap((account) =>
    recordedStack(account)
      .resources.filter(({ options }) => options.protect)
      .map(({ type }) => type),
  );
  expect([...new Set(locked)].sort()).toEqual([
    "aws:kms/key:Key",
    "aws:organizations/account:Account",
    "aws:organizations/delegatedAdministrator:DelegatedAdministrator",
    "aws:organizations/organization:Organization",
    "aws:s3/bucket:Bucket",
  ]);
});

referenceTest("each stack hands on the outputs of its contract", () => {
  const names = (account: string) => Object.keys(recordedStack(account).outputs).sort();
  expect(names("management")).toEqual(["organizationId", "rootId"]);
  expect(names("security")).toEqual(["analyzerArns"]);
  expect(names("network")).toEqual(["vpcCidrs", "vpcId", "vpcs"]);
  expect(names("delivery")).toEqual(["artifactBucket", "artifactBucketArn", "artifactKeyArn"]);
  expect(names("workloads-dev")).toEqual(["sharedServicesSecurityGroupIds", "vpcs"]);
  expect(recordedStack("workloads-dev").outputs).toMatchObject({
    vpcs: { "eu-west-1": { vpcId: "vpc-eu-west-1-id", cidrBlock: "10.16.0.0/16" } },
    sharedServicesSecurityGroupIds: { "eu-west-1": "shared-services-eu-west-1-id" },
  });
});

referenceTest("what other accounts hand on is used where it is needed", () => {
  const inputsOf = (account: string, type: string, name: string) =>
    recordedStack(account).resources.find((each) => each.type === type && each.name === name)
      ?.inputs ?? {};
  const group = inputsOf(
    "workloads-prod",
    "aws:ec2/securityGroup:SecurityGroup",
    "shared-services-eu-west-1",
  );
  expect(group).toMatchObject({
    ingress: [{ cidrBlocks: ["10.0.0.0/16"], fromPort: 443, toPort: 443, protocol: "tcp" }],
    egress: [],
  });
  const s3 = inputsOf("network", "aws:ec2/vpcEndpoint:VpcEndpoint", "vpc-eu-west-1-s3");
  expect(JSON.parse(String(s3["policy"]))).toMatchObject({
    Statement: expect.arrayContaining([
      expect.objectContaining({
        Condition: {
          StringEquals: { "aws:PrincipalOrgID": "o-atoll", "aws:ResourceOrgID": "o-atoll" },
        },
      }),
    ]),
  });
  const policy = inputsOf("delivery", "aws:s3/bucketPolicy:BucketPolicy", "artifacts");
  expect(String(policy["policy"])).toContain('"aws:PrincipalOrgID":"o-atoll"');
  const key = inputsOf("delivery", "aws:kms/key:Key", "artifacts");
  expect(String(key["policy"])).toContain("s3.eu-west-1.amazonaws.com");
  expect(JSON.stringify([s3, policy, key])).not.toContain("{{");
});

referenceTest("production pays for a NAT gateway in each zone, development shares one", () => {
  const nats = (account: string) =>
    recordedStack(account).resources.filter(({ type }) => type === "aws:ec2/natGateway:NatGateway");
  expect(nats("workloads-dev")).toHaveLength(1);
  expect(nats("workloads-prod")).toHaveLength(3);
});
