import { UNKNOWN } from "../values.ts";
import type { PlainRecord } from "../values.ts";
import { World } from "./testing/world.ts";
import { CLOUD_ROWS } from "./rows.ts";
import { EXAMPLES, madeBefore } from "./testing/examples.ts";
import * as types from "./type-names.ts";

const TAKEN: readonly (readonly [string, string])[] = [
  [types.BUCKET, "BucketAlreadyOwnedByYou"],
  [types.LOG_GROUP, "ResourceAlreadyExistsException"],
  [types.KEY_ALIAS, "AlreadyExistsException"],
  [types.ROLE, "EntityAlreadyExists"],
  [types.IAM_POLICY, "EntityAlreadyExists"],
  [types.INSTANCE_PROFILE, "EntityAlreadyExists"],
  [types.LAUNCH_TEMPLATE, "InvalidLaunchTemplateName.AlreadyExistsException"],
  [types.SCALING_GROUP, "AlreadyExists"],
  [types.CAPACITY_PROVIDER, "ClientException"],
  [types.SECURITY_GROUP, "InvalidGroup.Duplicate"],
  [types.INGRESS_RULE, "InvalidPermission.Duplicate"],
  [types.EGRESS_RULE, "InvalidPermission.Duplicate"],
  [types.FLOW_LOG, "FlowLogAlreadyExists"],
  [types.ROUTE, "RouteAlreadyExists"],
  [types.TABLE_ASSOCIATION, "Resource.AlreadyAssociated"],
  [types.GATEWAY_ATTACHMENT, "Resource.AlreadyAssociated"],
  [types.NAT_GATEWAY, "Resource.AlreadyAssociated"],
  [types.VPC_ENDPOINT, "RouteAlreadyExists"],
  [types.SUBNET, "InvalidSubnet.Conflict"],
  ["aws:budgets/budget:Budget", "DuplicateRecordException"],
  ["aws:accessanalyzer/analyzer:Analyzer", "ConflictException"],
  ["aws:securityhub/account:Account", "ResourceConflictException"],
  ["aws:guardduty/detector:Detector", "BadRequestException"],
  [types.UNIT, "DuplicateOrganizationalUnitException"],
  [types.ACCOUNT, "EMAIL_ALREADY_EXISTS"],
  [types.POLICY, "DuplicatePolicyException"],
  [types.POLICY_ATTACHMENT, "DuplicatePolicyAttachmentException"],
  [types.DELEGATION, "AccountAlreadyRegisteredException"],
  [types.ORGANIZATION, "AlreadyInOrganizationException"],
];

test.each(TAKEN)("%s: the same once more is refused with %s and changes nothing", (type, code) => {
  const world = new World();
  const made = madeBefore(type, world);
  const inputs = EXAMPLES.find((example) => example.type === type)?.inputs(made, world) ?? {};
  // The organization exists from the start.
  if (type !== types.ORGANIZATION) world.create(type, inputs);
  const before = world.text();
  expect(world.refused(type, inputs).map(([first]) => first)).toContain(code);
  expect(world.text()).toBe(before);
});

test("rules of groups that are not known yet are not taken for rules of one group", () => {
  const world = new World({ complete: false });
  const rule: PlainRecord = {
    securityGroupId: UNKNOWN,
    ipProtocol: "tcp",
    fromPort: 443,
    toPort: 443,
  };
  const peer: PlainRecord = { ...rule, referencedSecurityGroupId: UNKNOWN };
  for (const inputs of [{ ...rule, cidrIpv4: "10.0.0.0/8" }, peer]) {
    world.create(types.INGRESS_RULE, inputs);
    expect(world.refused(types.INGRESS_RULE, inputs)).toEqual([]);
  }
});

const TWICE = EXAMPLES.map(({ type }) => type).filter(
  (type) => !TAKEN.some(([taken]) => taken === type),
);

test.each(TWICE)("%s: AWS takes the same once more", (type) => {
  const world = new World();
  const made = madeBefore(type, world);
  const inputs = EXAMPLES.find((example) => example.type === type)?.inputs(made, world) ?? {};
  world.create(type, inputs);
  const count = () => world.cloud.list(world.scope.accountId, type).length;
  const before = count();
  expect(world.refused(type, inputs)).toEqual([]);
  // A setting is written over, a default is taken over; anything else is there twice.
  const row = CLOUD_ROWS[type];
  const isOne = row?.setting === true || row?.adopts !== undefined;
  expect([type, count()]).toEqual([type, isOne ? before : before + 1]);
});

test("a region has one default key and a VPC one main table, whichever came last", () => {
  const world = new World();
  const DEFAULT_KEY = "aws:ebs/defaultKmsKey:DefaultKmsKey";
  const [first, second] = [world.create(types.KEY, {}), world.create(types.KEY, {})];
  world.create(DEFAULT_KEY, { keyArn: first.outputs["arn"] ?? "" });
  const last = world.create(DEFAULT_KEY, { keyArn: second.outputs["arn"] ?? "" });
  expect(world.cloud.list(world.scope.accountId, DEFAULT_KEY).map(({ id }) => id)).toEqual([
    last.id,
  ]);

  const vpc = world.create(types.VPC, { cidrBlock: "10.0.0.0/16" });
  const tables = [0, 1].map(() => world.create(types.ROUTE_TABLE, { vpcId: vpc.id }));
  const main = () => world.read(types.VPC, vpc.id).outputs["mainRouteTableId"];
  for (const { id: routeTableId } of tables) {
    const made = world.create(types.MAIN_TABLE_ASSOCIATION, { vpcId: vpc.id, routeTableId });
    expect(main()).toBe(routeTableId);
    if (routeTableId === tables[1]?.id) expect(world.remove(made)).toEqual([]);
  }
  expect(main()).toBe(vpc.outputs["defaultRouteTableId"]);
});

test("a bucket's name is taken in every account, with another code", () => {
  const world = new World();
  world.create(types.BUCKET, { bucket: "taken" }, { ...world.scope, accountId: "222222222222" });
  expect(world.refused(types.BUCKET, { bucket: "taken" })).toEqual([
    ["BucketAlreadyExists", "bucket"],
  ]);
});

test("a name that is not known yet takes nothing and is taken by nothing", () => {
  const world = new World({ complete: false });
  world.create(types.LOG_GROUP, { name: UNKNOWN });
  expect(world.refused(types.LOG_GROUP, { name: UNKNOWN })).toEqual([]);
});

test("a name is free again when its holder is gone, and in another region", () => {
  const world = new World();
  const group = world.create(types.LOG_GROUP, { name: "/a" });
  expect(world.refused(types.LOG_GROUP, { name: "/a", region: "eu-central-1" })).toEqual([]);
  world.remove(group);
  expect(world.refused(types.LOG_GROUP, { name: "/a" })).toEqual([]);
});
