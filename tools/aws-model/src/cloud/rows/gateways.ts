import { beside, others, text } from "../look.ts";
import type { CheckRule, CloudContext, CloudTable, RemovalRule, UniqueRule } from "../row.ts";
import { api, EC2_ERRORS, observed } from "../sources.ts";
import {
  ELASTIC_IP,
  GATEWAY_ATTACHMENT,
  INTERNET_GATEWAY,
  NAT_GATEWAY,
  SUBNET,
  VPC_ENDPOINT,
} from "../type-names.ts";
import { internetGatewayOf, vpcOf } from "../vpc-of.ts";
import { atMost, atMostBy } from "./counting.ts";
import { toEc2, toGroup, toSubnet, toTable, toVpc } from "./references.ts";

/** A VPC has one internet gateway. */
const oneGateway: CheckRule = {
  rule: "ec2/one-internet-gateway-per-vpc",
  code: "InvalidParameterValue",
  text: "A VPC has one internet gateway at most.",
  provenance: observed("github.com/binlab/terraform-aws-vault-ha-raft, issue 54"),
  check({ wanted, cloud }) {
    const vpcId = text(wanted.outputs, "vpcId");
    if (vpcId === undefined) return [];
    const attached = internetGatewayOf(vpcId, wanted, cloud);
    const own = wanted.type === INTERNET_GATEWAY ? wanted.id : wanted.outputs["internetGatewayId"];
    if (attached === undefined || attached.id === own) return [];
    const message = `Network ${vpcId} already has an internet gateway attached: ${attached.id}`;
    return [{ path: "vpcId", message }];
  },
};

/** An internet gateway is in one VPC. */
const attachedOnce: CheckRule = {
  rule: "ec2/internet-gateway-in-one-vpc",
  code: "Resource.AlreadyAssociated",
  text: "An internet gateway is attached to one VPC at a time.",
  provenance: EC2_ERRORS,
  check({ wanted, current, cloud }) {
    if (current !== undefined) return [];
    const id = text(wanted.outputs, "internetGatewayId");
    const gateway = beside(cloud, wanted, [INTERNET_GATEWAY]).find((item) => item.id === id);
    const vpcId = gateway === undefined ? undefined : vpcOf(gateway, cloud);
    if (vpcId === undefined) return [];
    const message = `resource ${String(id)} is already attached to network ${vpcId}`;
    return [{ path: "internetGatewayId", message }];
  },
};

function publicNatGateways({ wanted, cloud }: CloudContext, vpcId: string | undefined) {
  return beside(cloud, wanted, [NAT_GATEWAY]).filter(
    ({ outputs }) => outputs["connectivityType"] !== "private" && outputs["vpcId"] === vpcId,
  );
}

/** Public addresses are reached through the gateway. */
const noPublicAddresses: RemovalRule = {
  rule: "ec2/internet-gateway-in-use",
  code: "DependencyViolation",
  text: "An internet gateway stays attached while its VPC has public addresses, such as a public NAT gateway's.",
  provenance: api("ec2: DetachInternetGateway"),
  refuses(context) {
    const vpcId = vpcOf(context.wanted, context.cloud) ?? text(context.wanted.outputs, "vpcId");
    const [nat] = vpcId === undefined ? [] : publicNatGateways(context, vpcId);
    return nat === undefined
      ? undefined
      : `Network ${String(vpcId)} has some mapped public address(es): ${nat.id}`;
  },
};

/** Where a public NAT gateway leads to. */
const needsGateway: CheckRule = {
  rule: "ec2/nat-gateway-needs-internet-gateway",
  kind: "not-found",
  code: "Gateway.NotAttached",
  text: "The VPC of a public NAT gateway has an internet gateway.",
  provenance: api("ec2: NatGateway.FailureMessage"),
  check({ wanted, current, cloud }) {
    if (!cloud.complete || current !== undefined) return [];
    const vpcId = text(wanted.outputs, "vpcId");
    const isPrivate = wanted.outputs["connectivityType"] === "private";
    if (vpcId === undefined || isPrivate) return [];
    if (internetGatewayOf(vpcId, wanted, cloud) !== undefined) return [];
    return [{ path: "subnetId", message: `Network ${vpcId} has no Internet gateway attached` }];
  },
};

const ONE_ALLOCATION: UniqueRule = {
  rule: "ec2/elastic-ip-used-once",
  code: "Resource.AlreadyAssociated",
  text: "An Elastic IP address belongs to one NAT gateway at a time.",
  of: ["allocationId"],
  within: "region",
  provenance: api("ec2: NatGateway.FailureMessage"),
};

function subnetOf({ wanted, cloud }: Pick<CloudContext, "wanted" | "cloud">) {
  const id = wanted.outputs["subnetId"];
  return beside(cloud, wanted, [SUBNET]).find((subnet) => subnet.id === id);
}

const NAT_QUOTA = atMostBy(
  {
    rule: "ec2/nat-gateways-per-zone",
    code: "NatGatewayLimitExceeded",
    limit: "vpc/nat-gateways-per-zone",
    what: "NAT gateways in the Availability Zone",
    provenance: EC2_ERRORS,
  },
  (context) => {
    const { wanted, current, cloud } = context;
    const zone = subnetOf({ wanted, cloud })?.outputs["availabilityZoneId"];
    if (zone === undefined || current !== undefined) return undefined;
    const alike = others(context).filter(
      (other) => subnetOf({ wanted: other, cloud })?.outputs["availabilityZoneId"] === zone,
    );
    return { count: alike.length + 1, path: "subnetId" };
  },
);

/** A gateway endpoint is a route in each of its tables. */
const oneRouteToService: CheckRule = {
  rule: "ec2/gateway-endpoint-exists",
  code: "RouteAlreadyExists",
  text: "A route table has one gateway endpoint for a service.",
  provenance: EC2_ERRORS,
  check(context) {
    const { wanted } = context;
    if (wanted.outputs["vpcEndpointType"] !== "Gateway") return [];
    const alike = others(context).filter(
      (other) =>
        other.outputs["vpcEndpointType"] === "Gateway" &&
        other.outputs["serviceName"] === wanted.outputs["serviceName"],
    );
    return tablesOf(wanted.outputs["routeTableIds"]).flatMap((table, index) => {
      const other = alike.find(({ outputs }) => tablesOf(outputs["routeTableIds"]).includes(table));
      if (other === undefined) return [];
      const path = `routeTableIds[${String(index)}]`;
      const service = text(wanted.outputs, "serviceName") ?? "the service";
      const message = `route table ${table} already has a route to ${service}: ${other.id}`;
      return [{ path, message }];
    });
  },
};

function tablesOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}

/** Ways out of a VPC, and addresses. */
export const GATEWAY_ROWS: CloudTable = {
  [INTERNET_GATEWAY]: {
    references: [toVpc("vpcId", { holds: "DependencyViolation" })],
    checks: [oneGateway],
    removals: [noPublicAddresses],
    view(gateway, cloud) {
      const vpcId = vpcOf(gateway, cloud);
      return vpcId === undefined ? {} : { vpcId };
    },
    limits: [
      atMost({
        rule: "ec2/internet-gateways-per-region",
        code: "InternetGatewayLimitExceeded",
        limit: "vpc/internet-gateways-per-region",
        what: "internet gateways in the region",
        provenance: EC2_ERRORS,
      }),
    ],
  },
  [GATEWAY_ATTACHMENT]: {
    references: [
      toEc2("internetGatewayId", INTERNET_GATEWAY, "InvalidInternetGatewayID.NotFound", {
        holds: "DependencyViolation",
      }),
      toVpc("vpcId", { holds: "DependencyViolation" }),
    ],
    checks: [attachedOnce, oneGateway],
    removals: [noPublicAddresses],
  },
  [ELASTIC_IP]: {
    references: "none",
    limits: [
      atMost({
        rule: "ec2/elastic-ips-per-region",
        code: "AddressLimitExceeded",
        limit: "vpc/elastic-ips-per-region",
        what: "Elastic IP addresses in the region",
        provenance: EC2_ERRORS,
      }),
    ],
    view(address, cloud) {
      const nat = beside(cloud, address, [NAT_GATEWAY]).find(
        ({ outputs }) => outputs["allocationId"] === address.id,
      );
      if (nat === undefined) return {};
      return {
        associationId: nat.outputs["associationId"] ?? "",
        networkInterface: nat.outputs["networkInterfaceId"] ?? "",
        privateIp: nat.outputs["privateIp"] ?? "",
      };
    },
  },
  [NAT_GATEWAY]: {
    references: [
      toSubnet("subnetId", { holds: "DependencyViolation" }),
      toEc2("allocationId", ELASTIC_IP, "InvalidAllocationID.NotFound", {
        holds: "InvalidIPAddress.InUse",
      }),
      toEc2("secondaryAllocationIds[]", ELASTIC_IP, "InvalidAllocationID.NotFound", {
        holds: "InvalidIPAddress.InUse",
      }),
    ],
    unique: [ONE_ALLOCATION],
    checks: [needsGateway],
    limits: [NAT_QUOTA],
    view(nat, cloud) {
      const vpcId = subnetOf({ wanted: nat, cloud })?.outputs["vpcId"];
      return vpcId === undefined ? {} : { vpcId };
    },
  },
  [VPC_ENDPOINT]: {
    references: [
      toVpc("vpcId", { holds: "DependencyViolation", sameVpc: "InvalidParameter" }),
      toTable("routeTableIds[]", { sameVpc: "InvalidParameter" }),
      toSubnet("subnetIds[]", { holds: "DependencyViolation", sameVpc: "InvalidParameter" }),
      toGroup("securityGroupIds[]", { holds: "DependencyViolation", sameVpc: "InvalidParameter" }),
    ],
    checks: [oneRouteToService],
    limits: [
      atMostBy(
        {
          rule: "ec2/gateway-endpoints-per-region",
          code: "VpcEndpointLimitExceeded",
          limit: "vpc/gateway-endpoints-per-region",
          what: "gateway endpoints in the region",
          provenance: EC2_ERRORS,
        },
        (context) => countEndpoints(context, "Gateway", []),
      ),
      atMostBy(
        {
          rule: "ec2/interface-endpoints-per-vpc",
          code: "VpcEndpointLimitExceeded",
          limit: "vpc/interface-endpoints-per-vpc",
          what: "interface endpoints in the VPC",
          provenance: EC2_ERRORS,
        },
        (context) => countEndpoints(context, "Interface", ["vpcId"]),
      ),
    ],
  },
};

function countEndpoints(context: CloudContext, kind: string, per: readonly string[]) {
  const { wanted, current } = context;
  const counts = (item: { readonly outputs: Readonly<Record<string, unknown>> }) =>
    item.outputs["vpcEndpointType"] === kind &&
    per.every((name) => item.outputs[name] === wanted.outputs[name]);
  if (current !== undefined || !counts(wanted)) return undefined;
  const alike = others(context).filter(counts);
  return { count: alike.length + 1, path: "vpcEndpointType" };
}
