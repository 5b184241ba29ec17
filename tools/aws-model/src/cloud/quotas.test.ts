import type { PlainRecord } from "../values.ts";
import { CLOUD_ROWS } from "./rows.ts";
import { MANAGEMENT, seeded, World } from "./testing/world.ts";
import * as types from "./type-names.ts";

/** A world in which these quotas are raised, or lowered, in the account. */
function worldWith(quotas: Readonly<Record<string, number>>): World {
  return new World({ quotas: (accountId) => (accountId === MANAGEMENT ? [quotas] : []) });
}

function vpc(world: World, index = 0): string {
  return world.create(types.VPC, { cidrBlock: `10.${String(index)}.0.0/16` }).id;
}

const ALLOW = '{"Version":"2012-10-17","Statement":[]}';
const openTo = (index: number): PlainRecord => ({
  protocol: "tcp",
  fromPort: index,
  toPort: index,
  cidrBlocks: ["10.0.0.0/8"],
});
const entry = (ruleNo: number): PlainRecord => ({
  ruleNo,
  action: "allow",
  protocol: "-1",
  fromPort: 0,
  toPort: 0,
  cidrBlock: "10.0.0.0/8",
});

test("without a raised quota a region has five VPCs, the default one among them, and the sixth is refused", () => {
  const world = new World();
  for (let index = 0; index < 4; index += 1) vpc(world, index);
  expect(world.refused(types.VPC, { cidrBlock: "10.9.0.0/16" })).toEqual([
    ["VpcLimitExceeded", ""],
  ]);
  const elsewhere = { ...world.scope, region: "eu-central-1" };
  expect(world.refused(types.VPC, { cidrBlock: "10.9.0.0/16" }, elsewhere)).toEqual([]);
});

test("without a raised quota a region has five Elastic IP addresses", () => {
  const world = new World();
  for (let index = 0; index < 5; index += 1) world.create(types.ELASTIC_IP, {});
  expect(world.refused(types.ELASTIC_IP, {})).toEqual([["AddressLimitExceeded", ""]]);
});

test("the quota of the account counts before the organization's", () => {
  const limit = "vpc/elastic-ips-per-region";
  const world = new World({ quotas: () => [{ [limit]: 1 }, { [limit]: 9 }] });
  world.create(types.ELASTIC_IP, {});
  expect(world.refused(types.ELASTIC_IP, {})).toEqual([["AddressLimitExceeded", ""]]);
});

/** Fills a quota of two and returns what would be the third. */
interface Filled {
  readonly type: string;
  readonly third: PlainRecord;
}

const FILLERS: readonly (readonly [string, string, string, (world: World) => Filled])[] = [
  [
    "vpc/internet-gateways-per-region",
    "InternetGatewayLimitExceeded",
    "",
    (world) => {
      world.create(types.INTERNET_GATEWAY, {});
      return { type: types.INTERNET_GATEWAY, third: {} };
    },
  ],
  [
    "vpc/subnets-per-vpc",
    "SubnetLimitExceeded",
    "vpcId",
    (world) => {
      const vpcId = vpc(world);
      const inputs = (index: number) => ({ vpcId, cidrBlock: `10.0.${String(index)}.0/24` });
      world.create(types.SUBNET, inputs(0));
      world.create(types.SUBNET, inputs(1));
      return { type: types.SUBNET, third: inputs(2) };
    },
  ],
  [
    "vpc/route-tables-per-vpc",
    "RouteTableLimitExceeded",
    "vpcId",
    (world) => {
      const vpcId = vpc(world);
      world.create(types.ROUTE_TABLE, { vpcId });
      return { type: types.ROUTE_TABLE, third: { vpcId } };
    },
  ],
  [
    "vpc/routes-per-route-table",
    "RouteLimitExceeded",
    "routeTableId",
    (world) => {
      const routeTableId = world.create(types.ROUTE_TABLE, { vpcId: vpc(world) }).id;
      const to = (index: number) => ({
        routeTableId,
        destinationCidrBlock: `192.168.${String(index)}.0/24`,
      });
      world.create(types.ROUTE, to(0));
      world.create(types.ROUTE, to(1));
      return { type: types.ROUTE, third: to(2) };
    },
  ],
  [
    "vpc/network-acls-per-vpc",
    "NetworkAclLimitExceeded",
    "vpcId",
    (world) => {
      const vpcId = vpc(world);
      world.create(types.NETWORK_ACL, { vpcId });
      return { type: types.NETWORK_ACL, third: { vpcId } };
    },
  ],
  [
    "vpc/rules-per-network-acl",
    "NetworkAclEntryLimitExceeded",
    "ingress",
    (world) => {
      const vpcId = vpc(world);
      world.create(types.NETWORK_ACL, {
        vpcId,
        ingress: [1, 2].map(entry),
        egress: [1, 2].map(entry),
      });
      return { type: types.NETWORK_ACL, third: { vpcId, ingress: [1, 2, 3].map(entry) } };
    },
  ],
  [
    "vpc/security-groups-per-region",
    "SecurityGroupLimitExceeded",
    "",
    (world) => {
      const vpcId = vpc(world);
      return { type: types.SECURITY_GROUP, third: { vpcId, name: "one-more" } };
    },
  ],
  [
    "vpc/rules-per-security-group",
    "RulesPerSecurityGroupLimitExceeded",
    "ingress",
    (world) => {
      const vpcId = vpc(world);
      const inputs = (count: number) => ({
        vpcId,
        name: `group-${String(count)}`,
        ingress: Array.from({ length: count }, (_, index) => openTo(index)),
      });
      world.create(types.SECURITY_GROUP, inputs(2));
      return { type: types.SECURITY_GROUP, third: inputs(3) };
    },
  ],
  [
    "vpc/rules-per-security-group",
    "RulesPerSecurityGroupLimitExceeded",
    "securityGroupId",
    (world) => {
      const vpcId = vpc(world);
      const securityGroupId = world.create(types.SECURITY_GROUP, { vpcId, name: "rules" }).id;
      const rule = (port: number) => ({
        securityGroupId,
        ipProtocol: "tcp",
        fromPort: port,
        toPort: port,
        cidrIpv4: "10.0.0.0/8",
      });
      world.create(types.INGRESS_RULE, rule(1));
      world.create(types.INGRESS_RULE, rule(2));
      // The other family has rules of its own.
      const { cidrIpv4: _cidrIpv4, ...other } = rule(9);
      world.create(types.INGRESS_RULE, { ...other, cidrIpv6: "fd00::/8" });
      return { type: types.INGRESS_RULE, third: rule(3) };
    },
  ],
  [
    "vpc/nat-gateways-per-zone",
    "NatGatewayLimitExceeded",
    "subnetId",
    (world) => {
      const vpcId = vpc(world);
      const inZone = (index: number, zone: string) =>
        world.create(types.SUBNET, {
          vpcId,
          cidrBlock: `10.0.${String(index)}.0/24`,
          availabilityZoneId: zone,
        }).id;
      const near = [inZone(0, "euw1-az1"), inZone(1, "euw1-az1")];
      const nat = (subnetId = "") => ({ subnetId, connectivityType: "private" });
      world.create(types.NAT_GATEWAY, nat(near[0]));
      world.create(types.NAT_GATEWAY, nat(near[1]));
      world.create(types.NAT_GATEWAY, nat(inZone(2, "euw1-az2")));
      return { type: types.NAT_GATEWAY, third: nat(near[0]) };
    },
  ],
  [
    "vpc/gateway-endpoints-per-region",
    "VpcEndpointLimitExceeded",
    "vpcEndpointType",
    (world) => {
      const endpoint = (index: number) => ({
        vpcId: vpc(world, index),
        vpcEndpointType: "Gateway",
        serviceName: "com.amazonaws.eu-west-1.s3",
      });
      world.create(types.VPC_ENDPOINT, endpoint(0));
      world.create(types.VPC_ENDPOINT, endpoint(1));
      return { type: types.VPC_ENDPOINT, third: endpoint(2) };
    },
  ],
  [
    "vpc/interface-endpoints-per-vpc",
    "VpcEndpointLimitExceeded",
    "vpcEndpointType",
    (world) => {
      const vpcId = vpc(world);
      const endpoint = (service: string) => ({
        vpcId,
        vpcEndpointType: "Interface",
        serviceName: `com.amazonaws.eu-west-1.${service}`,
      });
      world.create(types.VPC_ENDPOINT, endpoint("ecs"));
      world.create(types.VPC_ENDPOINT, endpoint("sts"));
      return { type: types.VPC_ENDPOINT, third: endpoint("logs") };
    },
  ],
  [
    "organizations/service-control-policies-per-target",
    "ConstraintViolationException",
    "targetId",
    (world) => {
      const policy = (name: string) =>
        world.create(types.POLICY, { name, type: "SERVICE_CONTROL_POLICY", content: ALLOW }).id;
      // AWS's own is one of the two.
      world.create(types.POLICY_ATTACHMENT, { policyId: policy("one"), targetId: MANAGEMENT });
      return {
        type: types.POLICY_ATTACHMENT,
        third: { policyId: policy("two"), targetId: MANAGEMENT },
      };
    },
  ],
  [
    "organizations/tag-policies-per-target",
    "ConstraintViolationException",
    "targetId",
    (world) => {
      enable(world, "TAG_POLICY");
      const policy = (name: string) =>
        world.create(types.POLICY, { name, type: "TAG_POLICY", content: "{}" }).id;
      const attach = (name: string) => ({ policyId: policy(name), targetId: MANAGEMENT });
      world.create(types.POLICY_ATTACHMENT, attach("one"));
      world.create(types.POLICY_ATTACHMENT, attach("two"));
      return { type: types.POLICY_ATTACHMENT, third: attach("three") };
    },
  ],
  [
    "organizations/resource-control-policies-per-target",
    "ConstraintViolationException",
    "targetId",
    (world) => {
      enable(world, "RESOURCE_CONTROL_POLICY");
      const policy = (name: string) =>
        world.create(types.POLICY, { name, type: "RESOURCE_CONTROL_POLICY", content: ALLOW }).id;
      world.create(types.POLICY_ATTACHMENT, { policyId: policy("one"), targetId: MANAGEMENT });
      return {
        type: types.POLICY_ATTACHMENT,
        third: { policyId: policy("two"), targetId: MANAGEMENT },
      };
    },
  ],
  [
    "organizations/accounts",
    "ConstraintViolationException",
    "",
    () => ({ type: types.ACCOUNT, third: { name: "third", email: "third@example.com" } }),
  ],
  [
    "organizations/organizational-units",
    "ConstraintViolationException",
    "",
    (world) => {
      world.create(types.UNIT, { name: "one", parentId: rootOf(world) });
      world.create(types.UNIT, { name: "two", parentId: rootOf(world) });
      return { type: types.UNIT, third: { name: "three", parentId: rootOf(world) } };
    },
  ],
  [
    "organizations/organizational-unit-depth",
    "ConstraintViolationException",
    "parentId",
    (world) => {
      const first = world.create(types.UNIT, { name: "one", parentId: rootOf(world) }).id;
      const second = world.create(types.UNIT, { name: "two", parentId: first }).id;
      return { type: types.UNIT, third: { name: "three", parentId: second } };
    },
  ],
];

function rootOf(world: World): string {
  const [organization] = world.cloud.list(MANAGEMENT, types.ORGANIZATION);
  const roots = organization?.outputs["roots"] as readonly { readonly id: string }[];
  return roots[0]?.id ?? "";
}

function enable(world: World, type: string): void {
  const [organization] = world.cloud.list(MANAGEMENT, types.ORGANIZATION);
  if (organization === undefined) throw new TypeError("there is no organization");
  const enabledPolicyTypes = ["SERVICE_CONTROL_POLICY", type];
  expect(world.update(organization, { featureSet: "ALL", enabledPolicyTypes })).toEqual([]);
}

test.each(FILLERS)("a quota of two of %s lets two be and refuses the third: %s at %s", (...row) => {
  const [limit, code, path, fill] = row;
  const world = worldWith({ [limit]: 2 });
  const { type, third } = fill(world);
  const before = world.text();
  expect(world.refused(type, third)).toEqual([[code, path]]);
  expect(world.text()).toBe(before);

  const raised = worldWith({ [limit]: 3 });
  const again = fill(raised);
  expect(raised.refused(again.type, again.third)).toEqual([]);
});

test("where more are there than the quota says, it was raised, and one more may be", () => {
  const raised = new World({}, seeded(12));
  expect(raised.refused(types.ACCOUNT, { name: "n", email: "n@example.com" })).toEqual([]);
  const full = new World({}, seeded(10));
  expect(full.refused(types.ACCOUNT, { name: "n", email: "n@example.com" })).toEqual([
    ["ConstraintViolationException", ""],
  ]);
});

test("every quota of a row is tried", () => {
  const tried = new Set(FILLERS.map(([limit]) => limit));
  const limits = Object.values(CLOUD_ROWS).flatMap((row) =>
    (row.limits ?? []).map((one) => one.limit),
  );
  const others = ["vpc/vpcs-per-region", "vpc/elastic-ips-per-region"];
  expect([...new Set(limits)].filter((limit) => !tried.has(limit)).sort()).toEqual(others.sort());
});
