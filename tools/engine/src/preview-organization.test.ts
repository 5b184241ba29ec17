import { readFileSync } from "node:fs";
import { join } from "node:path";

import type { Problem } from "@atoll/core";

import { fixtureFolder, runFixture, type RanFixture } from "./testing/run-fixture.ts";

/** `<kind>/index.ts:<line>` of the last place in a fixture's program that has this text. */
function at(kind: string, text: string): string {
  const file = join(fixtureFolder("bad-programs"), kind, "index.ts");
  const before = readFileSync(file, "utf8").split(text).slice(0, -1).join(text);
  return `${kind}/index.ts:${String(before.split("\n").length)}`;
}

const brief = (problems: readonly Problem[]) =>
  problems.map(({ code, path, source }) => [
    code,
    path,
    source === undefined
      ? null
      : `${source.file.split("/").slice(-2).join("/")}:${String(source.line)}`,
  ]);

describe("programs that go wrong", () => {
  let ran: RanFixture;
  beforeAll(() => {
    ran = runFixture("bad-programs", { workers: 2 });
  });

  test.each<[string, unknown[][]]>([
    ["throws", [["PROGRAM_FAILED", "throws", at("throws", "new Error(")]]],
    ["throws-later", [["PROGRAM_FAILED", "throws-later", at("throws-later", "new Error(")]]],
    ["rejects", [["PROGRAM_FAILED", "rejects", at("rejects", "new Error(")]]],
    ["stalls", [["PROGRAM_STALLED", "stalls", null]]],
    ["exits", [["PROGRAM_EXITED", "exits", at("exits", "process.exit")]]],
    [
      "misspelt",
      [
        [
          "UNKNOWN_PROPERTY",
          "misspelt/logs (aws:s3/bucket:Bucket):versioning.enabledd",
          at("misspelt", "new aws.s3.Bucket("),
        ],
        [
          "UNKNOWN_PROPERTY",
          "misspelt/table (aws:ec2/routeTable:RouteTable):routes[0].cidrBlok",
          at("misspelt", "new aws.ec2.RouteTable("),
        ],
      ],
    ],
    [
      "missing",
      [
        [
          "MISSING_PROPERTY",
          "missing/no-vpc (aws:ec2/subnet:Subnet):vpcId",
          at("missing", 'new aws.ec2.Subnet("no-vpc"'),
        ],
        [
          "MISSING_PROPERTY",
          "missing/no-vpc-either (aws:ec2/subnet:Subnet):vpcId",
          at("missing", 'new aws.ec2.Subnet("no-vpc-either"'),
        ],
      ],
    ],
    [
      "not-allowed",
      [
        [
          "VALUE_NOT_ALLOWED",
          "not-allowed/vpc (aws:ec2/vpc:Vpc):instanceTenancy",
          at("not-allowed", "new aws.ec2.Vpc("),
        ],
      ],
    ],
    [
      "default-provider",
      [
        [
          "PROVIDER_NOT_EXPLICIT",
          "default-provider/topic (aws:sns/topic:Topic)",
          at("default-provider", "new aws.sns.Topic("),
        ],
      ],
    ],
    [
      "default-provider-call",
      [["PROVIDER_NOT_EXPLICIT", "default-provider-call/aws:index/getRegion:getRegion", null]],
    ],
    [
      "other-account",
      [
        [
          "PROVIDER_ACCOUNT",
          "other-account/other (pulumi:providers:aws):allowedAccountIds",
          at("other-account", "new aws.Provider("),
        ],
      ],
    ],
    ["unanswered", [["DATA_SOURCE_UNANSWERED", "unanswered/aws:ec2/getAmi:getAmi", null]]],
    ["clock", [["PREVIEW_NOT_HERMETIC", "clock", at("clock", "Date.now")]]],
    ["randomness", [["PREVIEW_NOT_HERMETIC", "randomness", at("randomness", "Math.random")]]],
    ["environment", [["PREVIEW_NOT_HERMETIC", "environment", at("environment", "process.env")]]],
    [
      "network-access",
      [["PREVIEW_NOT_HERMETIC", "network-access", at("network-access", "execSync(")]],
    ],
    [
      "outside-file",
      [["PREVIEW_NOT_HERMETIC", "outside-file", at("outside-file", 'readFileSync("')]],
    ],
    ["outside-file-indirectly", [["PREVIEW_NOT_HERMETIC", "outside-file-indirectly", null]]],
    [
      "duplicate",
      [
        [
          "DUPLICATE_URN",
          "duplicate/topic (aws:sns/topic:Topic)",
          at("duplicate", "new aws.sns.Topic("),
        ],
      ],
    ],
    [
      "undeclared-need",
      [["NEED_NOT_DECLARED", "undeclared-need", at("undeclared-need", "context.output")]],
    ],
    ["unresolved-output", [["OUTPUT_MISSING", "unresolved-output", null]]],
    [
      "overlaps",
      [
        [
          "AWS_CONFLICT",
          "overlaps/c (aws:ec2/securityGroup:SecurityGroup):name",
          at("overlaps", 'new aws.ec2.SecurityGroup("c"'),
        ],
        [
          "AWS_CONFLICT",
          "overlaps/inside-first (aws:ec2/subnet:Subnet):cidrBlock",
          at("overlaps", "new aws.ec2.Subnet(name"),
        ],
        [
          "AWS_OUT_OF_RANGE",
          "overlaps/outside (aws:ec2/subnet:Subnet):cidrBlock",
          at("overlaps", "new aws.ec2.Subnet(name"),
        ],
      ],
    ],
    [
      "too-many",
      [["AWS_QUOTA", "too-many/address-5 (aws:ec2/eip:Eip)", at("too-many", "new aws.ec2.Eip(")]],
    ],
  ])("%s is reported with where it happened", (stack, expected) => {
    expect(ran.stack(stack).status).toBe("failed");
    const sourceIsKnown = (row: unknown[]) => row[2] !== null;
    const found = brief(ran.stack(stack).problems);
    expect(
      found.map((row, index) =>
        sourceIsKnown(expected[index] ?? []) ? row : [...row.slice(0, 2), null],
      ),
    ).toEqual(expected);
  });

  test("a stack that needs a failed one is blocked, and says by what; the others are not", () => {
    expect(ran.stack("blocked")).toMatchObject({
      status: "blocked",
      blockedBy: ["throws"],
      resources: [],
    });
    expect(ran.stack("fine").status).toBe("ok");
    expect(ran.stack("management").status).toBe("ok");
  });

  test("what AWS would refuse names its code, the rule and the source, and what to do", () => {
    const [quota] = ran.stack("too-many").problems;
    expect(quota).toMatchObject({
      got: "AddressLimitExceeded",
      expected: expect.stringMatching(
        /\(https:\/\/docs\.aws\.amazon\.com\/.+, \d{4}-\d{2}-\d{2}\)$/u,
      ) as string,
      fix: expect.stringContaining('"vpc/elastic-ips-per-region"') as string,
    });
    const range = ran.stack("overlaps").problems.find(({ code }) => code === "AWS_OUT_OF_RANGE");
    expect(range).toMatchObject({ got: "InvalidSubnet.Range", severity: "error" });
  });

  test("a raised quota lets more be", () => {
    expect(ran.stack("raised")).toMatchObject({ status: "ok", problems: [] });
  });

  test("a warning does not fail a stack, and what a program prints stays out of the preview", () => {
    const { status, problems } = ran.stack("warns");
    expect(status).toBe("ok");
    expect(problems.map(({ code, severity, message }) => [code, severity, message])).toEqual([
      ["PROGRAM_LOGGED_WARNING", "warning", "mind the gap"],
    ]);
    expect(ran.text).not.toContain("said on the console");
  });

  test("outputs flow along needs as planned values, secrets as their hash alone", () => {
    const { bucketArn } = ran.stack("management").outputs;
    expect(bucketArn).toMatch(/^arn:aws:s3:::shared-[0-9a-f]{7}$/u);
    expect(ran.stack("fine").outputs["bucketArn"]).toBe(bucketArn);
    const parameter = ran.stack("fine").resources.find(({ name }) => name === "password");
    expect(parameter?.inputs).toMatchObject({
      value: { $secret: expect.stringMatching(/^[0-9a-f]{64}$/u) as string },
    });
    expect(ran.text).not.toContain("canary-secret");
  });

  test("everything about a resource is captured", () => {
    const { resources } = ran.stack("fine");
    const vpc = resources.find(({ name }) => name === "vpc");
    const subnet = resources.find(({ name }) => name === "subnet");
    expect(subnet).toMatchObject({
      urn: "urn:pulumi:fine::bad-programs::aws:ec2/subnet:Subnet::subnet",
      parent: "urn:pulumi:fine::bad-programs::pulumi:pulumi:Stack::bad-programs-fine",
      dependencies: [vpc?.urn],
      options: { protect: true },
      inputs: { tags: { "atoll:stack": "fine", "atoll:name": "subnet" } },
    });
    expect(subnet?.provider).toMatch(
      /^urn:pulumi:fine::bad-programs::pulumi:providers:aws::aws::[0-9a-f-]{36}$/u,
    );
    expect((subnet?.inputs as { vpcId: string }).vpcId).toBe((vpc?.outputs as { id: string }).id);
  });

  test("one thread and two give the same bytes", () => {
    expect(runFixture("bad-programs", { workers: 1 }).text).toBe(ran.text);
  });
});

test("a variable that the organization names is read, and no other", () => {
  const previous = process.env["ATOLL_FIXTURE_ALLOWED"];
  process.env["ATOLL_FIXTURE_ALLOWED"] = "yes";
  try {
    expect(runFixture("bad-programs", { stacks: ["fine"] }).stack("fine").outputs["allowed"]).toBe(
      "yes",
    );
  } finally {
    if (previous === undefined) delete process.env["ATOLL_FIXTURE_ALLOWED"];
    else process.env["ATOLL_FIXTURE_ALLOWED"] = previous;
  }
});

test("only the stacks that were asked for are reported on, with what they need run all the same", () => {
  const { preview } = runFixture("bad-programs", { stacks: ["fine"] });
  expect(preview.stacks.map(({ stack, status }) => [stack, status])).toEqual([["fine", "ok"]]);
});

test("with unknowns, what AWS decides is unknown, and what the program gave is not", () => {
  const { resources, outputs } = runFixture("bad-programs", {
    stacks: ["fine"],
    unknowns: true,
  }).stack("fine");
  const subnet = resources.find(({ name }) => name === "subnet");
  expect(subnet?.inputs).toMatchObject({ vpcId: { $unknown: true }, cidrBlock: "10.0.0.0/24" });
  expect(outputs["subnetId"]).toEqual({ $unknown: true });
});

test("with sources, each resource says where it was created", () => {
  const { resources } = runFixture("bad-programs", { stacks: ["fine"], sources: true }).stack(
    "fine",
  );
  expect(resources.find(({ name }) => name === "vpc")?.source).toEqual({
    file: "tools/engine/fixtures/bad-programs/fine/index.ts",
    line: Number(at("fine", "new aws.ec2.Vpc(").split(":")[1]),
  });
});
