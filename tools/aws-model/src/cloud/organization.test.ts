import type { CloudResource } from "./cloud.ts";
import { rootIdOf } from "./organization-parts.ts";
import { MANAGEMENT, MEMBER, World } from "./testing/world.ts";
import * as types from "./type-names.ts";

const DENY = '{"Version":"2012-10-17","Statement":[]}';

function organizationOf(world: World): CloudResource {
  const [organization] = world.cloud.list(MANAGEMENT, types.ORGANIZATION);
  if (organization === undefined) throw new TypeError("there is no organization");
  return organization;
}

function rootOf(world: World): string {
  return rootIdOf(organizationOf(world)) ?? "";
}

test("the organization exists: it is imported by its id and not by another, and made no second time", () => {
  const world = new World();
  const read = world.read(types.ORGANIZATION, "o-exampleorg1");
  expect(read.outputs).toMatchObject({
    masterAccountId: MANAGEMENT,
    masterAccountName: "management",
  });
  expect(read.outputs["accounts"]).toHaveLength(2);
  expect(read.outputs["nonMasterAccounts"]).toMatchObject([{ id: MEMBER, name: "member" }]);
  expect(() => world.read(types.ORGANIZATION, "o-another00000")).toThrow(TypeError);
  expect(world.refused(types.ORGANIZATION, { featureSet: "ALL" })).toEqual([
    ["AlreadyInOrganizationException", ""],
  ]);
});

test("an account is imported by its id, with the inputs that a program would give it", () => {
  const world = new World();
  expect(world.read(types.ACCOUNT, MEMBER).inputs).toMatchObject({
    name: "member",
    email: "member@example.com",
    parentId: rootOf(world),
  });
  expect(() => world.read(types.ACCOUNT, "999999999999")).toThrow(TypeError);
});

test("a new account has 12 digits of its own, joins its unit, and is moved in place", () => {
  const world = new World();
  const unit = world.create(types.UNIT, { name: "Workloads", parentId: rootOf(world) });
  const inputs = { name: "new", email: "new@example.com", parentId: unit.id };
  const account = world.create(types.ACCOUNT, inputs);
  expect(account.id).toMatch(/^\d{12}$/);
  expect(world.read(types.UNIT, unit.id).outputs["accounts"]).toMatchObject([{ id: account.id }]);
  expect(world.update(account, { ...inputs, parentId: rootOf(world) })).toEqual([]);
  const moved = world.read(types.ACCOUNT, account.id);
  expect([moved.id, moved.outputs["arn"]]).toEqual([account.id, account.outputs["arn"]]);
  expect(world.read(types.UNIT, unit.id).outputs["accounts"]).toEqual([]);
  expect(world.update(account, { ...inputs, parentId: "ou-nope-missing0" })).toEqual([
    ["DestinationParentNotFoundException", "parentId"],
  ]);
});

test("an account is closed only when it is asked for, and stays suspended; else it cannot leave", () => {
  const world = new World();
  const account = world.create(types.ACCOUNT, { name: "new", email: "new@example.com" });
  expect(world.remove(account)).toEqual(["ConstraintViolationException"]);
  const closing = world.create(types.ACCOUNT, {
    name: "closing",
    email: "closing@example.com",
    closeOnDeletion: true,
  });
  expect(world.remove(closing)).toEqual([]);
  const left = world.cloud.find(MANAGEMENT, types.ACCOUNT, closing.id);
  expect([left?.outputs["status"], left?.leaving]).toEqual(["SUSPENDED", true]);
  expect(() => world.read(types.ACCOUNT, closing.id)).toThrow(TypeError);
  // Deleting what is closed already is no error.
  expect(world.remove(closing)).toEqual([]);
});

test("an account that administers a service does not leave", () => {
  const world = new World();
  world.create(types.DELEGATION, { accountId: MEMBER, servicePrincipal: "config.amazonaws.com" });
  expect(world.remove(world.read(types.ACCOUNT, MEMBER))).toContain("ConstraintViolationException");
  expect(
    world.refused(types.DELEGATION, {
      accountId: MANAGEMENT,
      servicePrincipal: "config.amazonaws.com",
    }),
  ).toEqual([["ConstraintViolationException", "accountId"]]);
});

test("a unit with accounts or units in it is not deleted", () => {
  const world = new World();
  const outer = world.create(types.UNIT, { name: "Outer", parentId: rootOf(world) });
  const inner = world.create(types.UNIT, { name: "Inner", parentId: outer.id });
  expect(world.remove(outer)).toEqual(["OrganizationalUnitNotEmptyException"]);
  expect(world.remove(inner)).toEqual([]);
  expect(world.update(world.read(types.ACCOUNT, MEMBER), { parentId: outer.id })).toEqual([]);
  expect(world.remove(outer)).toEqual(["OrganizationalUnitNotEmptyException"]);
});

test("AWS attaches its own policy to the root, every account and every new unit, and it counts", () => {
  const world = new World();
  const unit = world.create(types.UNIT, { name: "Workloads", parentId: rootOf(world) });
  const targets = world.cloud
    .list(MANAGEMENT, types.POLICY_ATTACHMENT)
    .map(({ outputs }) => outputs["targetId"]);
  expect(targets).toEqual([rootOf(world), MANAGEMENT, MEMBER, unit.id]);
  const own = world.read(types.POLICY_ATTACHMENT, `${unit.id}:p-FullAWSAccess`);
  expect(world.remove(own)).toEqual(["ConstraintViolationException"]);
  const policy = world.create(types.POLICY, {
    name: "deny",
    type: "SERVICE_CONTROL_POLICY",
    content: DENY,
  });
  world.create(types.POLICY_ATTACHMENT, { policyId: policy.id, targetId: unit.id });
  expect(world.remove(own)).toEqual([]);
  expect(world.remove(policy)).toEqual(["PolicyInUseException"]);
  expect(world.remove(unit)).toEqual([]);
  expect(world.remove(policy)).toEqual([]);
});

test("a policy is attached once its type is enabled, which attaches AWS's own everywhere", () => {
  const world = new World();
  const policy = world.create(types.POLICY, {
    name: "own-principals",
    type: "RESOURCE_CONTROL_POLICY",
    content: DENY,
  });
  const attachment = { policyId: policy.id, targetId: rootOf(world) };
  expect(world.refused(types.POLICY_ATTACHMENT, attachment)).toEqual([
    ["PolicyTypeNotEnabledException", "policyId"],
  ]);
  const enabledPolicyTypes = ["RESOURCE_CONTROL_POLICY", "SERVICE_CONTROL_POLICY"];
  expect(world.update(organizationOf(world), { featureSet: "ALL", enabledPolicyTypes })).toEqual(
    [],
  );
  expect(world.refused(types.POLICY_ATTACHMENT, attachment)).toEqual([]);
  const own = world.cloud
    .list(MANAGEMENT, types.POLICY_ATTACHMENT)
    .filter(({ outputs }) => outputs["policyId"] === "p-RCPFullAWSAccess");
  expect(own.map(({ outputs }) => outputs["targetId"])).toEqual([
    rootOf(world),
    MANAGEMENT,
    MEMBER,
  ]);
  expect(world.read(types.ORGANIZATION, "o-exampleorg1").outputs["roots"]).toMatchObject([
    { policyTypes: enabledPolicyTypes.map((type) => ({ status: "ENABLED", type })) },
  ]);
});

test("a root that is not the organization's is not there", () => {
  const world = new World();
  expect(world.refused(types.UNIT, { name: "a", parentId: "r-none" })).toEqual([
    ["ParentNotFoundException", "parentId"],
  ]);
  // Where not everything is known, planned roots are made up.
  const alone = new World({ complete: false });
  expect(alone.refused(types.UNIT, { name: "a", parentId: "r-none" })).toEqual([]);
});

test("an organization with members is not deleted", () => {
  const world = new World();
  expect(world.remove(organizationOf(world))).toEqual(["OrganizationNotEmptyException"]);
});
