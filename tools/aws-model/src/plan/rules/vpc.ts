import { crc32 } from "node:zlib";
import { partition } from "@atoll/core";
import { UNKNOWN } from "../../values.ts";
import type { PlainValue } from "../../values.ts";
import type { PlanContext } from "../context.ts";
import { seedOf } from "../seed.ts";
import { always, ASSUMED, PROVIDER_EXAMPLES } from "../type-rule.ts";
import type { OutputRule, RuleTable } from "../type-rule.ts";
import { zoneIdOf, zoneNameOf } from "../zones.ts";

/** ARN of an EC2 resource of this account. */
function ec2Arn(kind: string): string {
  return `arn:{partition}:ec2:{region}:{account}:${kind}/{id}`;
}

/** Ids of what AWS makes along with a VPC, so that the VPC and the resources that adopt it agree. */
function companionOf(vpc: PlainValue | undefined, prefix: string): PlainValue {
  return typeof vpc === "string" ? prefix + seedOf(vpc).hex(prefix, 17) : UNKNOWN;
}

function companion(prefix: string): OutputRule {
  return ({ id }) => companionOf(id, prefix);
}

/**
 * An Elastic IP's address as a function of its allocation, so that a NAT gateway knows it too. From
 * 198.18.0.0/15, which RFC 2544 reserves for tests: no real address, and wide enough for thousands.
 */
function publicIpOf(allocationId: PlainValue | undefined): PlainValue {
  if (typeof allocationId !== "string") return UNKNOWN;
  const [a = 0, b = 0, c = 0] = Buffer.from(seedOf(allocationId).hex("publicIp", 6), "hex");
  return `198.${String(18 + (a % 2))}.${String(b)}.${String(c)}`;
}

function publicDns({ values, scope }: PlanContext): PlainValue {
  const address = values["publicIp"];
  if (typeof address !== "string") return UNKNOWN;
  // doc: us-east-1 keeps the name that EC2 had when it was the only region.
  const host = scope.region === "us-east-1" ? "compute-1" : `${scope.region}.compute`;
  return `ec2-${address.replaceAll(".", "-")}.${host}.${partition(scope.partition).dnsSuffix}`;
}

const ADDRESSED_BY = [
  "destinationCidrBlock",
  "destinationIpv6CidrBlock",
  "destinationPrefixListId",
];

/**
 * provider: terraform-provider-aws `internal/service/ec2/vpc_route.go`: the route table's id and a
 * CRC-32 of the destination.
 */
function routeId({ values }: PlanContext): PlainValue {
  const table = values["routeTableId"];
  const destination = ADDRESSED_BY.map((name) => values[name]).find(
    (value) => value !== undefined && value !== null,
  );
  if (typeof table !== "string" || typeof destination !== "string") return UNKNOWN;
  return `r-${table}${String(crc32(destination))}`;
}

function emptyWhen(name: string, value: PlainValue): (context: PlanContext) => PlainValue {
  return ({ values }) => (values[name] === value ? [] : UNKNOWN);
}

/** One list of addresses per service and region, whoever asks. */
function prefixListId({ values, scope }: PlanContext): PlainValue {
  if (values["vpcEndpointType"] !== "Gateway") return UNKNOWN;
  const service = values["serviceName"];
  if (typeof service !== "string") return UNKNOWN;
  return `pl-${seedOf(`${scope.partition}|${service}`).hex("prefix-list", 8)}`;
}

function availabilityZone({ values, scope }: PlanContext): PlainValue {
  const zoneId = values["availabilityZoneId"];
  return typeof zoneId === "string" ? (zoneNameOf(zoneId, scope.region) ?? UNKNOWN) : UNKNOWN;
}

function availabilityZoneId({ values, scope }: PlanContext): PlainValue {
  const zone = values["availabilityZone"];
  return typeof zone === "string" ? (zoneIdOf(zone, scope.region) ?? UNKNOWN) : UNKNOWN;
}

/** "" where the VPC or subnet has no IPv6 addresses, as the provider reports it. */
function withoutIpv6(...askedBy: readonly string[]): OutputRule {
  return ({ values }) => {
    const asked = askedBy.some((name) => {
      const value = values[name];
      return value !== undefined && value !== null && value !== false && value !== "";
    });
    return asked ? UNKNOWN : "";
  };
}

/** Nothing is associated with a fresh Elastic IP. */
const NOT_ASSOCIATED: OutputRule = always("");

/** One set of DHCP options per account and region is the default of every VPC. */
const dhcpOptionsId: OutputRule = ({ scope }) =>
  `dopt-${seedOf(`${scope.accountId}|${scope.region}`).hex("dhcp", 17)}`;

const VPC_IPV6 = ["assignGeneratedIpv6CidrBlock", "ipv6CidrBlock", "ipv6IpamPoolId"];
const OWNER = { ownerId: "{account}" } as const;

/** VPC and what is in it. */
export const VPC: RuleTable = {
  provenance: PROVIDER_EXAMPLES,
  rules: {
    "aws:ec2/vpc:Vpc": {
      id: "vpc-{hex:17}",
      outputs: {
        arn: ec2Arn("vpc"),
        ...OWNER,
        instanceTenancy: always("default"),
        defaultNetworkAclId: companion("acl-"),
        defaultRouteTableId: companion("rtb-"),
        defaultSecurityGroupId: companion("sg-"),
        dhcpOptionsId,
        mainRouteTableId: "{=defaultRouteTableId}",
        ipv6AssociationId: withoutIpv6(...VPC_IPV6),
        ipv6CidrBlock: withoutIpv6(...VPC_IPV6),
        ipv6CidrBlockNetworkBorderGroup: withoutIpv6(...VPC_IPV6),
      },
    },
    "aws:ec2/subnet:Subnet": {
      id: "subnet-{hex:17}",
      outputs: {
        arn: ec2Arn("subnet"),
        ...OWNER,
        availabilityZone,
        availabilityZoneId,
        ipv6CidrBlock: withoutIpv6("ipv6CidrBlock", "ipv6IpamPoolId"),
        ipv6CidrBlockAssociationId: withoutIpv6("ipv6CidrBlock", "ipv6IpamPoolId"),
        privateDnsHostnameTypeOnLaunch: ({ values }) =>
          values["ipv6Native"] === true ? "resource-name" : "ip-name",
      },
    },
    "aws:ec2/internetGateway:InternetGateway": {
      id: "igw-{hex:17}",
      outputs: { arn: ec2Arn("internet-gateway"), ...OWNER, vpcId: always("") },
    },
    "aws:ec2/internetGatewayAttachment:InternetGatewayAttachment": {
      id: "{=internetGatewayId}:{=vpcId}",
    },
    "aws:ec2/natGateway:NatGateway": {
      id: "nat-{hex:17}",
      outputs: {
        associationId: ({ values, seed }) =>
          values["connectivityType"] === "private" ? "" : `eipassoc-${seed.hex("association", 17)}`,
        networkInterfaceId: "eni-{hex:17}",
        publicIp: ({ values }) =>
          values["connectivityType"] === "private" ? "" : publicIpOf(values["allocationId"]),
      },
    },
    "aws:ec2/eip:Eip": {
      id: "eipalloc-{hex:17}",
      outputs: {
        allocationId: "{id}",
        arn: ec2Arn("elastic-ip"),
        publicIp: ({ id }) => publicIpOf(id),
        publicDns,
        domain: always("vpc"),
        associationId: NOT_ASSOCIATED,
        carrierIp: always(""),
        customerOwnedIp: always(""),
        instance: NOT_ASSOCIATED,
        networkInterface: NOT_ASSOCIATED,
        privateIp: NOT_ASSOCIATED,
        ptrRecord: always(""),
        networkBorderGroup: "{region}",
        publicIpv4Pool: always("amazon"),
      },
    },
    "aws:ec2/routeTable:RouteTable": {
      id: "rtb-{hex:17}",
      outputs: { arn: ec2Arn("route-table"), ...OWNER },
    },
    "aws:ec2/route:Route": {
      id: routeId,
      outputs: {
        origin: always("CreateRoute"),
        state: always("active"),
        instanceId: always(""),
        instanceOwnerId: always(""),
      },
    },
    "aws:ec2/routeTableAssociation:RouteTableAssociation": {
      id: "rtbassoc-{hex:17}",
      provenance: ASSUMED,
    },
    "aws:ec2/mainRouteTableAssociation:MainRouteTableAssociation": {
      id: "rtbassoc-{hex:17}",
      provenance: ASSUMED,
      outputs: { originalRouteTableId: ({ values }) => companionOf(values["vpcId"], "rtb-") },
    },
    "aws:ec2/defaultRouteTable:DefaultRouteTable": {
      id: "{=defaultRouteTableId}",
      outputs: { arn: ec2Arn("route-table"), ...OWNER },
    },
    "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": {
      id: ({ values }) => companionOf(values["vpcId"], "sg-"),
      outputs: {
        arn: ec2Arn("security-group"),
        ...OWNER,
        name: always("default"),
        namePrefix: always(""),
        description: always("default VPC security group"),
      },
    },
    "aws:ec2/defaultNetworkAcl:DefaultNetworkAcl": {
      id: "{=defaultNetworkAclId}",
      outputs: { arn: ec2Arn("network-acl"), ...OWNER },
    },
    "aws:ec2/networkAcl:NetworkAcl": {
      id: "acl-{hex:17}",
      // provider: ec2/vpc_network_acl.go@0620f2a, 2026-11-27: the rules that deny the rest are not reported.
      outputs: {
        arn: ec2Arn("network-acl"),
        ...OWNER,
        ingress: always([]),
        egress: always([]),
      },
    },
    "aws:ec2/defaultVpc:DefaultVpc": {
      id: ({ scope }) => `vpc-${seedOf(`${scope.accountId}|${scope.region}`).hex("default", 17)}`,
      outputs: {
        arn: ec2Arn("vpc"),
        ...OWNER,
        cidrBlock: always("172.31.0.0/16"),
        instanceTenancy: always("default"),
        // provider: ec2/vpc_default_vpc.go@05a271d, 2026-11-27: both are on in a default VPC.
        enableDnsHostnames: always(true),
        enableDnsSupport: always(true),
        enableNetworkAddressUsageMetrics: always(false),
        dhcpOptionsId,
        ipv6AssociationId: withoutIpv6(...VPC_IPV6),
        ipv6CidrBlock: withoutIpv6(...VPC_IPV6),
        ipv6CidrBlockNetworkBorderGroup: withoutIpv6(...VPC_IPV6),
        defaultNetworkAclId: companion("acl-"),
        defaultRouteTableId: companion("rtb-"),
        defaultSecurityGroupId: companion("sg-"),
        mainRouteTableId: "{=defaultRouteTableId}",
      },
    },
    "aws:ec2/vpcDhcpOptions:VpcDhcpOptions": {
      id: "dopt-{hex:17}",
      outputs: { arn: ec2Arn("dhcp-options"), ...OWNER },
    },
    "aws:ec2/vpcEndpoint:VpcEndpoint": {
      id: "vpce-{hex:17}",
      outputs: {
        arn: ec2Arn("vpc-endpoint"),
        ...OWNER,
        state: always("available"),
        requesterManaged: always(false),
        serviceRegion: "{region}",
        prefixListId,
        networkInterfaceIds: emptyWhen("vpcEndpointType", "Gateway"),
        dnsEntries: emptyWhen("vpcEndpointType", "Gateway"),
        subnetIds: emptyWhen("vpcEndpointType", "Gateway"),
        securityGroupIds: emptyWhen("vpcEndpointType", "Gateway"),
        routeTableIds: emptyWhen("vpcEndpointType", "Interface"),
      },
    },
    "aws:ec2/flowLog:FlowLog": {
      id: "fl-{hex:17}",
      outputs: { arn: ec2Arn("vpc-flow-log") },
    },
    "aws:ec2/securityGroup:SecurityGroup": {
      id: "sg-{hex:17}",
      // The package says so of the description, and that the provider removes AWS's rule for egress.
      outputs: {
        arn: ec2Arn("security-group"),
        ...OWNER,
        description: always("Managed by Pulumi"),
        ingress: always([]),
        egress: always([]),
      },
    },
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": {
      id: "sgr-{hex:17}",
      outputs: { arn: ec2Arn("security-group-rule"), securityGroupRuleId: "{id}" },
    },
    "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": {
      id: "sgr-{hex:17}",
      outputs: { arn: ec2Arn("security-group-rule"), securityGroupRuleId: "{id}" },
    },
    "aws:ec2/vpcBlockPublicAccessOptions:VpcBlockPublicAccessOptions": {
      id: "{region}",
      outputs: { awsAccountId: "{account}", awsRegion: "{region}" },
    },
    "aws:ec2/vpcBlockPublicAccessExclusion:VpcBlockPublicAccessExclusion": {
      id: "vpcbpa-exclude-{hex:17}",
    },
  },
};
