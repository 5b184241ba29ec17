import { compareText } from "@atoll/core";

import { BenchError } from "./errors.ts";

/** Resources of one account, counted by type. */
export type TypeCounts = Readonly<Record<string, number>>;

/** The languages that content is counted in. */
export type Dialect = "pulumi" | "cloudFormation";

interface MainResource extends Readonly<Record<Dialect, string>> {
  readonly perAccount: number;
}

/**
 * What every contender must create in every account: three tiers over three zones with NAT in each, and an ECS cluster
 * with one capacity provider. Pulumi needs a role's policy attachment and a provider on top, which are not listed.
 */
export const MAIN_RESOURCES: readonly MainResource[] = [
  { perAccount: 1, pulumi: "aws:ec2/vpc:Vpc", cloudFormation: "AWS::EC2::VPC" },
  { perAccount: 9, pulumi: "aws:ec2/subnet:Subnet", cloudFormation: "AWS::EC2::Subnet" },
  {
    perAccount: 9,
    pulumi: "aws:ec2/routeTable:RouteTable",
    cloudFormation: "AWS::EC2::RouteTable",
  },
  {
    perAccount: 9,
    pulumi: "aws:ec2/routeTableAssociation:RouteTableAssociation",
    cloudFormation: "AWS::EC2::SubnetRouteTableAssociation",
  },
  { perAccount: 6, pulumi: "aws:ec2/route:Route", cloudFormation: "AWS::EC2::Route" },
  { perAccount: 3, pulumi: "aws:ec2/eip:Eip", cloudFormation: "AWS::EC2::EIP" },
  {
    perAccount: 3,
    pulumi: "aws:ec2/natGateway:NatGateway",
    cloudFormation: "AWS::EC2::NatGateway",
  },
  {
    perAccount: 1,
    pulumi: "aws:ec2/internetGateway:InternetGateway",
    cloudFormation: "AWS::EC2::InternetGateway",
  },
  {
    perAccount: 1,
    pulumi: "aws:ec2/internetGatewayAttachment:InternetGatewayAttachment",
    cloudFormation: "AWS::EC2::VPCGatewayAttachment",
  },
  {
    perAccount: 1,
    pulumi: "aws:ec2/securityGroup:SecurityGroup",
    cloudFormation: "AWS::EC2::SecurityGroup",
  },
  {
    perAccount: 1,
    pulumi: "aws:ec2/launchTemplate:LaunchTemplate",
    cloudFormation: "AWS::EC2::LaunchTemplate",
  },
  { perAccount: 1, pulumi: "aws:iam/role:Role", cloudFormation: "AWS::IAM::Role" },
  { perAccount: 1, pulumi: "aws:iam/rolePolicy:RolePolicy", cloudFormation: "AWS::IAM::Policy" },
  {
    perAccount: 1,
    pulumi: "aws:iam/instanceProfile:InstanceProfile",
    cloudFormation: "AWS::IAM::InstanceProfile",
  },
  {
    perAccount: 1,
    pulumi: "aws:autoscaling/group:Group",
    cloudFormation: "AWS::AutoScaling::AutoScalingGroup",
  },
  {
    perAccount: 1,
    pulumi: "aws:ecs/capacityProvider:CapacityProvider",
    cloudFormation: "AWS::ECS::CapacityProvider",
  },
  { perAccount: 1, pulumi: "aws:ecs/cluster:Cluster", cloudFormation: "AWS::ECS::Cluster" },
  {
    perAccount: 1,
    pulumi: "aws:ecs/clusterCapacityProviders:ClusterCapacityProviders",
    cloudFormation: "AWS::ECS::ClusterCapacityProviderAssociations",
  },
];

/** Counts types. */
export function countTypes(types: readonly string[]): TypeCounts {
  const counts: Record<string, number> = {};
  for (const type of types) {
    counts[type] = (counts[type] ?? 0) + 1;
  }
  return counts;
}

/** Where a contender's content is not what the comparison is about, one line each; empty when it is. */
export function contentDifferences(
  stacks: Readonly<Record<string, TypeCounts>>,
  accounts: number,
  dialect: Dialect,
): readonly string[] {
  const names = Object.keys(stacks).sort(compareText);
  const count = names.length === accounts ? [] : [`${names.length} accounts, not ${accounts}`];
  const wrong = names.flatMap((name) =>
    MAIN_RESOURCES.flatMap((resource) => {
      const got = stacks[name]?.[resource[dialect]] ?? 0;
      return got === resource.perAccount
        ? []
        : [`${name}: ${got} ${resource[dialect]}, not ${resource.perAccount}`];
    }),
  );
  return [...count, ...wrong];
}

/**
 * Makes sure that a contender did what it is compared for.
 *
 * @throws BenchError `BENCH_CONTENT_DIFFERS` with the first differences.
 */
export function assertContent(
  contender: string,
  stacks: Readonly<Record<string, TypeCounts>>,
  accounts: number,
  dialect: Dialect,
): void {
  const differences = contentDifferences(stacks, accounts, dialect);
  if (differences.length > 0) {
    const shown = differences.slice(0, 8).join("\n");
    throw new BenchError("BENCH_CONTENT_DIFFERS", `${contender} made other content:\n${shown}`);
  }
}
