import fc from "fast-check";
import type { CloudResource } from "./cloud.ts";
import { text } from "./look.ts";
import { World } from "./testing/world.ts";
import * as types from "./type-names.ts";

function vpc(world: World, cidrBlock = "10.0.0.0/16"): CloudResource {
  return world.create(types.VPC, { cidrBlock });
}

test("a subnet lies inside its VPC and apart from the others; the VPC next door does not matter", () => {
  const world = new World();
  const { id: vpcId } = vpc(world);
  const other = vpc(world);
  world.create(types.SUBNET, { vpcId, cidrBlock: "10.0.0.0/20" });
  expect(world.refused(types.SUBNET, { vpcId, cidrBlock: "10.1.0.0/20" })).toEqual([
    ["InvalidSubnet.Range", "cidrBlock"],
  ]);
  expect(world.refused(types.SUBNET, { vpcId, cidrBlock: "10.0.15.0/24" })).toEqual([
    ["InvalidSubnet.Conflict", "cidrBlock"],
  ]);
  expect(world.refused(types.SUBNET, { vpcId, cidrBlock: "10.0.16.0/20" })).toEqual([]);
  expect(world.refused(types.SUBNET, { vpcId: other.id, cidrBlock: "10.0.0.0/20" })).toEqual([]);
});

test("a subnet may lie in a further block of its VPC", () => {
  const world = new World();
  const { id: vpcId } = vpc(world);
  const further = "aws:ec2/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation";
  world.create(further, { vpcId, cidrBlock: "10.7.0.0/16" });
  expect(world.refused(types.SUBNET, { vpcId, cidrBlock: "10.7.0.0/20" })).toEqual([]);
});

test("a subnet's zone is one of its region", () => {
  const world = new World();
  const { id: vpcId } = vpc(world);
  const cidrBlock = "10.0.0.0/20";
  expect(
    world.refused(types.SUBNET, { vpcId, cidrBlock, availabilityZone: "eu-central-1a" }),
  ).toEqual([["InvalidParameterValue", "availabilityZone"]]);
  expect(world.refused(types.SUBNET, { vpcId, cidrBlock, availabilityZoneId: "euc1-az1" })).toEqual(
    [["InvalidParameterValue", "availabilityZoneId"]],
  );
});

test("a VPC of another region or account is not there", () => {
  const world = new World();
  const { id: vpcId } = vpc(world);
  const inputs = { vpcId, cidrBlock: "10.0.0.0/20" };
  const refusal = [["InvalidVpcID.NotFound", "vpcId"]];
  const { scope } = world;
  expect(world.refused(types.SUBNET, inputs, { ...scope, region: "eu-central-1" })).toEqual(
    refusal,
  );
  expect(world.refused(types.SUBNET, inputs, { ...scope, accountId: "222222222222" })).toEqual(
    refusal,
  );
});

test("what is associated, routed and peered with is in one VPC", () => {
  const world = new World();
  const near = vpc(world);
  const far = vpc(world, "10.1.0.0/16");
  const subnet = world.create(types.SUBNET, { vpcId: far.id, cidrBlock: "10.1.0.0/20" });
  const table = world.create(types.ROUTE_TABLE, { vpcId: near.id });
  const gateway = world.create(types.INTERNET_GATEWAY, { vpcId: far.id });
  const group = world.create(types.SECURITY_GROUP, { vpcId: far.id, name: "far" });
  expect(
    world.refused(types.TABLE_ASSOCIATION, { subnetId: subnet.id, routeTableId: table.id }),
  ).toEqual([["InvalidParameterValue", "routeTableId"]]);
  expect(
    world.refused(types.ROUTE, {
      routeTableId: table.id,
      destinationCidrBlock: "0.0.0.0/0",
      gatewayId: gateway.id,
    }),
  ).toEqual([["InvalidParameterValue", "gatewayId"]]);
  expect(
    world.refused(types.VPC_ENDPOINT, {
      vpcId: near.id,
      vpcEndpointType: "Interface",
      serviceName: "com.amazonaws.eu-west-1.ecs",
      subnetIds: [subnet.id],
      securityGroupIds: [group.id],
    }),
  ).toEqual([
    ["InvalidParameter", "subnetIds[0]"],
    ["InvalidParameter", "securityGroupIds[0]"],
  ]);
});

test("a route table has one route to a destination, whether it is a resource or an entry", () => {
  const world = new World();
  const { id: vpcId } = vpc(world);
  const gatewayId = world.create(types.INTERNET_GATEWAY, { vpcId }).id;
  const routes = [{ cidrBlock: "0.0.0.0/0", gatewayId }];
  const { id: routeTableId } = world.create(types.ROUTE_TABLE, { vpcId, routes });
  const route = { routeTableId, destinationCidrBlock: "0.0.0.0/0", gatewayId };
  const refusal = [["RouteAlreadyExists", "destinationCidrBlock"]];
  expect(world.refused(types.ROUTE, route)).toEqual(refusal);
  const other = { ...route, destinationCidrBlock: "192.168.0.0/16" };
  expect(world.refused(types.ROUTE, other)).toEqual([]);
  expect(world.refused(types.ROUTE, other)).toEqual([
    ["RouteAlreadyExists", "destinationCidrBlock"],
  ]);
  const read = world.read(types.ROUTE_TABLE, routeTableId).outputs["routes"] as readonly unknown[];
  expect(read).toHaveLength(2);
});

test("names and places that are taken are refused", () => {
  const world = new World();
  const { id: vpcId } = vpc(world);
  const subnetId = world.create(types.SUBNET, { vpcId, cidrBlock: "10.0.0.0/20" }).id;
  const routeTableId = world.create(types.ROUTE_TABLE, { vpcId }).id;
  const second = world.create(types.ROUTE_TABLE, { vpcId }).id;
  world.create(types.TABLE_ASSOCIATION, { subnetId, routeTableId });
  expect(world.refused(types.TABLE_ASSOCIATION, { subnetId, routeTableId: second })).toEqual([
    ["Resource.AlreadyAssociated", "subnetId"],
  ]);
  world.create(types.SECURITY_GROUP, { vpcId, name: "web" });
  expect(world.refused(types.SECURITY_GROUP, { vpcId, name: "web" })).toEqual([
    ["InvalidGroup.Duplicate", "name"],
  ]);
  expect(world.refused(types.SECURITY_GROUP, { vpcId, name: "default" })).toContainEqual([
    "InvalidGroup.Reserved",
    "name",
  ]);
  world.create(types.INTERNET_GATEWAY, { vpcId });
  expect(world.refused(types.INTERNET_GATEWAY, { vpcId })).toEqual([
    ["InvalidParameterValue", "vpcId"],
  ]);
});

test("a public NAT gateway needs an internet gateway, and an address that no other has", () => {
  const world = new World();
  const { id: vpcId } = vpc(world);
  const subnetId = world.create(types.SUBNET, { vpcId, cidrBlock: "10.0.0.0/20" }).id;
  const address = world.create(types.ELASTIC_IP, {});
  const nat = { subnetId, allocationId: address.id };
  expect(world.refused(types.NAT_GATEWAY, nat)).toEqual([["Gateway.NotAttached", "subnetId"]]);
  const gateway = world.create(types.INTERNET_GATEWAY, { vpcId });
  const made = world.create(types.NAT_GATEWAY, nat);
  expect(made.outputs["vpcId"]).toBe(vpcId);
  expect(world.refused(types.NAT_GATEWAY, nat)).toEqual([
    ["Resource.AlreadyAssociated", "allocationId"],
  ]);
  expect(world.read(types.ELASTIC_IP, address.id).outputs["associationId"]).toBe(
    made.outputs["associationId"],
  );
  expect(world.remove(address)).toEqual(["InvalidIPAddress.InUse"]);
  expect(world.remove(gateway)).toEqual(["DependencyViolation"]);
  expect(world.remove(made)).toEqual([]);
  expect(world.remove(address)).toEqual([]);
  expect(world.remove(gateway)).toEqual([]);
});

test("a group that another group's rule names is in use, one that names itself is not", () => {
  const world = new World();
  const { id: vpcId } = vpc(world);
  const named = world.create(types.SECURITY_GROUP, { vpcId, name: "named" });
  const naming = world.create(types.SECURITY_GROUP, {
    vpcId,
    name: "naming",
    ingress: [{ protocol: "-1", fromPort: 0, toPort: 0, securityGroups: [named.id] }],
  });
  world.create(types.INGRESS_RULE, {
    securityGroupId: naming.id,
    ipProtocol: "-1",
    referencedSecurityGroupId: naming.id,
  });
  expect(world.remove(named)).toEqual(["DependencyViolation"]);
  expect(world.remove(naming)).toEqual([]);
  expect(world.remove(named)).toEqual([]);
});

test("a VPC comes with a group, an ACL and a table of the ids that it reports, and takes them along", () => {
  const world = new World();
  const before = world.text();
  const made = vpc(world);
  for (const [type, property] of [
    [types.SECURITY_GROUP, "defaultSecurityGroupId"],
    [types.NETWORK_ACL, "defaultNetworkAclId"],
    [types.ROUTE_TABLE, "defaultRouteTableId"],
  ] as const) {
    expect(world.read(type, text(made.outputs, property) ?? "").outputs["vpcId"]).toBe(made.id);
  }
  expect(world.remove(made)).toEqual([]);
  expect(world.text()).toBe(before);
});

test("the default network ACL has every subnet that no other took", () => {
  const world = new World();
  const made = vpc(world);
  const subnets = [0, 16].map(
    (third) =>
      world.create(types.SUBNET, { vpcId: made.id, cidrBlock: `10.0.${String(third)}.0/20` }).id,
  );
  const acl = text(made.outputs, "defaultNetworkAclId") ?? "";
  expect(world.read(types.DEFAULT_NETWORK_ACL, acl).outputs["subnetIds"]).toEqual(subnets);
  world.create(types.NETWORK_ACL, { vpcId: made.id, subnetIds: [subnets[0] ?? ""] });
  expect(world.read(types.DEFAULT_NETWORK_ACL, acl).outputs["subnetIds"]).toEqual([subnets[1]]);
});

test("taking over the default VPC and its parts keeps their ids, closes them, and leaves them when it goes", () => {
  const world = new World();
  const adopted = world.create(types.DEFAULT_VPC, { tags: { Name: "closed" } });
  expect(adopted.outputs).toMatchObject({ cidrBlock: "172.31.0.0/16", existingDefaultVpc: true });
  expect(world.cloud.list(adopted.accountId, types.DEFAULT_VPC)).toHaveLength(1);
  const group = world.create(types.DEFAULT_SECURITY_GROUP, { vpcId: adopted.id });
  expect(group.id).toBe(adopted.outputs["defaultSecurityGroupId"]);
  expect([group.outputs["ingress"], group.outputs["egress"]]).toEqual([[], []]);
  expect(world.remove(group)).toEqual([]);
  expect(world.read(types.DEFAULT_SECURITY_GROUP, group.id).outputs["ingress"]).toEqual([]);
  expect(world.remove(adopted)).toEqual([]);
  expect(world.read(types.DEFAULT_VPC, adopted.id).id).toBe(adopted.id);
});

test("taking over a default route table takes its routes out", () => {
  const world = new World();
  const [defaultVpc] = world.cloud.list("111111111111", types.DEFAULT_VPC);
  const id = text(defaultVpc?.outputs ?? {}, "defaultRouteTableId") ?? "";
  expect(world.read(types.DEFAULT_ROUTE_TABLE, id).outputs["routes"]).toHaveLength(1);
  const adopted = world.create(types.DEFAULT_ROUTE_TABLE, { defaultRouteTableId: id });
  expect([adopted.id, adopted.outputs["routes"]]).toEqual([id, []]);
});

test("a default VPC is deleted only on request, and not before its parts", () => {
  const world = new World();
  const adopted = world.create(types.DEFAULT_VPC, { forceDestroy: true });
  expect(world.remove(adopted)).toEqual(["DependencyViolation"]);
});

test("a launch template may name what is not there, an Auto Scaling group may not have such a one", () => {
  const world = new World();
  const { id: vpcId } = vpc(world);
  const template = world.create(types.LAUNCH_TEMPLATE, {
    name: "bad",
    vpcSecurityGroupIds: ["sg-missing"],
  });
  const group = { name: "g", minSize: 0, maxSize: 1, launchTemplate: { id: template.id } };
  expect(world.refused(types.SCALING_GROUP, group)).toEqual([
    ["ValidationError", "launchTemplate.id"],
  ]);
  const good = world.create(types.SECURITY_GROUP, { vpcId, name: "good" });
  expect(world.update(template, { name: "bad", vpcSecurityGroupIds: [good.id] })).toEqual([]);
  expect(world.refused(types.SCALING_GROUP, group)).toEqual([]);
});

/** Random VPCs: how many subnets, and whether each further part is there. */
const shapes = fc.record({
  subnets: fc.integer({ min: 1, max: 4 }),
  gateway: fc.boolean(),
  nat: fc.boolean(),
  groups: fc.integer({ min: 0, max: 3 }),
  tables: fc.integer({ min: 0, max: 2 }),
  endpoint: fc.boolean(),
  acl: fc.boolean(),
});
type VpcShape = typeof shapes extends fc.Arbitrary<infer T> ? T : never;

function build(world: World, shape: VpcShape): CloudResource[] {
  const made: CloudResource[] = [];
  const create = (type: string, inputs: Parameters<World["create"]>[1]) => {
    const resource = world.create(type, inputs);
    made.push(resource);
    return resource;
  };
  const vpcId = create(types.VPC, { cidrBlock: "10.0.0.0/16" }).id;
  const subnets = Array.from({ length: shape.subnets }, (_, index) =>
    create(types.SUBNET, { vpcId, cidrBlock: `10.0.${String(index * 16)}.0/20` }),
  );
  const subnetId = subnets[0]?.id ?? "";
  if (shape.gateway) create(types.INTERNET_GATEWAY, { vpcId });
  const nat =
    shape.gateway && shape.nat
      ? create(types.NAT_GATEWAY, { subnetId, allocationId: create(types.ELASTIC_IP, {}).id })
      : undefined;
  let referencedSecurityGroupId: string | undefined;
  for (let index = 0; index < shape.groups; index += 1) {
    const group = create(types.SECURITY_GROUP, { vpcId, name: `group-${String(index)}` });
    create(types.INGRESS_RULE, {
      securityGroupId: group.id,
      ipProtocol: "-1",
      ...(referencedSecurityGroupId === undefined
        ? { cidrIpv4: "10.0.0.0/8" }
        : { referencedSecurityGroupId }),
    });
    referencedSecurityGroupId = group.id;
  }
  const tables = Array.from(
    { length: shape.tables },
    () => create(types.ROUTE_TABLE, { vpcId }).id,
  );
  for (const [index, routeTableId] of tables.entries()) {
    if (nat !== undefined) {
      create(types.ROUTE, {
        routeTableId,
        destinationCidrBlock: "0.0.0.0/0",
        natGatewayId: nat.id,
      });
    }
    const subnet = subnets[index];
    if (subnet !== undefined) {
      create(types.TABLE_ASSOCIATION, { routeTableId, subnetId: subnet.id });
    }
  }
  if (shape.endpoint) {
    create(types.VPC_ENDPOINT, {
      vpcId,
      vpcEndpointType: "Gateway",
      serviceName: "com.amazonaws.eu-west-1.s3",
      routeTableIds: tables,
    });
  }
  if (shape.acl) create(types.NETWORK_ACL, { vpcId, subnetIds: [subnetId] });
  return made;
}

test("any VPC goes without a refusal in the reverse order of its making, and never before its parts", () => {
  fc.assert(
    fc.property(shapes, (shape) => {
      const world = new World();
      const before = world.text();
      const made = build(world, shape);
      const [first] = made;
      const full = world.text();
      if (first !== undefined) expect(world.remove(first)).toEqual(["DependencyViolation"]);
      expect(world.text()).toBe(full);
      for (const resource of made.toReversed()) {
        expect([resource.type, world.remove(resource)]).toEqual([resource.type, []]);
      }
      expect(world.text()).toBe(before);
    }),
    { numRuns: 60 },
  );
});
