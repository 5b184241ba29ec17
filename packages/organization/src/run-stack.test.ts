import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";

import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { plannedOutput } from "./components/planned-outputs.ts";
import { missingOutput } from "./components/stack-outputs.ts";
import { defineStack, defineUnit } from "./stack.ts";
import { one, recordStack } from "./testing/record-stack.ts";
import { sampleInput, withAccount } from "./testing/sample.ts";

const platform = (program: (context: never) => unknown, needs: readonly string[] = []) => ({
  kind: "network",
  needs,
  program,
});

describe("the provider", () => {
  test("is the account's own, by a role in it, and refuses every other account", async () => {
    const { resources } = await recordStack(
      platform(() => ({})),
      {
        input: {
          ...withAccount(1, { tags: { team: "net" }, regions: ["eu-central-1"] }),
          partition: "aws",
          tags: { org: "acme", team: "x" },
        },
      },
    );
    const { name, inputs } = one(resources, "pulumi:providers:aws");

    expect(name).toBe("aws");
    expect(inputs).toMatchObject({ region: "eu-central-1" });
    expect(JSON.parse(inputs["allowedAccountIds"] as string)).toEqual(["111111111112"]);
    expect(JSON.parse(inputs["assumeRoles"] as string)).toEqual([
      { roleArn: "arn:aws:iam::111111111112:role/AtollDeploy", sessionName: "atoll-network" },
    ]);
    expect(JSON.parse(inputs["defaultTags"] as string)).toEqual({
      tags: { org: "acme", team: "net", owner: "platform", environment: "shared" },
    });
  });

  test("starts in the home region where the account uses it", async () => {
    const input = withAccount(1, { regions: ["eu-central-1", "eu-west-1"] });
    const { resources } = await recordStack(
      platform(() => ({})),
      { input },
    );

    expect(one(resources, "pulumi:providers:aws").inputs["region"]).toBe("eu-west-1");
  });

  test("names the role in the partition of the organization", async () => {
    const input = {
      ...sampleInput({ partition: "aws-cn", homeRegion: "cn-north-1", regions: ["cn-north-1"] }),
      defaults: { zones: 2 },
    };
    const { resources } = await recordStack(
      platform(() => ({})),
      { input },
    );

    expect(one(resources, "pulumi:providers:aws").inputs["assumeRoles"]).toContain(
      "arn:aws-cn:iam::",
    );
  });
});

describe("identity", () => {
  const make = (program: (provider: pulumi.ProviderResource) => void) =>
    recordStack(
      platform(({ provider }: { provider: pulumi.ProviderResource }) => {
        program(provider);
        return {};
      }),
    );

  test("is on every taggable resource, and wins over a tag of the same name", async () => {
    const { resources } = await make((provider) => {
      new aws.ec2.Vpc("plain", { cidrBlock: "10.0.0.0/16" }, { provider });
      new aws.ec2.Vpc("own", { tags: { Name: "a", "atoll:name": "b" } }, { provider });
      new aws.ec2.Vpc("late", { tags: pulumi.output({ Name: "c" }) }, { provider });
    });
    const tags = (name: string) => one(resources, "aws:ec2/vpc:Vpc", name).inputs["tags"];

    expect(tags("plain")).toEqual({ "atoll:stack": "network", "atoll:name": "plain" });
    expect(tags("own")).toEqual({ Name: "a", "atoll:stack": "network", "atoll:name": "own" });
    expect(tags("late")).toEqual({ Name: "c", "atoll:stack": "network", "atoll:name": "late" });
  });

  test("reaches into components", async () => {
    const { resources } = await make((provider) => {
      const parent = new pulumi.ComponentResource("test:Parent", "parent", {}, { provider });
      new aws.ec2.Vpc("child", {}, { parent });
    });

    expect(one(resources, "aws:ec2/vpc:Vpc").inputs["tags"]).toMatchObject({
      "atoll:name": "child",
    });
    expect(one(resources, "test:Parent").inputs).toEqual({});
  });

  test("is written as a list where the type has one, and carried on to instances", async () => {
    const tags = [
      { key: "Name", value: "a", propagateAtLaunch: false },
      { key: "atoll:name", value: "other", propagateAtLaunch: false },
    ];
    const { resources } = await make((provider) => {
      new aws.autoscaling.Group("group", { minSize: 0, maxSize: 1, tags }, { provider });
    });

    expect(one(resources, "aws:autoscaling/group:Group").inputs["tags"]).toEqual([
      tags[0],
      { key: "atoll:stack", value: "network", propagateAtLaunch: true },
      { key: "atoll:name", value: "group", propagateAtLaunch: true },
    ]);
  });

  test("is kept off what takes no tags, what uses them as a filter, and what is only read", async () => {
    const { resources } = await make((provider) => {
      new aws.ebs.EncryptionByDefault("untaggable", {}, { provider });
      new aws.devopsguru.ResourceCollection("filter", { type: "AWS_TAGS" }, { provider });
      aws.ec2.Vpc.get("read", "vpc-1", undefined, { provider });
    });

    for (const { type, inputs } of resources) {
      if (type !== "pulumi:providers:aws") expect(JSON.stringify(inputs)).not.toContain("atoll:");
    }
    expect(one(resources, "aws:ec2/vpc:Vpc").readId).toBe("vpc-1");
  });
});

describe("outputs of other stacks", () => {
  const reader = defineStack({
    kind: "network",
    needs: ["management"],
    program: (context) => ({
      vpcId: context.output("management", "organizationId"),
      zones: context.output("management", "organizationId").apply((id) => [id]),
    }),
  });
  const management = "organization/acme/management";

  test("come by one reference for each stack", async () => {
    const { resources, outputs } = await recordStack(reader, {
      stacks: { [management]: { organizationId: "o-1" } },
    });

    expect(outputs).toEqual({ vpcId: "o-1", zones: ["o-1"] });
    expect(one(resources, "pulumi:pulumi:StackReference").name).toBe(management);
  });

  test("a reference that nothing is read from is not made", async () => {
    const { resources } = await recordStack(platform(() => ({}), ["management"]));

    expect(resources.map(({ type }) => type)).toEqual(["pulumi:providers:aws"]);
  });

  test("a kind that is not declared is refused, also where JavaScript asks for it", async () => {
    const program = ({ output }: { output: (kind: string, name: string) => unknown }) => ({
      a: output("workload", "b"),
    });

    await expect(recordStack(platform(program, ["management"]))).rejects.toMatchObject({
      code: "NEED_NOT_DECLARED",
    });
    await expect(recordStack(platform(program, ["toString"]))).rejects.toMatchObject({
      code: "NEED_UNRESOLVED",
    });
  });

  test("a unit reads its own account's platform", async () => {
    const unit = defineUnit({
      unit: "shop",
      needs: ["workload"],
      program: (context) => ({ stack: context.stack, a: context.output("workload", "a" as never) }),
    });
    const { outputs } = await recordStack(unit, {
      input: withAccount(3, { units: [{ name: "shop" }] }),
      stack: "orders-prod.shop",
      stacks: { "organization/acme/orders-prod": { a: 1 } },
    });

    expect(outputs).toEqual({ stack: "orders-prod.shop", a: 1 });
  });

  describe("of a stack that is not deployed, in a preview", () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), "atoll-planned-"));
    const file = path.join(folder, "planned.json");
    const before = process.env["ATOLL_PLANNED"];
    afterEach(() => {
      if (before === undefined) delete process.env["ATOLL_PLANNED"];
      else process.env["ATOLL_PLANNED"] = before;
    });
    afterAll(() => rmSync(folder, { recursive: true }));

    /** The output, and whether the SDK knows it. */
    async function known(): Promise<{ known: boolean; value: unknown }> {
      const seen: pulumi.Output<unknown>[] = [];
      const spy = defineStack({
        kind: "network",
        needs: ["management"],
        program: (context) => {
          seen.push(context.output("management", "organizationId"));
          return { vpcId: "", zones: [] };
        },
      });
      await recordStack(spy, { preview: true });
      const [output] = seen as unknown as {
        isKnown: Promise<boolean>;
        promise(): Promise<unknown>;
      }[];
      return { known: await output!.isKnown, value: await output!.promise() };
    }

    test("are unknown without a file", async () => {
      delete process.env["ATOLL_PLANNED"];
      expect(await known()).toEqual({ known: false, value: undefined });
    });

    test.each([
      ["a planned value", { management: { organizationId: "o-2" } }, true, "o-2"],
      ["another stack's value", { network: { organizationId: "o-2" } }, false, undefined],
      ["an unknown", { management: { organizationId: { $unknown: true } } }, false, undefined],
      ["a secret's hash", { management: { organizationId: { $secret: "ab" } } }, false, undefined],
    ])("come from the file: %s", async (_, planned, isKnown, value) => {
      writeFileSync(file, JSON.stringify(planned));
      process.env["ATOLL_PLANNED"] = file;
      expect(await known()).toEqual({ known: isKnown, value });
    });
  });
});

describe("an output that a stack does not have", () => {
  // Thrown inside an output these errors end the process, as they should, and so cannot be caught here.
  const setMode = (preview: boolean) =>
    pulumi.runtime.setMocks(
      { newResource: () => ({ id: "", state: {} }), call: () => ({}) },
      "acme",
      "network",
      preview,
    );

  test("is an error that names the stack and says what to do, outside a dry run", async () => {
    await setMode(false);
    const read = () => missingOutput("network", "management", "organizationId", false);

    expect(read).toThrow(expect.objectContaining({ code: "OUTPUT_MISSING" }));
    expect(read).toThrow(/"organizationId" of the stack management.*bring management up/);
  });

  test("is an error in a dry run too, where the engine knows all that the stack has", async () => {
    await setMode(true);

    expect(missingOutput("network", "management", "a", false)).toBe(pulumi.unknown);
    expect(() => missingOutput("network", "management", "a", true)).toThrow(
      expect.objectContaining({ code: "OUTPUT_MISSING" }),
    );
  });

  test("is looked for in the file of planned values, which must be one", () => {
    const before = process.env["ATOLL_PLANNED"];
    process.env["ATOLL_PLANNED"] = import.meta.filename;

    expect(() => plannedOutput("management", "a")).toThrow(
      expect.objectContaining({ code: "PLANNED_FILE_INVALID" }),
    );
    if (before === undefined) delete process.env["ATOLL_PLANNED"];
    else process.env["ATOLL_PLANNED"] = before;
  });
});

describe("the context", () => {
  test("tells when the whole organization is read, and only then", async () => {
    const onOrganizationRead = jest.fn();
    await recordStack(
      platform(({ settings }: { settings: unknown }) => ({ settings })),
      {
        changes: { onOrganizationRead },
      },
    );
    expect(onOrganizationRead).not.toHaveBeenCalled();

    await recordStack(
      platform(({ organization }: { organization: { name: string } }) => ({
        a: organization.name,
      })),
      { changes: { onOrganizationRead } },
    );
    expect(onOrganizationRead).toHaveBeenCalled();
  });

  test("holds the account's own addresses, the VPC's block first", async () => {
    const block = (name: string, zoneId: string | null, tier: string | null) => ({
      account: name,
      region: "eu-west-1",
      zoneId,
      tier,
      cidr: "10.0.0.0/16",
    });
    const addresses = [
      block("network", "euw1-az2", "private"),
      block("other", null, null),
      block("network", "euw1-az1", "public"),
      block("network", null, null),
    ];
    const { outputs } = await recordStack(
      platform(({ addresses: seen }: { addresses: unknown }) => ({ seen })),
      { changes: { addresses } },
    );

    expect(outputs).toEqual({ seen: [addresses[3], addresses[2], addresses[0]] });
  });

  test("a stack that is not to run does not run", async () => {
    await expect(
      recordStack(
        platform(() => ({})),
        { input: withAccount(1, { lifecycle: "closed" }) },
      ),
    ).rejects.toMatchObject({ code: "STACK_NOT_RUNNABLE" });
  });

  test.each([[undefined], [null], [[]], ["text"]])(
    "a program that returns %p is told so",
    async (value) => {
      await expect(recordStack(platform(() => value))).rejects.toMatchObject({
        code: "OUTPUTS_INVALID",
      });
    },
  );
});
