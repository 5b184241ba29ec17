import { readFileSync } from "node:fs";
import { join } from "node:path";

import messages from "@pulumi/pulumi/proto/provider_pb.js";

import { listSandbox } from "../list-sandbox.ts";
import { holdsSecret, SECRET, SIGNATURE, UNKNOWN_TEXT } from "../rpc/values.ts";
import { connect } from "../testing/connect.ts";
import type { Known, ProtocolClient } from "../testing/protocol-client.ts";
import { makeTestSandbox, type TestSandbox } from "../testing/test-sandbox.ts";

const VPC = "aws:ec2/vpc:Vpc";
const SUBNET = "aws:ec2/subnet:Subnet";
const BUCKET = "aws:s3/bucket:Bucket";
const { Kind } = messages.PropertyDiff;

describe("SandboxProvider", () => {
  let sandbox: TestSandbox;
  let client: ProtocolClient;
  beforeEach(async () => {
    sandbox = makeTestSandbox();
    client = await connect(sandbox.folder);
  });
  afterEach(() => {
    sandbox.remove();
  });
  const vpc = async (cidrBlock = "10.0.0.0/16"): Promise<Known> =>
    client.create(VPC, "main", { cidrBlock });

  describe("Check", () => {
    const check = async (type: string, news: object, olds: object = {}, seed = "a") =>
      client.check(client.urn(type, "main"), news as never, { olds: olds as never, seed });

    it("refuses unknown nested and missing properties with their path and what to do", async () => {
      const table = "aws:ec2/routeTable:RouteTable";
      const { failures } = await check(table, { routes: [{ gatewayIdd: "igw-1" }] });
      expect(
        failures.some((failure) => /^routes\[0\]\.gatewayIdd: .*gatewayId/u.test(failure)),
      ).toBe(true);
      expect(failures.some((failure) => failure.startsWith("vpcId: "))).toBe(true);
    });

    it("takes unknowns for anything", async () => {
      const { failures } = await check(SUBNET, { vpcId: UNKNOWN_TEXT, cidrBlock: UNKNOWN_TEXT });
      expect(failures).toEqual([]);
    });

    it("makes a name up once and keeps it, and another one for a replacement", async () => {
      const first = await check(BUCKET, {});
      expect(first.inputs["bucket"]).toMatch(/^main-[0-9a-f]{7}$/u);
      expect(first.inputs["__defaults"]).toContain("bucket");
      const again = await check(BUCKET, {}, first.inputs, "b");
      expect(again.inputs["bucket"]).toBe(first.inputs["bucket"]);
      const replacement = await check(BUCKET, {}, {}, "b");
      expect(replacement.inputs["bucket"]).not.toBe(first.inputs["bucket"]);
    });

    it("drops a made-up name when the program gives one", async () => {
      const first = await check(BUCKET, {});
      const given = await check(BUCKET, { bucket: "mine" }, first.inputs);
      expect(given.inputs["bucket"]).toBe("mine");
      expect(given.inputs["__defaults"]).not.toContain("bucket");
    });

    it("says of a type that the package lacks that there is none", async () => {
      expect((await check("aws:ec2/vcp:Vcp", {})).failures).toEqual([
        ": The package aws has no resource type aws:ec2/vcp:Vcp.",
      ]);
    });
  });

  describe("preview", () => {
    it("leaves unknown what AWS decides, and knows inputs and defaults", async () => {
      const outputs = await client.previewCreate(VPC, "main", { cidrBlock: "10.0.0.0/16" });
      expect(outputs).toMatchObject({
        cidrBlock: "10.0.0.0/16",
        enableDnsSupport: true,
        arn: UNKNOWN_TEXT,
        mainRouteTableId: UNKNOWN_TEXT,
        tagsAll: { owner: "platform" },
      });
      expect(
        listSandbox(sandbox.folder, "network")[0]?.resources.some(({ type }) => type === VPC),
      ).toBe(false);
    });

    it("keeps in an update what stays as it is", async () => {
      const made = await vpc();
      const news = { cidrBlock: "10.0.0.0/16", enableDnsHostnames: true };
      const { outputs } = await client.update(made, news, true);
      expect(outputs).toMatchObject({ arn: made.outputs["arn"], enableDnsHostnames: true });
    });
  });

  describe("Diff", () => {
    it("says what replaces and what does not, by path and kind", async () => {
      const made = await vpc();
      const diff = await client.diff(made, { cidrBlock: "10.1.0.0/16", tags: { "a.b": "1" } });
      expect(diff.replaces).toEqual(["cidrBlock"]);
      expect(diff.detailed["cidrBlock"]).toBe(Kind.UPDATE_REPLACE);
      expect(Object.keys(diff.detailed).some((path) => path.startsWith("tags"))).toBe(true);
      expect(diff.deleteBeforeReplace).toBe(false);
    });

    it("sees no change in what was just made", async () => {
      expect(await client.diff(await vpc(), { cidrBlock: "10.0.0.0/16" })).toMatchObject({
        changes: false,
        detailed: {},
      });
    });

    it("deletes the old one first when both have the name that the program gives", async () => {
      const role = "aws:iam/role:Role";
      const policy = '{"Version":"2012-10-17","Statement":[]}';
      const given = await client.create(role, "named", { name: "mine", assumeRolePolicy: policy });
      const made = await client.create(role, "auto", { assumeRolePolicy: policy });
      const news = { assumeRolePolicy: policy, path: "/x/" };
      expect(await client.diff(given, { ...news, name: "mine" })).toMatchObject({
        replaces: ["path"],
        deleteBeforeReplace: true,
      });
      expect(await client.diff(made, news)).toMatchObject({ deleteBeforeReplace: false });
    });

    it("leaves out what is ignored", async () => {
      const made = await vpc();
      const diff = await client.diff(made, { cidrBlock: "10.1.0.0/16" }, ["cidrBlock"]);
      expect(diff).toMatchObject({ changes: false, replaces: [] });
    });
  });

  describe("AWS's refusals", () => {
    it("are told in the provider's words, with the sandbox's mark", async () => {
      const { id } = await vpc();
      await client.create(SUBNET, "a", { vpcId: id, cidrBlock: "10.0.1.0/24" });
      await expect(
        client.create(SUBNET, "b", { vpcId: id, cidrBlock: "10.0.1.0/25" }),
      ).rejects.toThrow(
        /^creating EC2 Subnet \(b\): operation error EC2: CreateSubnet, https response error StatusCode: 400, RequestID: \S+, api error InvalidSubnet\.Conflict: .*\[Atoll sandbox, not AWS\]$/u,
      );
      expect(
        listSandbox(sandbox.folder, "network")[0]?.resources.filter(({ urn }) =>
          urn?.endsWith("::b"),
        ),
      ).toEqual([]);
    });

    it("keep a VPC that still has subnets", async () => {
      const made = await vpc();
      await client.create(SUBNET, "a", { vpcId: made.id, cidrBlock: "10.0.1.0/24" });
      await expect(client.delete(made)).rejects.toThrow(/api error DependencyViolation:/u);
      expect(await client.read(made)).not.toBeNull();
    });
  });

  it("deletes what is gone already without an error", async () => {
    const made = await vpc();
    await client.delete(made);
    await client.delete(made);
    expect(await client.read(made)).toBeNull();
  });

  it("gives the same URN another id each time it is made, and none that a preview plans", async () => {
    const first = await vpc();
    await client.delete(first);
    const second = await vpc();
    expect(second.id).not.toBe(first.id);
  });

  it("imports by id what nobody's program made, with the inputs that it has", async () => {
    const seeded = listSandbox(sandbox.folder, "management")[0]?.resources.find(
      ({ type, id }) => type === "aws:organizations/account:Account" && id === "333333333333",
    );
    const management = await connect(sandbox.folder, "management");
    const urn = management.urn("aws:organizations/account:Account", "network");
    const read = await management.read({ urn, id: seeded?.id ?? "", inputs: {}, outputs: {} });
    expect(read?.inputs).toMatchObject({ name: "network", email: "aws+network@example.com" });
    const { name = "", email = "", parentId = "" } = read?.inputs ?? {};
    const diff = await management.diff(read as Known, { name, email, parentId });
    // What the provider's default tags add, which nobody put there yet.
    expect(Object.keys(diff.detailed)).toEqual(["tagsAll"]);
    const none = await management.read({ urn, id: "999999999999", inputs: {}, outputs: {} });
    expect(none).toBeNull();
  });

  it("keeps the accounts apart", async () => {
    const made = await vpc();
    const management = await connect(sandbox.folder, "management");
    const urn = management.urn(VPC, "main");
    expect(await management.read({ ...made, urn })).toBeNull();
  });

  it("lets no secret out of the file that AWS would hold it in", async () => {
    const secret = { [SIGNATURE]: SECRET, value: "canary-4711" };
    const made = await client.create(VPC, "main", {
      cidrBlock: "10.0.0.0/16",
      tags: { key: secret },
    });
    expect(holdsSecret(made.inputs["tagsAll"])).toBe(true);
    expect(holdsSecret(made.outputs["tagsAll"])).toBe(true);
    expect(holdsSecret(made.outputs["tags"])).toBe(true);
    const read = await client.read(made);
    expect(holdsSecret(read?.outputs["tagsAll"])).toBe(true);
    expect(readFileSync(join(sandbox.folder, "accounts", "333333333333.json"), "utf8")).toContain(
      "canary-4711",
    );
    expect(readFileSync(join(sandbox.folder, "organization.json"), "utf8")).not.toContain("canary");
  });

  it("repeats no secret in what it refuses", async () => {
    const { id: vpcId } = await vpc();
    const secretly = (value: string) => ({ [SIGNATURE]: SECRET, value });
    await expect(
      client.create(SUBNET, "a", { vpcId, cidrBlock: secretly("192.168.77.0/24") }),
    ).rejects.toThrow(/^(?!.*192\.168\.77).*\[secret\]/su);
    const urn = client.urn(SUBNET, "a");
    const { failures } = await client.check(urn, { vpcId, cidrBlock: secretly("canary") });
    expect(failures.join()).not.toContain("canary");
    expect(failures).not.toEqual([]);
  });

  it("answers data sources, knows who calls, and says which it does not answer", async () => {
    const caller = await client.invoke("aws:index/getCallerIdentity:getCallerIdentity", {});
    expect(caller.value["arn"]).toMatch(/:sts::333333333333:assumed-role\/\w+\/atoll-test$/u);
    const missing = await client.invoke("aws:ec2/getAmi:getAmi", {});
    expect(missing.failures[0]).toMatch(/aws:ec2\/getAmi:getAmi.*getAvailabilityZones/u);
  });

  it("refuses components by name", async () => {
    const request = new messages.ConstructRequest().setType("awsx:ec2:Vpc");
    await expect(client.call("construct", request)).rejects.toThrow(/awsx:ec2:Vpc/u);
  });
});
