import { loadModel } from "@atoll/aws-model";
import type { JsonValue } from "@atoll/core";
import type { ResourceOptions, ResourcePreview } from "@atoll/engine";

import { previewOf, resource, stackPreview, urnOf } from "../testing/previews.ts";
import { comparePreviews } from "./compare-previews.ts";
import { PROTECTED } from "./judge-change.ts";
import type { ResourceChange } from "./types.ts";

const VPC = "aws:ec2/vpc:Vpc";
const SUBNET = "aws:ec2/subnet:Subnet";
const GROUP = "aws:ec2/securityGroup:SecurityGroup";
const QUEUE = "aws:sqs/queue:Queue";
const ACCOUNT = "aws:organizations/account:Account";
const model = loadModel();
const scope = { partition: "aws", accountId: "111111111111", region: "eu-west-1" } as const;

type Inputs = Readonly<Record<string, JsonValue>>;

/** A resource with what the engine plans for it. */
function planned(
  type: string,
  name: string,
  inputs: Inputs,
  more: Parameters<typeof resource>[3] & { readonly stack?: string; readonly seed?: string } = {},
): ResourcePreview {
  const { stack = "dev", seed = "", ...rest } = more;
  const made = resource(stack, type, name, { inputs, ...rest });
  const { id, outputs } = model.plan({ type, name, urn: made.urn + seed, inputs, scope });
  const known = Object.entries(outputs).filter(([, value]) => typeof value === "string");
  return { ...made, outputs: { ...(Object.fromEntries(known) as Inputs), id } };
}

function idOf({ outputs }: ResourcePreview): string {
  return (outputs as { readonly id: string }).id;
}

/** What the comparison says of each resource of one stack that changed, by name. */
function changes(
  base: readonly ResourcePreview[],
  head: readonly ResourcePreview[],
): Readonly<Record<string, ResourceChange>> {
  const preview = (resources: readonly ResourcePreview[]) =>
    previewOf([stackPreview("dev", { resources })]);
  const { stacks } = comparePreviews({
    base: preview(base),
    head: preview(head),
    ref: "main",
    commit: "abc",
    model,
  });
  const found = stacks.flatMap((stack) => stack.changes);
  return Object.fromEntries(
    found.flatMap((change) => (change.subject === "resource" ? [[change.name, change]] : [])),
  );
}

/** One resource whose inputs change, with the same options on both sides. */
function change(
  type: string,
  before: Inputs,
  after: Inputs,
  options: ResourceOptions = {},
): ResourceChange | undefined {
  const side = (inputs: Inputs) => [planned(type, "it", inputs, { options })];
  return changes(side(before), side(after))["it"];
}

test("what replaces and what is updated in place, by the provider's source", () => {
  expect(change(SUBNET, { cidrBlock: "10.0.0.0/24" }, { cidrBlock: "10.0.1.0/24" })).toMatchObject({
    action: "replace",
    replaces: ["cidrBlock"],
    verified: true,
  });
  expect(change(SUBNET, {}, { tags: { a: "b" } })).toMatchObject({
    action: "update",
    replaces: [],
    verified: true,
  });
});

test("what only AWS's specification says is not verified", () => {
  expect(change(QUEUE, { fifoQueue: false }, { fifoQueue: true })).toMatchObject({
    action: "replace",
    replaces: ["fifoQueue"],
    verified: false,
  });
  expect(change(QUEUE, { delaySeconds: 1 }, { delaySeconds: 2 })).toMatchObject({
    action: "update",
    verified: false,
  });
});

test("an account's e-mail replaces the account, and does nothing where it is ignored", () => {
  const [before, after] = [{ email: "a@example.com" }, { email: "b@example.com" }];
  expect(change(ACCOUNT, before, after)).toMatchObject({ replaces: ["email"], verified: true });
  expect(change(ACCOUNT, before, after, { ignoreChanges: ["email"] })).toMatchObject({
    action: "none",
    replaces: [],
    differences: [{ path: "inputs.email" }],
  });
});

test("an ignored property does not hide another one", () => {
  const found = change(
    SUBNET,
    { cidrBlock: "10.0.0.0/24", tags: { a: "1" } },
    { cidrBlock: "10.0.1.0/24", tags: { a: "2" } },
    { ignoreChanges: ["cidrBlock"] },
  );
  expect(found).toMatchObject({ action: "update", replaces: [] });
});

test("replaceOnChanges makes a replacement of an update, and of nothing else", () => {
  const options = { replaceOnChanges: ["tags"] };
  expect(change(SUBNET, { tags: { a: "1" } }, { tags: { a: "2" } }, options)).toMatchObject({
    action: "replace",
    replaces: ["tags.a"],
    verified: true,
  });
  const other = change(SUBNET, {}, { mapPublicIpOnLaunch: true }, options);
  expect(other).toMatchObject({ action: "update" });
});

test("a protected resource is not replaced or removed, but may be unprotected meanwhile", () => {
  const [before, after] = [{ cidrBlock: "10.0.0.0/16" }, { cidrBlock: "10.1.0.0/16" }];
  expect(change(VPC, before, after, { protect: true })?.refusals).toEqual([PROTECTED]);
  expect(change(VPC, before, { ...before, tags: {} }, { protect: true })?.refusals).toBeUndefined();
  const was = planned(VPC, "it", before, { options: { protect: true } });
  expect(changes([was], [planned(VPC, "it", after)])["it"]).not.toHaveProperty("refusals");
  const open = planned(VPC, "it", before);
  const shut = planned(VPC, "it", after, { options: { protect: true } });
  expect(changes([open], [shut])["it"]).not.toHaveProperty("refusals");
  expect(changes([was], [])["it"]).toMatchObject({ change: "removed", refusals: [PROTECTED] });
});

test("deleteBeforeReplace is said of replacements alone", () => {
  const options = { deleteBeforeReplace: true };
  const [before, after] = [{ cidrBlock: "10.0.0.0/24" }, { cidrBlock: "10.0.1.0/24" }];
  expect(change(SUBNET, before, after, options)).toMatchObject({ deletesFirst: true });
  expect(change(SUBNET, before, { ...before, tags: { a: "" } }, options)).not.toHaveProperty(
    "deletesFirst",
  );
});

test("an imported resource would not be what it is imported as", () => {
  const options = { import: "vpc-1" };
  const found = change(VPC, { cidrBlock: "10.0.0.0/16" }, { cidrBlock: "10.1.0.0/16" }, options);
  expect(found?.refusals).toEqual([expect.stringContaining("imported as vpc-1")]);
});

test("options alone do nothing on AWS; components and what is only read have no word on it", () => {
  const was = planned(VPC, "it", {});
  expect(changes([was], [{ ...was, options: { retainOnDelete: true } }])["it"]).toMatchObject({
    action: "none",
    replaces: [],
  });
  for (const [type, options] of [
    ["atoll:networking:Vpc", {}],
    [VPC, { external: true }],
  ] as const) {
    const side = (name: string) => [resource("dev", type, "it", { inputs: { name }, options })];
    const found = changes(side("a"), side("b"))["it"];
    expect(found?.change).toBe("changed");
    expect(found).not.toHaveProperty("action");
  }
});

test("what refers to a replaced resource follows it, and what refers to that", () => {
  const side = (cidrBlock: string, tags: Inputs) => {
    const vpc = planned(VPC, "vpc", { cidrBlock, tags });
    const subnet = planned(SUBNET, "a-subnet", { vpcId: idOf(vpc), cidrBlock: "10.0.0.0/24" });
    const nat = planned("aws:ec2/natGateway:NatGateway", "a-nat", { subnetId: idOf(subnet) });
    const other = planned(SUBNET, "other", { vpcId: "vpc-0123456789abcdef0" });
    return [nat, other, subnet, vpc];
  };
  const base = side("10.0.0.0/16", {});
  const found = changes(base, side("10.1.0.0/16", {}));
  expect(Object.keys(found).sort()).toEqual(["a-nat", "a-subnet", "vpc"]);
  expect(found["a-subnet"]).toMatchObject({
    action: "replace",
    differences: [],
    replaces: ["vpcId"],
    follows: [{ path: "vpcId", urn: urnOf("dev", [VPC], "vpc") }],
  });
  expect(found["a-nat"]).toMatchObject({ replaces: ["subnetId"] });
  // Updated in place, it keeps its id.
  expect(Object.keys(changes(base, side("10.0.0.0/16", { a: "b" })))).toEqual(["vpc"]);
});

test("what follows goes over the border of a stack", () => {
  const side = (cidrBlock: string) => {
    const vpc = planned(VPC, "vpc", { cidrBlock }, { stack: "network" });
    const group = planned(GROUP, "group", { vpcId: idOf(vpc) });
    return previewOf([
      stackPreview("dev", { resources: [group] }),
      stackPreview("network", { resources: [vpc] }),
    ]);
  };
  const { stacks } = comparePreviews({
    base: side("10.0.0.0/16"),
    head: side("10.1.0.0/16"),
    ref: "main",
    commit: "abc",
    model,
    only: ["dev"],
  });
  expect(stacks).toMatchObject([{ stack: "dev", changes: [{ replaces: ["vpcId"] }] }]);
});

test("a name that a program chose is the same after a replacement, so nothing follows from it", () => {
  const side = (roleName: string | null) => {
    const role = planned("aws:iam/role:Role", "role", {
      ...(roleName === null ? {} : { name: roleName }),
      assumeRolePolicy: "{}",
      path: roleName === null ? "/a/" : "/",
    });
    const policy = planned("aws:iam/rolePolicy:RolePolicy", "policy", {
      policy: "{}",
      role: (role.outputs as { readonly name: string }).name,
    });
    return { role, policy };
  };
  const [fixed, made] = [side("fixed"), side(null)];
  const moved = ({ role }: ReturnType<typeof side>) => ({
    ...role,
    inputs: { ...(role.inputs as Inputs), path: "/b/" },
  });
  const [withFixed, withMade] = [fixed, made].map((one) =>
    changes([one.role, one.policy], [moved(one), one.policy]),
  );
  expect(withFixed?.["role"]).toMatchObject({ replaces: ["path"] });
  expect(withFixed).not.toHaveProperty("policy");
  expect(withMade?.["policy"]).toMatchObject({ replaces: ["role"] });
});

test("an id that is only planned differently replaces nothing; that of another resource does", () => {
  const side = (seed: string, name = "vpc") => {
    const vpc = planned(VPC, name, { cidrBlock: "10.0.0.0/16" }, { seed });
    return [planned(SUBNET, "a-subnet", { vpcId: idOf(vpc) }), vpc];
  };
  expect(changes(side("one"), side("two"))["a-subnet"]).toMatchObject({
    action: "none",
    replaces: [],
    differences: [{ path: "inputs.vpcId" }],
  });
  expect(changes(side("one"), side("one", "another"))["a-subnet"]).toMatchObject({
    replaces: ["vpcId"],
  });
});

test("a resource renamed with an alias is the same one, and keeps its id", () => {
  const side = (name: string, options: ResourceOptions, cidrBlock = "10.0.0.0/16") => {
    const vpc = planned(VPC, name, { cidrBlock }, { options });
    return [planned(SUBNET, "subnet", { vpcId: idOf(vpc) }), vpc];
  };
  const aliases = [{ name: "old" }];
  const found = changes(side("old", {}), side("new", { aliases }));
  expect(found["new"]).toMatchObject({ change: "changed", action: "none" });
  expect(found["new"]?.differences.map(({ path }) => path)).toEqual(["options.aliases", "urn"]);
  expect(found["subnet"]).toMatchObject({ action: "none" });
  const moved = changes(side("old", {}), side("new", { aliases }, "10.1.0.0/16"));
  expect(moved["subnet"]).toMatchObject({ replaces: ["vpcId"] });
});

test("a value that neither side knows is no change; one that is no longer known is one", () => {
  const unknown = { $unknown: true } as const;
  const both = change(SUBNET, { vpcId: unknown }, { vpcId: unknown, tags: { a: "b" } });
  expect(both).toMatchObject({ action: "update", replaces: [] });
  expect(change(SUBNET, { vpcId: "vpc-1" }, { vpcId: unknown })).toMatchObject({
    replaces: ["vpcId"],
  });
});

test("a secret counts by its hash, a file by its content", () => {
  const secret = (hash: string) => ({ masterPassword: { $secret: hash } });
  const cluster = "aws:rds/cluster:Cluster";
  expect(change(cluster, secret("aa"), secret("bb"))).toMatchObject({ action: "update" });
  const code = (path: string, sha256: string) => ({ code: { $asset: { path, sha256 } } });
  const lambda = "aws:lambda/function:Function";
  expect(change(lambda, code("a", "11"), code("b", "11"))).toMatchObject({ action: "none" });
  expect(change(lambda, code("a", "11"), code("a", "22"))).toMatchObject({ action: "update" });
});

test("the region that the provider is configured with anyway is no change", () => {
  const provider = (region: string) =>
    resource("dev", "pulumi:providers:aws", "aws", { inputs: { region }, provider: null });
  const [was, is] = [planned(VPC, "it", {}), planned(VPC, "it", { region: "eu-west-1" })];
  const aws = provider("eu-west-1");
  expect(changes([aws, was], [aws, is])["it"]).toMatchObject({ action: "none" });
  expect(changes([provider("us-east-1"), was], [provider("us-east-1"), is])["it"]).toMatchObject({
    replaces: ["region"],
  });
});
