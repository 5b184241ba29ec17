import { zonesOf } from "@atoll/aws-facts";
import { seedOf } from "../plan/seed.ts";
import { zoneNameOf } from "../plan/zones.ts";
import type { PlainRecord } from "../values.ts";
import type { CloudResource } from "./cloud.ts";
import { text } from "./look.ts";
import {
  DEFAULT_NETWORK_ACL,
  DEFAULT_ROUTE_TABLE,
  DEFAULT_SECURITY_GROUP,
  INTERNET_GATEWAY,
  SUBNET,
} from "./type-names.ts";

/*
 * What AWS makes along with a VPC. The ids are those that the VPC reports of them.
 *
 * doc: https://docs.aws.amazon.com/vpc/latest/userguide/default-security-group.html: all traffic in from the group
 * itself, all traffic out; default-network-acl.html: rule 100 lets all traffic through both ways; VPC_Route_Tables.html:
 * the main route table has the local route alone. Read 2026-11-27.
 */

const ALL = { fromPort: 0, toPort: 0, protocol: "-1" } as const;

function groupRule(more: PlainRecord): PlainRecord {
  return {
    ...ALL,
    cidrBlocks: [],
    ipv6CidrBlocks: [],
    prefixListIds: [],
    securityGroups: [],
    self: false,
    description: "",
    ...more,
  };
}

const ALLOW_ALL: PlainRecord = {
  ...ALL,
  action: "allow",
  cidrBlock: "0.0.0.0/0",
  icmpCode: 0,
  icmpType: 0,
  ipv6CidrBlock: "",
  ruleNo: 100,
};

/** The default security group, the default network ACL and the main route table of a VPC. */
export function companionsOf(vpc: CloudResource, partition: string): readonly CloudResource[] {
  const { accountId, region, id: vpcId } = vpc;
  const arn = (kind: string, id: string) =>
    `arn:${partition}:ec2:${region}:${accountId}:${kind}/${id}`;
  const make = (type: string, property: string, kind: string, outputs: PlainRecord) => {
    const id = text(vpc.outputs, property);
    if (id === undefined) return [];
    const common = { arn: arn(kind, id), ownerId: accountId, region, vpcId, tagsAll: {} };
    return [companion(vpc, type, id, { ...common, ...outputs })];
  };
  const group = {
    name: "default",
    namePrefix: "",
    description: "default VPC security group",
    ingress: [groupRule({ self: true })],
    egress: [groupRule({ cidrBlocks: ["0.0.0.0/0"] })],
  };
  const acl = {
    defaultNetworkAclId: text(vpc.outputs, "defaultNetworkAclId") ?? null,
    ingress: [ALLOW_ALL],
    egress: [ALLOW_ALL],
  };
  const table = {
    defaultRouteTableId: text(vpc.outputs, "defaultRouteTableId") ?? null,
    propagatingVgws: [],
    routes: [],
  };
  return [
    ...make(DEFAULT_SECURITY_GROUP, "defaultSecurityGroupId", "security-group", group),
    ...make(DEFAULT_NETWORK_ACL, "defaultNetworkAclId", "network-acl", acl),
    ...make(DEFAULT_ROUTE_TABLE, "defaultRouteTableId", "route-table", table),
  ];
}

function companion(
  vpc: CloudResource,
  type: string,
  id: string,
  outputs: PlainRecord,
): CloudResource {
  const { accountId, region } = vpc;
  return { type, id, accountId, region, inputs: {}, outputs, origin: "companion" };
}

/** Blocks of the default subnets: AWS cuts the default VPC's /16 into blocks of /20. */
const DEFAULT_SUBNET_STEP = 16;

/**
 * What a default VPC comes with: an internet gateway, a route to it, and a subnet of 4,096 addresses in each zone.
 *
 * doc: https://docs.aws.amazon.com/vpc/latest/userguide/default-vpc.html, 2026-11-27
 */
export function defaultPartsOf(vpc: CloudResource, partition: string): readonly CloudResource[] {
  const { accountId, region, id: vpcId } = vpc;
  const seed = seedOf(vpcId);
  const ec2 = `arn:${partition}:ec2:${region}:${accountId}`;
  const gatewayId = `igw-${seed.hex("igw-", 17)}`;
  const common = { ownerId: accountId, region, vpcId, tagsAll: {} };
  const gateway = companion(vpc, INTERNET_GATEWAY, gatewayId, {
    ...common,
    arn: `${ec2}:internet-gateway/${gatewayId}`,
  });
  const subnets = zonesOf(region).map((zoneId, index) => {
    const id = `subnet-${seed.hex(`subnet-${zoneId}`, 17)}`;
    return companion(vpc, SUBNET, id, {
      ...common,
      arn: `${ec2}:subnet/${id}`,
      availabilityZone: zoneNameOf(zoneId, region) ?? "",
      availabilityZoneId: zoneId,
      cidrBlock: `172.31.${String(index * DEFAULT_SUBNET_STEP)}.0/20`,
      assignIpv6AddressOnCreation: false,
      enableDns64: false,
      enableResourceNameDnsARecordOnLaunch: false,
      enableResourceNameDnsAaaaRecordOnLaunch: false,
      ipv6CidrBlock: "",
      ipv6CidrBlockAssociationId: "",
      ipv6Native: false,
      mapPublicIpOnLaunch: true,
      privateDnsHostnameTypeOnLaunch: "ip-name",
    });
  });
  const tables = companionsOf(vpc, partition).map((item) =>
    item.type === DEFAULT_ROUTE_TABLE
      ? { ...item, outputs: { ...item.outputs, routes: [routeTo(gatewayId)] } }
      : item,
  );
  return [...tables, gateway, ...subnets];
}

/** A route as a table reports it. */
function routeTo(gatewayId: string): PlainRecord {
  return { cidrBlock: "0.0.0.0/0", gatewayId };
}
