import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { findByIdentity } from "./find-by-identity.ts";
import { listSandbox } from "./list-sandbox.ts";
import { prepareSandbox } from "./prepare-sandbox.ts";
import { resetSandbox } from "./reset-sandbox.ts";
import { setProperty } from "./set-property.ts";
import { connect } from "./testing/connect.ts";
import { testOrganization } from "./testing/organization.ts";
import type { Known, ProtocolClient } from "./testing/protocol-client.ts";
import { makeTestSandbox, type TestSandbox } from "./testing/test-sandbox.ts";

const VPC = "aws:ec2/vpc:Vpc";
const NETWORK = "333333333333";
const codeOf = (action: () => unknown): unknown => {
  try {
    action();
    return "no error";
  } catch (error) {
    return (error as { code?: unknown }).code;
  }
};

let sandbox: TestSandbox;
let client: ProtocolClient;
let vpc: Known;
const tags = { "atoll:stack": "network", "atoll:name": "main" };
const news = { cidrBlock: "10.0.0.0/16", tags };
beforeEach(async () => {
  sandbox = makeTestSandbox();
  client = await connect(sandbox.folder);
  vpc = await client.create(VPC, "main", news);
});
afterEach(() => {
  sandbox.remove();
});

describe("setProperty", () => {
  const set = (property: string, value: string, resource = vpc.urn) =>
    setProperty({ folder: sandbox.folder, resource, property, value });

  it.each([
    ["enableDnsSupport", "false", "enableDnsSupport"],
    ["tags.Owner", "somebody", "tags.Owner"],
    ['tags["atoll:name"]', "null", 'tags["atoll:name"]'],
  ])("changes %s so that a refresh and a diff see it", async (property, value, path) => {
    set(property, value);
    const read = await client.read(vpc);
    const diff = await client.diff(read as Known, news);
    expect(Object.keys(diff.detailed)).toContain(path);
    // What the provider's default tags had added is still there.
    expect(read?.outputs["tagsAll"]).toMatchObject({ owner: "platform" });
    const { outputs } = await client.update(read as Known, news);
    expect(outputs).toEqual(vpc.outputs);
  });

  it("finds a resource by its id too", () => {
    expect(set("enableDnsSupport", "false", vpc.id)).toMatchObject({
      accountId: NETWORK,
      urn: vpc.urn,
    });
  });

  it.each([
    ["no such resource", "SANDBOX_RESOURCE_UNKNOWN", () => set("tags.a", "b", "vpc-none")],
    ["no path", "SANDBOX_PROPERTY_INVALID", () => set("tags..a", "b")],
    ["no such property", "SANDBOX_SET_REFUSED", () => set("enableDnsSuport", "false")],
    ["a value of another type", "SANDBOX_SET_REFUSED", () => set("cidrBlock", "somewhere")],
  ])("refuses %s and changes nothing", (_, code, action) => {
    const before = readFileSync(join(sandbox.folder, "accounts", `${NETWORK}.json`), "utf8");
    expect(codeOf(action)).toBe(code);
    expect(readFileSync(join(sandbox.folder, "accounts", `${NETWORK}.json`), "utf8")).toBe(before);
  });

  it("asks which one is meant where an id names several", async () => {
    const setting = "aws:ebs/encryptionByDefault:EncryptionByDefault";
    const { id } = await client.create(setting, "a", {});
    await client.create(setting, "b", { region: "eu-central-1" });
    expect(codeOf(() => set("enabled", "false", id))).toBe("SANDBOX_RESOURCE_AMBIGUOUS");
  });
});

describe("findByIdentity", () => {
  const find = (name: string, type = VPC, inputs?: Known["inputs"]) =>
    findByIdentity(sandbox.folder, NETWORK, {
      type,
      stack: "network",
      name,
      ...(inputs === undefined ? {} : { inputs: inputs }),
    }).map(({ id, by }) => [id, by]);

  it("finds by its tags alone what takes tags", () => {
    expect(find("main")).toEqual([[vpc.id, "tags"]]);
    expect(find("other")).toEqual([]);
    expect(find("other", VPC, vpc.inputs)).toEqual([]);
  });

  it("finds by what cannot change what takes no tags", async () => {
    const subnet = await client.create("aws:ec2/subnet:Subnet", "a", {
      vpcId: vpc.id,
      cidrBlock: "10.0.1.0/24",
    });
    const table = await client.create("aws:ec2/routeTable:RouteTable", "t", { vpcId: vpc.id });
    const type = "aws:ec2/routeTableAssociation:RouteTableAssociation";
    const inputs = { subnetId: subnet.id, routeTableId: table.id };
    const made = await client.create(type, "link", inputs);
    expect(find("link", type, made.inputs)).toEqual([[made.id, "key"]]);
    // The table of an association can change, its subnet cannot.
    expect(find("link", type, { ...made.inputs, routeTableId: "rtb-1" })).toEqual([
      [made.id, "key"],
    ]);
    expect(find("link", type, { ...made.inputs, subnetId: "subnet-1" })).toEqual([]);
    expect(find("link", type)).toEqual([]);
  });

  it("does not find what is gone", async () => {
    await client.delete(vpc);
    expect(find("main")).toEqual([]);
  });
});

describe("prepareSandbox", () => {
  it("leaves accounts that are there as they are, and adds new ones", () => {
    const file = join(sandbox.folder, "accounts", `${NETWORK}.json`);
    const before = readFileSync(file, "utf8");
    const organization = testOrganization();
    const [first] = organization.accounts;
    if (first === undefined) throw new Error("no account");
    const added = { ...first, name: "new", id: "555555555555", kind: "workload" as const };
    const { made } = prepareSandbox({
      folder: sandbox.folder,
      organization: { ...organization, accounts: [...organization.accounts, added] },
    });
    expect(made).toEqual(["555555555555"]);
    // It can be imported in the management account, and what was there stays.
    const members = listSandbox(sandbox.folder, "management")[0]?.resources.filter(
      ({ type }) => type === "aws:organizations/account:Account",
    );
    expect(members?.map(({ id }) => id)).toContain("555555555555");
    expect(new Set(members?.map(({ id }) => id)).size).toBe(members?.length);
    expect(readFileSync(file, "utf8")).toBe(before);
  });

  it("keeps an account that the organization has no more: its stack can still be destroyed", () => {
    const organization = testOrganization();
    const accounts = organization.accounts.filter(({ name }) => name !== "network");
    prepareSandbox({ folder: sandbox.folder, organization: { ...organization, accounts } });
    const names = () => listSandbox(sandbox.folder).map(({ account }) => account);
    expect(names()).toEqual(["management", "former", "network"]);
    // It comes back, and is there once.
    prepareSandbox({ folder: sandbox.folder, organization });
    expect(names()).toEqual(["management", "network", "former"]);
  });

  it("writes a damaged organization.json anew", () => {
    writeFileSync(join(sandbox.folder, "organization.json"), "{");
    prepareSandbox({ folder: sandbox.folder, organization: testOrganization() });
    expect(listSandbox(sandbox.folder).map(({ account }) => account)).toEqual([
      "management",
      "network",
      "former",
    ]);
  });
});

describe("resetSandbox", () => {
  it("makes one account as AWS hands it out, and leaves the others", async () => {
    const management = await connect(sandbox.folder, "management");
    await management.create(VPC, "main", news);
    expect(resetSandbox(sandbox.folder, "network")).toEqual([NETWORK]);
    const made = listSandbox(sandbox.folder).flatMap(({ account, resources }) =>
      resources.filter(({ type }) => type === VPC).map(() => account),
    );
    expect(made).toEqual(["management"]);
  });

  it("says which accounts there are, where one is misspelt", () => {
    expect(() => resetSandbox(sandbox.folder, "netwrok")).toThrow(/Did you mean network/u);
  });
});

test("what is deleted and stays in AWS is nobody's any more", async () => {
  const type = "aws:ec2/defaultVpc:DefaultVpc";
  const adopted = await client.create(type, "default", {});
  const urnOf = () =>
    listSandbox(sandbox.folder, "network")[0]?.resources.find(({ id }) => id === adopted.id)?.urn;
  expect(urnOf()).toBe(adopted.urn);
  await client.delete(adopted);
  expect(urnOf()).toBeNull();
});
