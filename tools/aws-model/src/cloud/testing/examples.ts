import type { PlainRecord } from "../../values.ts";
import type { CloudResource } from "../cloud.ts";
import { text } from "../look.ts";
import { rootIdOf } from "../organization-parts.ts";
import * as types from "../type-names.ts";
import { MANAGEMENT, MEMBER } from "./world.ts";
import type { World } from "./world.ts";

/** What has been made so far, by type: the last one of each. */
type Made = ReadonlyMap<string, CloudResource>;

/** A way to make one resource of a type, given what its references need. */
export interface Example {
  readonly type: string;
  readonly inputs: (made: Made, world: World) => PlainRecord;
}

const TRUST = JSON.stringify({
  Version: "2012-10-17",
  Statement: [
    { Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" },
  ],
});
const ALLOW = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }],
});

function idOf(made: Made, type: string): string {
  return made.get(type)?.id ?? "";
}

function outputOf(made: Made, type: string, name: string): string {
  return text(made.get(type)?.outputs ?? {}, name) ?? "";
}

function rootOf(world: World): string {
  const organization = world.cloud.list(MANAGEMENT, types.ORGANIZATION)[0];
  return organization === undefined ? "" : (rootIdOf(organization) ?? "");
}

const plain = (type: string, inputs: PlainRecord = {}): Example => ({
  type,
  inputs: () => inputs,
});

/** One resource of every type in use, in an order in which they can be made. */
export const EXAMPLES: readonly Example[] = [
  plain(types.VPC, { cidrBlock: "10.0.0.0/16" }),
  {
    type: types.SUBNET,
    inputs: (made) => ({
      vpcId: idOf(made, types.VPC),
      cidrBlock: "10.0.0.0/20",
      availabilityZoneId: "euw1-az1",
    }),
  },
  { type: types.SECURITY_GROUP, inputs: (made) => ({ vpcId: idOf(made, types.VPC), name: "web" }) },
  {
    type: types.INGRESS_RULE,
    inputs: (made) => ({
      securityGroupId: idOf(made, types.SECURITY_GROUP),
      ipProtocol: "tcp",
      fromPort: 443,
      toPort: 443,
      cidrIpv4: "10.0.0.0/8",
    }),
  },
  {
    type: types.EGRESS_RULE,
    inputs: (made) => ({
      securityGroupId: idOf(made, types.SECURITY_GROUP),
      ipProtocol: "-1",
      cidrIpv4: "0.0.0.0/0",
    }),
  },
  { type: types.INTERNET_GATEWAY, inputs: () => ({}) },
  {
    type: types.GATEWAY_ATTACHMENT,
    inputs: (made) => ({
      internetGatewayId: idOf(made, types.INTERNET_GATEWAY),
      vpcId: idOf(made, types.VPC),
    }),
  },
  plain(types.ELASTIC_IP, { domain: "vpc" }),
  {
    type: types.NAT_GATEWAY,
    inputs: (made) => ({
      subnetId: idOf(made, types.SUBNET),
      allocationId: idOf(made, types.ELASTIC_IP),
    }),
  },
  { type: types.ROUTE_TABLE, inputs: (made) => ({ vpcId: idOf(made, types.VPC) }) },
  {
    type: types.ROUTE,
    inputs: (made) => ({
      routeTableId: idOf(made, types.ROUTE_TABLE),
      destinationCidrBlock: "0.0.0.0/0",
      natGatewayId: idOf(made, types.NAT_GATEWAY),
    }),
  },
  {
    type: types.TABLE_ASSOCIATION,
    inputs: (made) => ({
      routeTableId: idOf(made, types.ROUTE_TABLE),
      subnetId: idOf(made, types.SUBNET),
    }),
  },
  {
    type: types.MAIN_TABLE_ASSOCIATION,
    inputs: (made) => ({
      routeTableId: idOf(made, types.ROUTE_TABLE),
      vpcId: idOf(made, types.VPC),
    }),
  },
  {
    type: types.DEFAULT_ROUTE_TABLE,
    inputs: (made) => ({ defaultRouteTableId: outputOf(made, types.VPC, "defaultRouteTableId") }),
  },
  {
    type: types.DEFAULT_SECURITY_GROUP,
    inputs: (made) => ({ vpcId: idOf(made, types.VPC), ingress: [], egress: [] }),
  },
  {
    type: types.DEFAULT_NETWORK_ACL,
    inputs: (made) => ({ defaultNetworkAclId: outputOf(made, types.VPC, "defaultNetworkAclId") }),
  },
  plain(types.DEFAULT_VPC, { tags: { Name: "closed" } }),
  {
    type: types.NETWORK_ACL,
    inputs: (made) => ({ vpcId: idOf(made, types.VPC), subnetIds: [idOf(made, types.SUBNET)] }),
  },
  plain(types.DHCP_OPTIONS, { domainName: "example.internal" }),
  {
    type: types.VPC_ENDPOINT,
    inputs: (made) => ({
      vpcId: idOf(made, types.VPC),
      serviceName: "com.amazonaws.eu-west-1.s3",
      vpcEndpointType: "Gateway",
      routeTableIds: [idOf(made, types.ROUTE_TABLE)],
    }),
  },
  plain(types.BUCKET, { bucket: "example-bucket" }),
  {
    type: types.FLOW_LOG,
    inputs: (made) => ({
      vpcId: idOf(made, types.VPC),
      trafficType: "ALL",
      logDestinationType: "s3",
      logDestination: outputOf(made, types.BUCKET, "arn"),
    }),
  },
  plain(types.TRAFFIC_BLOCK, { internetGatewayBlockMode: "block-bidirectional" }),
  {
    type: types.TRAFFIC_EXCLUSION,
    inputs: (made) => ({
      vpcId: idOf(made, types.VPC),
      internetGatewayExclusionMode: "allow-egress",
    }),
  },
  ...[
    "bucketPolicy:BucketPolicy",
    "bucketVersioning:BucketVersioning",
    "bucketPublicAccessBlock:BucketPublicAccessBlock",
    "bucketOwnershipControls:BucketOwnershipControls",
    "bucketLifecycleConfiguration:BucketLifecycleConfiguration",
    "bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
  ].map((kind): Example => ({
    type: `aws:s3/${kind}`,
    inputs: (made) => ({
      bucket: idOf(made, types.BUCKET),
      ...(kind.startsWith("bucketVersioning")
        ? { versioningConfiguration: { status: "Enabled" } }
        : {}),
    }),
  })),
  plain("aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock", { blockPublicAcls: true }),
  plain(types.KEY, { description: "example" }),
  {
    type: types.KEY_ALIAS,
    inputs: (made) => ({ name: "alias/example", targetKeyId: idOf(made, types.KEY) }),
  },
  {
    type: "aws:ebs/defaultKmsKey:DefaultKmsKey",
    inputs: (made) => ({ keyArn: outputOf(made, types.KEY, "arn") }),
  },
  {
    type: types.LOG_GROUP,
    inputs: (made) => ({ name: "/example", kmsKeyId: outputOf(made, types.KEY, "arn") }),
  },
  plain(types.ROLE, { name: "example", assumeRolePolicy: TRUST }),
  plain(types.IAM_POLICY, { name: "example", policy: ALLOW }),
  {
    type: types.ROLE_POLICY,
    inputs: (made) => ({ name: "inline", role: idOf(made, types.ROLE), policy: ALLOW }),
  },
  {
    type: types.ROLE_ATTACHMENT,
    inputs: (made) => ({
      role: idOf(made, types.ROLE),
      policyArn: outputOf(made, types.IAM_POLICY, "arn"),
    }),
  },
  {
    type: types.INSTANCE_PROFILE,
    inputs: (made) => ({ name: "example", role: idOf(made, types.ROLE) }),
  },
  {
    type: types.LAUNCH_TEMPLATE,
    inputs: (made) => ({
      name: "example",
      vpcSecurityGroupIds: [idOf(made, types.SECURITY_GROUP)],
      iamInstanceProfile: { arn: outputOf(made, types.INSTANCE_PROFILE, "arn") },
    }),
  },
  {
    type: types.SCALING_GROUP,
    inputs: (made) => ({
      name: "example",
      minSize: 0,
      maxSize: 1,
      vpcZoneIdentifiers: [idOf(made, types.SUBNET)],
      launchTemplate: { id: idOf(made, types.LAUNCH_TEMPLATE) },
    }),
  },
  plain(types.CLUSTER, { name: "example" }),
  {
    type: types.CAPACITY_PROVIDER,
    inputs: (made) => ({
      name: "example",
      autoScalingGroupProvider: {
        autoScalingGroupArn: outputOf(made, types.SCALING_GROUP, "arn"),
      },
    }),
  },
  {
    type: types.CLUSTER_PROVIDERS,
    inputs: (made) => ({
      clusterName: outputOf(made, types.CLUSTER, "name"),
      capacityProviders: ["FARGATE", outputOf(made, types.CAPACITY_PROVIDER, "name")],
    }),
  },
  plain("aws:ebs/encryptionByDefault:EncryptionByDefault", { enabled: true }),
  plain("aws:ebs/snapshotBlockPublicAccess:SnapshotBlockPublicAccess", {
    state: "block-all-sharing",
  }),
  plain("aws:ec2/imageBlockPublicAccess:ImageBlockPublicAccess", { state: "block-new-sharing" }),
  plain("aws:ec2/instanceMetadataDefaults:InstanceMetadataDefaults", { httpTokens: "required" }),
  plain("aws:iam/accountPasswordPolicy:AccountPasswordPolicy", { minimumPasswordLength: 14 }),
  plain("aws:budgets/budget:Budget", { name: "example", budgetType: "COST", timeUnit: "MONTHLY" }),
  plain(types.REGION, { regionName: "ap-southeast-3", enabled: true }),
  plain("aws:accessanalyzer/analyzer:Analyzer", { analyzerName: "example", type: "ACCOUNT" }),
  plain("aws:guardduty/detector:Detector", { enable: true }),
  plain("aws:securityhub/account:Account", { enableDefaultStandards: false }),
  {
    type: types.UNIT,
    inputs: (_made, world) => ({ name: "Workloads", parentId: rootOf(world) }),
  },
  {
    type: types.ACCOUNT,
    inputs: (made) => ({
      name: "new",
      email: "new@example.com",
      parentId: idOf(made, types.UNIT),
      closeOnDeletion: true,
    }),
  },
  plain(types.POLICY, { name: "example", type: "SERVICE_CONTROL_POLICY", content: ALLOW }),
  {
    type: types.POLICY_ATTACHMENT,
    inputs: (made) => ({ policyId: idOf(made, types.POLICY), targetId: idOf(made, types.UNIT) }),
  },
  plain(types.DELEGATION, { accountId: MEMBER, servicePrincipal: "config.amazonaws.com" }),
  plain(types.RESOURCE_POLICY, { content: ALLOW }),
  // It exists: AWS would refuse another one.
  { type: types.ORGANIZATION, inputs: () => ({ featureSet: "ALL" }) },
];

/** Makes the examples before a type, and returns what was made. */
export function madeBefore(type: string, world: World): Map<string, CloudResource> {
  const made = new Map<string, CloudResource>();
  for (const example of EXAMPLES) {
    if (example.type === type) break;
    if (example.type === types.ORGANIZATION) continue;
    made.set(example.type, world.create(example.type, example.inputs(made, world)));
  }
  return made;
}
