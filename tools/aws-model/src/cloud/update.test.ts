import type { PlainRecord } from "../values.ts";
import { EXAMPLES, madeBefore } from "./testing/examples.ts";
import { World } from "./testing/world.ts";
import * as types from "./type-names.ts";

test.each(EXAMPLES.filter(({ type }) => type !== types.ORGANIZATION).map(({ type }) => type))(
  "%s: the same inputs again change nothing",
  (type) => {
    const world = new World();
    const made = madeBefore(type, world);
    const inputs = EXAMPLES.find((example) => example.type === type)?.inputs(made, world) ?? {};
    const resource = world.create(type, inputs);
    const before = world.read(type, resource.id).outputs;
    expect(world.update(resource, inputs)).toEqual([]);
    expect(world.read(type, resource.id).outputs).toEqual(before);
  },
);

test("what AWS decided stays, what is not said any more goes back to its default", () => {
  const world = new World();
  const inputs: PlainRecord = { name: "job", assumeRolePolicy: "{}", maxSessionDuration: 7200 };
  const role = world.create(types.ROLE, { ...inputs, description: "Runs jobs" });
  expect(world.update(role, inputs)).toEqual([]);
  const read = world.read(types.ROLE, "job").outputs;
  expect(read["uniqueId"]).toBe(role.outputs["uniqueId"]);
  expect(read).toMatchObject({ maxSessionDuration: 7200, forceDetachPolicies: false });
  expect("description" in read).toBe(false);
});

test("an input that the provider keeps stays when it is left out, another goes back", () => {
  const world = new World();
  const vpcId = world.create(types.VPC, { cidrBlock: "10.0.0.0/16" }).id;
  const ingress = [{ protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["10.0.0.0/8"] }];
  const group = world.create(types.SECURITY_GROUP, { vpcId, name: "a", ingress });
  expect(world.update(group, { vpcId, name: "a" })).toEqual([]);
  expect(world.read(types.SECURITY_GROUP, group.id).outputs["ingress"]).toEqual(ingress);

  const vpc = world.create(types.DEFAULT_VPC, { enableDnsHostnames: false, tags: { a: "1" } });
  expect(world.update(vpc, {})).toEqual([]);
  const read = world.read(types.DEFAULT_VPC, vpc.id).outputs;
  expect([read["enableDnsHostnames"], read["tags"]]).toEqual([true, undefined]);
});

test("tags follow the inputs and the provider's default tags", () => {
  const world = new World();
  const scope = { ...world.scope, defaultTags: { team: "core" } };
  const bucket = world.create(types.BUCKET, { bucket: "a", tags: { a: "1" } }, scope);
  expect(bucket.outputs["tagsAll"]).toEqual({ team: "core", a: "1" });
  expect(world.update(bucket, { bucket: "a", tags: { b: "2" } })).toEqual([]);
  expect(world.read(types.BUCKET, "a").outputs["tagsAll"]).toEqual({ b: "2" });
});

test("a refused update changes nothing", () => {
  const world = new World();
  const vpcId = world.create(types.VPC, { cidrBlock: "10.0.0.0/16" }).id;
  world.create(types.SECURITY_GROUP, { vpcId, name: "a" });
  const group = world.create(types.SECURITY_GROUP, { vpcId, name: "b" });
  const before = world.text();
  const ingress = [{ protocol: "-1", fromPort: 0, toPort: 0, securityGroups: ["sg-missing"] }];
  expect(world.update(group, { vpcId, name: "a", ingress })).toEqual([
    ["InvalidGroup.NotFound", "ingress[0].securityGroups[0]"],
    ["InvalidGroup.Duplicate", "name"],
  ]);
  expect(world.text()).toBe(before);
});
