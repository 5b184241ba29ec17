import * as aws from "@pulumi/aws";
import { ProblemError } from "@atoll/core";
import { record, type Recorded } from "@atoll/testing";
import type * as pulumi from "@pulumi/pulumi";

import { allocateAddresses, allocationsOf, EMPTY_ADDRESS_BOOK, planVpc } from "./plan/index.ts";
import { account, organizationOf } from "./plan/testing/organization.ts";
import type { VpcArgs } from "./vpc-args.ts";
import { Vpc } from "./vpc.ts";

const owner = account("a", { zones: 2, addresses: { pool: "main", prefixLength: 16 } });
const { book } = allocateAddresses(organizationOf([owner]), EMPTY_ADDRESS_BOOK);
const plan = planVpc({
  account: "a",
  region: "eu-west-1",
  allocations: allocationsOf(book, owner),
  nat: "single",
});

function recordVpc(args: Partial<VpcArgs> = {}, opts: pulumi.ComponentResourceOptions = {}) {
  const program = () => {
    const provider = new aws.Provider("explicit", { region: "eu-west-1" });
    const vpc = new Vpc("vpc", { plan, ...args }, { providers: [provider], ...opts });
    const { vpcId, vpcArn, cidrBlock, subnetIds, routeTableIds, natPublicIps } = vpc;
    return { vpcId, vpcArn, cidrBlock, subnetIds, routeTableIds, natPublicIps };
  };
  const computed = ({ name }: { name: string }) => ({
    publicIp: "192.0.2.1",
    allocationId: name,
  });
  return record(program, { computed });
}

function find(resources: readonly Recorded[], type: string, name: string): Recorded["inputs"] {
  const found = resources.find((each) => each.type === `aws:ec2/${type}` && each.name === name);
  if (found === undefined) throw new TypeError(`${type} ${name} was not registered`);
  return found.inputs;
}

jest.setTimeout(60_000);

describe("a VPC of three tiers over two zones with one NAT gateway", () => {
  let resources: readonly Recorded[] = [];
  let outputs: unknown;
  beforeAll(async () => {
    ({ resources, outputs } = await recordVpc({ tags: { team: "platform" } }));
  });

  test("has these children, under names that come from tiers and zone ids", () => {
    expect(resources.map(({ type, name }) => `${type.replace(/^.*:/, "")} ${name}`)).toEqual([
      "Vpc vpc",
      "DefaultSecurityGroup vpc-default",
      "Eip vpc-nat-euw1-az1",
      "InternetGateway vpc",
      "NatGateway vpc-nat-euw1-az1",
      "Route vpc-private-euw1-az1-default",
      "Route vpc-private-euw1-az2-default",
      "Route vpc-public-default",
      "RouteTable vpc-isolated",
      "RouteTable vpc-private-euw1-az1",
      "RouteTable vpc-private-euw1-az2",
      "RouteTable vpc-public",
      "RouteTableAssociation vpc-isolated-euw1-az1",
      "RouteTableAssociation vpc-isolated-euw1-az2",
      "RouteTableAssociation vpc-private-euw1-az1",
      "RouteTableAssociation vpc-private-euw1-az2",
      "RouteTableAssociation vpc-public-euw1-az1",
      "RouteTableAssociation vpc-public-euw1-az2",
      "Subnet vpc-isolated-euw1-az1",
      "Subnet vpc-isolated-euw1-az2",
      "Subnet vpc-private-euw1-az1",
      "Subnet vpc-private-euw1-az2",
      "Subnet vpc-public-euw1-az1",
      "Subnet vpc-public-euw1-az2",
      "Vpc vpc",
      "VpcEndpoint vpc-dynamodb",
      "VpcEndpoint vpc-s3",
      "aws explicit",
    ]);
  });

  test("gives every child the component's provider, itself as parent, and its region", () => {
    const children = resources.filter(({ type }) => type.startsWith("aws:"));
    expect(children).not.toHaveLength(0);
    for (const { provider, parent, inputs } of children) {
      expect(provider).toMatch(/pulumi:providers:aws::explicit::/);
      expect(parent).toMatch(/atoll:networking:Vpc::vpc$/);
      expect(inputs["region"]).toBe("eu-west-1");
    }
  });

  test("pins subnets to zone ids and gives nothing a public address", () => {
    expect(find(resources, "subnet:Subnet", "vpc-public-euw1-az2")).toEqual({
      region: "eu-west-1",
      vpcId: "vpc-id",
      availabilityZoneId: "euw1-az2",
      cidrBlock: "10.0.112.0/21",
      mapPublicIpOnLaunch: false,
      tags: { team: "platform", Name: "vpc-public-euw1-az2" },
    });
  });

  test("turns DNS on and empties the default security group", () => {
    expect(find(resources, "vpc:Vpc", "vpc")).toMatchObject({
      cidrBlock: "10.0.0.0/16",
      enableDnsSupport: true,
      enableDnsHostnames: true,
    });
    expect(
      find(resources, "defaultSecurityGroup:DefaultSecurityGroup", "vpc-default"),
    ).toMatchObject({ vpcId: "vpc-id", ingress: [], egress: [] });
  });

  test("leads public subnets to the internet gateway and private ones to the NAT gateway", () => {
    const route = (name: string) => find(resources, "route:Route", name);
    expect(route("vpc-public-default")).toMatchObject({
      routeTableId: "vpc-public-id",
      destinationCidrBlock: "0.0.0.0/0",
      gatewayId: "vpc-id",
    });
    expect(route("vpc-private-euw1-az2-default")).toMatchObject({
      routeTableId: "vpc-private-euw1-az2-id",
      natGatewayId: "vpc-nat-euw1-az1-id",
    });
  });

  test("puts the gateway endpoints into every route table", () => {
    expect(find(resources, "vpcEndpoint:VpcEndpoint", "vpc-s3")).toMatchObject({
      serviceName: "com.amazonaws.eu-west-1.s3",
      vpcEndpointType: "Gateway",
      routeTableIds: [
        "vpc-isolated-id",
        "vpc-private-euw1-az1-id",
        "vpc-private-euw1-az2-id",
        "vpc-public-id",
      ],
    });
  });

  test("hands on ids by tier and zone", () => {
    expect(outputs).toMatchObject({
      vpcId: "vpc-id",
      cidrBlock: "10.0.0.0/16",
      subnetIds: {
        isolated: {
          "euw1-az1": "vpc-isolated-euw1-az1-id",
          "euw1-az2": "vpc-isolated-euw1-az2-id",
        },
        private: { "euw1-az1": "vpc-private-euw1-az1-id" },
        public: { "euw1-az2": "vpc-public-euw1-az2-id" },
      },
      routeTableIds: { public: "vpc-public-id", "private-euw1-az1": "vpc-private-euw1-az1-id" },
      natPublicIps: { "euw1-az1": "192.0.2.1" },
    });
  });
});

test("overrides, endpoint policies and flow logs reach their children", async () => {
  const { resources } = await recordVpc({
    gatewayEndpointPolicies: { s3: '{"Version":"2012-10-17"}' },
    flowLogs: { bucketArn: "arn:x", aggregationSeconds: 60 },
    overrides: {
      subnets: { "public-euw1-az1": { mapPublicIpOnLaunch: true } },
      vpc: { instanceTenancy: "dedicated" },
    },
  });
  expect(find(resources, "subnet:Subnet", "vpc-public-euw1-az1")["mapPublicIpOnLaunch"]).toBe(true);
  expect(find(resources, "subnet:Subnet", "vpc-public-euw1-az2")["mapPublicIpOnLaunch"]).toBe(
    false,
  );
  expect(find(resources, "vpc:Vpc", "vpc")["instanceTenancy"]).toBe("dedicated");
  expect(find(resources, "vpcEndpoint:VpcEndpoint", "vpc-s3")["policy"]).toContain("2012-10-17");
  expect(find(resources, "vpcEndpoint:VpcEndpoint", "vpc-dynamodb")).not.toHaveProperty("policy");
  expect(find(resources, "flowLog:FlowLog", "vpc")).toMatchObject({
    logDestination: "arn:x",
    maxAggregationInterval: 60,
    trafficType: "ALL",
  });
});

test("transformations reach the children", async () => {
  const { resources } = await recordVpc(
    {},
    {
      transformations: [
        ({ type, props, opts }) =>
          type === "aws:ec2/vpc:Vpc"
            ? { props: { ...props, instanceTenancy: "dedicated" }, opts }
            : undefined,
      ],
    },
  );
  expect(find(resources, "vpc:Vpc", "vpc")["instanceTenancy"]).toBe("dedicated");
});

test("an override of a child that the plan does not have is refused, each by its path", async () => {
  const attempt = recordVpc({
    overrides: { subnets: { "public-euw1-az9": {} }, natGateways: { "nat-euw1-az2": {} } },
  });
  await expect(attempt).rejects.toThrow(ProblemError);
  await expect(attempt).rejects.toMatchObject({
    problems: [
      { code: "VPC_OVERRIDE_UNKNOWN_KEY", path: "vpc.overrides.subnets.public-euw1-az9" },
      { code: "VPC_OVERRIDE_UNKNOWN_KEY", path: "vpc.overrides.natGateways.nat-euw1-az2" },
    ],
  });
});
