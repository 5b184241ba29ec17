import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

// Peer 2 runs a copy of this file, so it imports nothing of the workspace and uses no syntax that needs Node's loader.

/** One subnet of a bench account. */
export interface BenchSubnet {
  readonly zoneId: string;
  readonly tier: string;
  readonly cidr: string;
}

/** What is needed to fill a bench account. */
export interface AccountContentArgs {
  /** Name of the account. */
  readonly name: string;
  /** Partition for ARNs, such as `aws`. */
  readonly partition: string;
  readonly vpcCidr: string;
  readonly subnets: readonly BenchSubnet[];
  readonly provider: pulumi.ProviderResource;
}

const ANYWHERE = "0.0.0.0/0";

/**
 * The content of a bench account, the same as peer 1 (AWS CDK) synthesizes: a VPC of three tiers over the zones given,
 * with NAT in each, and an ECS cluster with one capacity provider.
 */
export function createAccountContent(args: AccountContentArgs) {
  const network = createNetwork(args);
  const cluster = createCluster(args, network);
  return { vpcId: network.vpc.id, clusterArn: cluster.arn };
}

interface Network {
  readonly vpc: aws.ec2.Vpc;
  readonly privateSubnets: readonly aws.ec2.Subnet[];
}

function createNetwork(args: AccountContentArgs): Network {
  const { name, provider } = args;
  const vpc = new aws.ec2.Vpc(
    "vpc",
    {
      cidrBlock: args.vpcCidr,
      enableDnsHostnames: true,
      enableDnsSupport: true,
      tags: named(name),
    },
    { provider },
  );
  const gateway = new aws.ec2.InternetGateway("internet", { tags: named(name) }, { provider });
  const attachment = new aws.ec2.InternetGatewayAttachment(
    "internet",
    { vpcId: vpc.id, internetGatewayId: gateway.id },
    { provider },
  );
  const nats = new Map<string, aws.ec2.NatGateway>();
  for (const subnet of args.subnets.filter(({ tier }) => tier === "public")) {
    const created = createSubnet(args, vpc, subnet);
    createDefaultRoute(args, subnet, created.table, { gatewayId: gateway.id }, attachment);
    nats.set(subnet.zoneId, createNat(args, subnet, created.subnet, attachment));
  }
  const privateSubnets: aws.ec2.Subnet[] = [];
  for (const subnet of args.subnets.filter(({ tier }) => tier !== "public")) {
    const created = createSubnet(args, vpc, subnet);
    const nat = nats.get(subnet.zoneId);
    if (subnet.tier === "private" && nat !== undefined) {
      createDefaultRoute(args, subnet, created.table, { natGatewayId: nat.id }, nat);
      privateSubnets.push(created.subnet);
    }
  }
  return { vpc, privateSubnets };
}

/** A subnet with a route table of its own, as the peer has it. */
function createSubnet(
  { name, provider }: AccountContentArgs,
  vpc: aws.ec2.Vpc,
  { zoneId, tier, cidr }: BenchSubnet,
): { readonly subnet: aws.ec2.Subnet; readonly table: aws.ec2.RouteTable } {
  const key = `${tier}-${zoneId}`;
  const tags = named(`${name}-${key}`);
  const subnet = new aws.ec2.Subnet(
    key,
    {
      vpcId: vpc.id,
      cidrBlock: cidr,
      availabilityZoneId: zoneId,
      mapPublicIpOnLaunch: tier === "public",
      tags,
    },
    { provider },
  );
  const table = new aws.ec2.RouteTable(key, { vpcId: vpc.id, tags }, { provider });
  new aws.ec2.RouteTableAssociation(
    key,
    { subnetId: subnet.id, routeTableId: table.id },
    { provider },
  );
  return { subnet, table };
}

function createDefaultRoute(
  { provider }: AccountContentArgs,
  { tier, zoneId }: BenchSubnet,
  table: aws.ec2.RouteTable,
  target: Pick<aws.ec2.RouteArgs, "gatewayId" | "natGatewayId">,
  dependsOn: pulumi.Resource,
): void {
  new aws.ec2.Route(
    `${tier}-${zoneId}`,
    { routeTableId: table.id, destinationCidrBlock: ANYWHERE, ...target },
    { provider, dependsOn },
  );
}

function createNat(
  { name, provider }: AccountContentArgs,
  { zoneId }: BenchSubnet,
  subnet: aws.ec2.Subnet,
  dependsOn: pulumi.Resource,
): aws.ec2.NatGateway {
  const tags = named(`${name}-${zoneId}`);
  const address = new aws.ec2.Eip(`nat-${zoneId}`, { domain: "vpc", tags }, { provider });
  return new aws.ec2.NatGateway(
    zoneId,
    { subnetId: subnet.id, allocationId: address.id, tags },
    { provider, dependsOn },
  );
}

function createCluster(args: AccountContentArgs, network: Network): aws.ecs.Cluster {
  const { name, provider } = args;
  const cluster = new aws.ecs.Cluster("cluster", { tags: named(name) }, { provider });
  const group = createGroup(args, network, cluster);
  const capacity = new aws.ecs.CapacityProvider(
    "capacity",
    {
      autoScalingGroupProvider: {
        autoScalingGroupArn: group.arn,
        managedScaling: { status: "ENABLED", targetCapacity: 100 },
        managedTerminationProtection: "ENABLED",
      },
    },
    { provider },
  );
  new aws.ecs.ClusterCapacityProviders(
    "cluster",
    { clusterName: cluster.name, capacityProviders: [capacity.name] },
    { provider },
  );
  return cluster;
}

function createGroup(
  args: AccountContentArgs,
  { vpc, privateSubnets }: Network,
  cluster: aws.ecs.Cluster,
): aws.autoscaling.Group {
  const { name, provider } = args;
  const profile = createInstanceProfile(args, cluster);
  const securityGroup = new aws.ec2.SecurityGroup(
    "instances",
    {
      vpcId: vpc.id,
      description: "ECS instances",
      egress: [{ protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: [ANYWHERE] }],
      tags: named(name),
    },
    { provider },
  );
  const template = new aws.ec2.LaunchTemplate(
    "instances",
    {
      imageId: "resolve:ssm:/aws/service/ecs/optimized-ami/amazon-linux-2023/recommended/image_id",
      instanceType: "m7i.large",
      iamInstanceProfile: { arn: profile.arn },
      metadataOptions: { httpTokens: "required" },
      vpcSecurityGroupIds: [securityGroup.id],
      userData: cluster.name.apply((text) =>
        Buffer.from(`#!/bin/bash\necho ECS_CLUSTER=${text} >> /etc/ecs/ecs.config\n`).toString(
          "base64",
        ),
      ),
      tagSpecifications: [{ resourceType: "instance", tags: named(name) }],
    },
    { provider },
  );
  return new aws.autoscaling.Group(
    "instances",
    {
      minSize: 0,
      maxSize: 6,
      protectFromScaleIn: true,
      vpcZoneIdentifiers: privateSubnets.map((subnet) => subnet.id),
      launchTemplate: { id: template.id, version: "$Latest" },
      tags: [{ key: "AmazonECSManaged", value: "", propagateAtLaunch: true }],
    },
    { provider },
  );
}

function createInstanceProfile(
  { partition, provider }: AccountContentArgs,
  cluster: aws.ecs.Cluster,
): aws.iam.InstanceProfile {
  const role = new aws.iam.Role(
    "instances",
    {
      assumeRolePolicy: policy({
        Action: "sts:AssumeRole",
        Principal: { Service: "ec2.amazonaws.com" },
      }),
    },
    { provider },
  );
  new aws.iam.RolePolicy(
    "instances",
    {
      role: role.name,
      policy: cluster.arn.apply((arn) =>
        policy({
          Action: ["ecs:RegisterContainerInstance", "ecs:Submit*"],
          Resource: arn,
        }),
      ),
    },
    { provider },
  );
  new aws.iam.RolePolicyAttachment(
    "instances",
    {
      role: role.name,
      policyArn: `arn:${partition}:iam::aws:policy/service-role/AmazonEC2ContainerServiceforEC2Role`,
    },
    { provider },
  );
  return new aws.iam.InstanceProfile("instances", { role: role.name }, { provider });
}

function policy(statement: Record<string, unknown>): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", ...statement }] });
}

function named(name: string): Record<string, string> {
  return { Name: name };
}
