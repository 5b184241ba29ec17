import { arnPattern, outputOf, SUBNET, subnetOf, VPC, vpcOf, type TypeRow } from "./row.ts";

const ACCOUNT = "333333333333";
const REGION = "eu-west-1";
const ec2Arn = (rest: string): RegExp => arnPattern("ec2", REGION, ACCOUNT, rest);

const ROUTE_TABLE = "aws:ec2/routeTable:RouteTable";
const GATEWAY = "aws:ec2/internetGateway:InternetGateway";
const EIP = "aws:ec2/eip:Eip";

/** What a VPC is made of. */
export const NETWORK_ROWS: readonly TypeRow[] = [
  {
    type: VPC,
    inputs: () => ({ cidrBlock: "10.0.0.0/16" }),
    adds: { enableDnsSupport: true, instanceTenancy: "default", tagsAll: { owner: "platform" } },
    computed: {
      id: /^vpc-[0-9a-f]{17}$/u,
      arn: ec2Arn("vpc/vpc-[0-9a-f]{17}"),
      mainRouteTableId: /^rtb-[0-9a-f]{17}$/u,
      defaultSecurityGroupId: /^sg-[0-9a-f]{17}$/u,
    },
    replaces: { cidrBlock: "10.1.0.0/16" },
    keeps: { enableDnsHostnames: true },
    refuses: {
      none: "A VPC refers to nothing but IPAM pools, of which there are none (@pulumi/aws 7.48.0, ec2.Vpc).",
    },
  },
  {
    type: SUBNET,
    inputs: async (world) => ({ vpcId: (await vpcOf(world)).id, cidrBlock: "10.0.1.0/24" }),
    adds: { mapPublicIpOnLaunch: false, privateDnsHostnameTypeOnLaunch: "ip-name" },
    computed: {
      id: /^subnet-[0-9a-f]{17}$/u,
      arn: ec2Arn("subnet/subnet-[0-9a-f]{17}"),
      ownerId: /^333333333333$/u,
    },
    replaces: { cidrBlock: "10.0.2.0/24" },
    keeps: { mapPublicIpOnLaunch: true },
    refuses: { inputs: { vpcId: "vpc-00000000000000000" }, code: "InvalidVpcID.NotFound" },
  },
  {
    type: GATEWAY,
    inputs: async (world) => ({ vpcId: (await vpcOf(world)).id }),
    adds: { tagsAll: { owner: "platform" } },
    computed: { id: /^igw-[0-9a-f]{17}$/u, arn: ec2Arn("internet-gateway/igw-[0-9a-f]{17}") },
    replaces: { region: "eu-central-1" },
    keeps: { tags: { Name: "new" } },
    refuses: { inputs: { vpcId: "vpc-00000000000000000" }, code: "InvalidVpcID.NotFound" },
  },
  {
    type: EIP,
    inputs: () => ({ domain: "vpc" }),
    adds: { publicIpv4Pool: "amazon", networkBorderGroup: REGION },
    computed: {
      id: /^eipalloc-[0-9a-f]{17}$/u,
      publicIp: /^\d+\.\d+\.\d+\.\d+$/u,
      publicDns: /^ec2-[\d-]+\.eu-west-1\.compute\.amazonaws\.com$/u,
    },
    replaces: { networkBorderGroup: "eu-west-1-wl1-dub-wlz-1" },
    keeps: { tags: { Name: "new" } },
    refuses: {
      none: "A fresh address is attached to nothing (@pulumi/aws 7.48.0, ec2.Eip: all references optional).",
    },
  },
  {
    type: "aws:ec2/natGateway:NatGateway",
    inputs: async (world) => {
      const vpcId = (await vpcOf(world)).id;
      await world.make(GATEWAY, { vpcId });
      const subnetId = (await subnetOf(world, vpcId)).id;
      return { subnetId, allocationId: (await world.make(EIP, { domain: "vpc" })).id };
    },
    adds: { connectivityType: "public" },
    computed: {
      id: /^nat-[0-9a-f]{17}$/u,
      publicIp: /^\d+\.\d+\.\d+\.\d+$/u,
      networkInterfaceId: /^eni-[0-9a-f]{17}$/u,
    },
    replaces: async (world) => ({ allocationId: (await world.make(EIP, { domain: "vpc" })).id }),
    keeps: { tags: { Name: "new" } },
    refuses: {
      inputs: { subnetId: "subnet-00000000000000000" },
      code: "InvalidSubnetID.NotFound",
    },
  },
  {
    type: ROUTE_TABLE,
    inputs: async (world) => ({ vpcId: (await vpcOf(world)).id }),
    adds: { tagsAll: { owner: "platform" } },
    computed: { id: /^rtb-[0-9a-f]{17}$/u, arn: ec2Arn("route-table/rtb-[0-9a-f]{17}") },
    replaces: async (world) => ({ vpcId: (await vpcOf(world, "10.9.0.0/16")).id }),
    keeps: { tags: { Name: "new" } },
    refuses: { inputs: { vpcId: "vpc-00000000000000000" }, code: "InvalidVpcID.NotFound" },
  },
  {
    type: "aws:ec2/route:Route",
    inputs: async (world) => {
      const vpcId = (await vpcOf(world)).id;
      const gatewayId = (await world.make(GATEWAY, { vpcId })).id;
      const routeTableId = (await world.make(ROUTE_TABLE, { vpcId })).id;
      return { routeTableId, destinationCidrBlock: "0.0.0.0/0", gatewayId };
    },
    adds: { origin: "CreateRoute", state: "active" },
    computed: { id: /^r-rtb-[0-9a-f]{17}\d+$/u },
    replaces: { destinationCidrBlock: "192.0.2.0/24" },
    keeps: {
      none: "What can be changed in place is the target, and a route to it needs a second gateway in the VPC (internal/service/ec2/vpc_route.go).",
    },
    refuses: { inputs: { gatewayId: "igw-00000000000000000" }, code: "InvalidGatewayID.NotFound" },
  },
  {
    type: "aws:ec2/routeTableAssociation:RouteTableAssociation",
    inputs: async (world) => {
      const vpcId = (await vpcOf(world)).id;
      const subnetId = (await subnetOf(world, vpcId)).id;
      return { subnetId, routeTableId: (await world.make(ROUTE_TABLE, { vpcId })).id };
    },
    adds: { region: REGION },
    computed: { id: /^rtbassoc-[0-9a-f]{17}$/u },
    replaces: { subnetId: "subnet-11111111111111111" },
    keeps: { routeTableId: "rtb-11111111111111111" },
    refuses: {
      inputs: { routeTableId: "rtb-00000000000000000" },
      code: "InvalidRouteTableID.NotFound",
    },
  },
  {
    type: "aws:ec2/securityGroup:SecurityGroup",
    inputs: async (world) => ({ vpcId: (await vpcOf(world)).id }),
    adds: { tagsAll: { owner: "platform" } },
    computed: {
      id: /^sg-[0-9a-f]{17}$/u,
      arn: ec2Arn("security-group/sg-[0-9a-f]{17}"),
      name: /^subject-[0-9a-f]{7}$/u,
    },
    replaces: { description: "Another" },
    keeps: { tags: { Name: "new" } },
    refuses: { inputs: { vpcId: "vpc-00000000000000000" }, code: "InvalidVpcID.NotFound" },
  },
  {
    type: "aws:ec2/vpcEndpoint:VpcEndpoint",
    inputs: async (world) => ({
      vpcId: (await vpcOf(world)).id,
      serviceName: "com.amazonaws.eu-west-1.s3",
      vpcEndpointType: "Gateway",
    }),
    adds: { state: "available", requesterManaged: false },
    computed: {
      id: /^vpce-[0-9a-f]{17}$/u,
      arn: ec2Arn("vpc-endpoint/vpce-[0-9a-f]{17}"),
      prefixListId: /^pl-[0-9a-f]+$/u,
    },
    replaces: { serviceName: "com.amazonaws.eu-west-1.dynamodb" },
    keeps: { tags: { Name: "new" } },
    refuses: { inputs: { vpcId: "vpc-00000000000000000" }, code: "InvalidVpcID.NotFound" },
  },
  {
    type: "aws:ec2/flowLog:FlowLog",
    inputs: async (world) => ({
      vpcId: (await vpcOf(world)).id,
      trafficType: "REJECT",
      logDestinationType: "s3",
      logDestination:
        (await world.make("aws:s3/bucket:Bucket", { bucket: "acme-flow-logs" })).outputs["arn"] ??
        "",
    }),
    adds: { maxAggregationInterval: 600 },
    computed: { id: /^fl-[0-9a-f]{17}$/u, arn: ec2Arn("vpc-flow-log/fl-[0-9a-f]{17}") },
    replaces: { maxAggregationInterval: 60 },
    keeps: { tags: { Name: "new" } },
    refuses: { inputs: { vpcId: "vpc-00000000000000000" }, code: "InvalidVpcID.NotFound" },
  },
  {
    type: "aws:ec2/vpcBlockPublicAccessOptions:VpcBlockPublicAccessOptions",
    inputs: () => ({ internetGatewayBlockMode: "block-ingress" }),
    adds: { region: REGION },
    computed: { id: /^eu-west-1$/u, awsAccountId: /^333333333333$/u, awsRegion: /^eu-west-1$/u },
    replaces: { region: "eu-central-1" },
    keeps: { internetGatewayBlockMode: "block-bidirectional" },
    refuses: { none: "It is a setting of the region and refers to nothing (@pulumi/aws 7.48.0)." },
  },
  {
    type: "aws:ec2/defaultVpc:DefaultVpc",
    inputs: () => ({ tags: { Name: "default" } }),
    adds: { cidrBlock: "172.31.0.0/16", enableDnsSupport: true },
    computed: {
      id: /^vpc-[0-9a-f]{17}$/u,
      arn: ec2Arn("vpc/vpc-[0-9a-f]{17}"),
      defaultSecurityGroupId: /^sg-[0-9a-f]{17}$/u,
    },
    replaces: { region: "eu-central-1" },
    keeps: { tags: { Name: "new" } },
    refuses: { none: "It takes over what is there and refers to nothing (@pulumi/aws 7.48.0)." },
  },
  {
    type: "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
    inputs: async (world) => ({ vpcId: (await vpcOf(world)).id, ingress: [], egress: [] }),
    adds: { name: "default", description: "default VPC security group" },
    computed: { id: /^sg-[0-9a-f]{17}$/u, arn: ec2Arn("security-group/sg-[0-9a-f]{17}") },
    replaces: async (world) => ({ vpcId: (await vpcOf(world, "10.9.0.0/16")).id }),
    keeps: { tags: { Name: "new" } },
    refuses: { inputs: { vpcId: "vpc-00000000000000000" }, code: "InvalidVpcID.NotFound" },
  },
  {
    type: "aws:ec2/defaultNetworkAcl:DefaultNetworkAcl",
    inputs: async (world) => ({
      defaultNetworkAclId: outputOf(await vpcOf(world), "defaultNetworkAclId"),
    }),
    adds: { tagsAll: { owner: "platform" } },
    computed: {
      id: /^acl-[0-9a-f]{17}$/u,
      arn: ec2Arn("network-acl/acl-[0-9a-f]{17}"),
      vpcId: /^vpc-[0-9a-f]{17}$/u,
    },
    replaces: async (world) => ({
      defaultNetworkAclId: outputOf(await vpcOf(world, "10.9.0.0/16"), "defaultNetworkAclId"),
    }),
    keeps: { tags: { Name: "new" } },
    refuses: {
      inputs: { defaultNetworkAclId: "acl-00000000000000000" },
      code: "InvalidNetworkAclID.NotFound",
    },
  },
];
