import { execFileSync } from "node:child_process";
import { join } from "node:path";

import type { Problem } from "@atoll/core";

import type { Preview, StackPreview } from "./preview.ts";

const root = join(import.meta.dirname, "../../..");
const node = process.execPath;

interface Ran {
  readonly text: string;
  readonly preview: Preview;
  stack(name: string): StackPreview;
}

function run(fixture: string, request: Record<string, unknown> = {}): Ran {
  const organizationFile = join(import.meta.dirname, "../fixtures", fixture, "organization.ts");
  const text = execFileSync(
    node,
    [
      join(import.meta.dirname, "testing/run-preview.ts"),
      JSON.stringify({ organizationFile, cache: false, ...request }),
    ],
    { cwd: root, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"], maxBuffer: 2 ** 28 },
  );
  const preview = JSON.parse(text) as Preview;
  return {
    text,
    preview,
    stack: (name) => {
      const found = preview.stacks.find(({ stack }) => stack === name);
      if (found === undefined) throw new TypeError(`no stack ${name}`);
      return found;
    },
  };
}

const brief = (problems: readonly Problem[]) =>
  problems.map(({ code, path, source }) => [
    code,
    path,
    source === undefined ? null : `${source.file.split("/").slice(-2).join("/")}:${String(source.line)}`,
  ]);

describe("programs that go wrong", () => {
  let ran: Ran;
  beforeAll(() => {
    ran = run("bad-programs", { workers: 2 });
  });

  test.each<[string, unknown[][]]>([
    ["throws", [["PROGRAM_FAILED", "throws", "throws/index.ts:6"]]],
    ["throws-later", [["PROGRAM_FAILED", "throws-later", "throws-later/index.ts:7"]]],
    ["rejects", [["PROGRAM_FAILED", "rejects", "rejects/index.ts:5"]]],
    ["stalls", [["PROGRAM_STALLED", "stalls", null]]],
    ["exits", [["PROGRAM_EXITED", "exits", "exits/index.ts:5"]]],
    [
      "misspelt",
      [
        ["UNKNOWN_PROPERTY", "misspelt/logs (aws:s3/bucket:Bucket):versioning.enabledd", "misspelt/index.ts:6"],
        ["UNKNOWN_PROPERTY", "misspelt/table (aws:ec2/routeTable:RouteTable):routes[0].cidrBlok", "misspelt/index.ts:7"],
      ],
    ],
    [
      "missing",
      [
        ["MISSING_PROPERTY", "missing/no-vpc (aws:ec2/subnet:Subnet):vpcId", "missing/index.ts:6"],
        ["MISSING_PROPERTY", "missing/no-vpc-either (aws:ec2/subnet:Subnet):vpcId", "missing/index.ts:7"],
      ],
    ],
    [
      "not-allowed",
      [["VALUE_NOT_ALLOWED", "not-allowed/vpc (aws:ec2/vpc:Vpc):instanceTenancy", "not-allowed/index.ts:6"]],
    ],
    [
      "default-provider",
      [["PROVIDER_NOT_EXPLICIT", "default-provider/topic (aws:sns/topic:Topic)", "default-provider/index.ts:5"]],
    ],
    [
      "default-provider-call",
      [["PROVIDER_NOT_EXPLICIT", "default-provider-call/aws:index/getRegion:getRegion", null]],
    ],
    [
      "other-account",
      [["PROVIDER_ACCOUNT", "other-account/other (pulumi:providers:aws):allowedAccountIds", "other-account/index.ts:6"]],
    ],
    ["unanswered", [["DATA_SOURCE_UNANSWERED", "unanswered/aws:ec2/getAmi:getAmi", null]]],
    ["clock", [["PREVIEW_NOT_HERMETIC", "clock", "clock/index.ts:5"]]],
    ["randomness", [["PREVIEW_NOT_HERMETIC", "randomness", "randomness/index.ts:5"]]],
    ["environment", [["PREVIEW_NOT_HERMETIC", "environment", "environment/index.ts:5"]]],
    ["network-access", [["PREVIEW_NOT_HERMETIC", "network-access", "network-access/index.ts:8"]]],
    ["outside-file", [["PREVIEW_NOT_HERMETIC", "outside-file", "outside-file/index.ts:8"]]],
    ["duplicate", [["DUPLICATE_URN", "duplicate/topic (aws:sns/topic:Topic)", "duplicate/index.ts:7"]]],
    ["undeclared-need", [["NEED_NOT_DECLARED", "undeclared-need", "undeclared-need/index.ts:5"]]],
    ["unresolved-output", [["OUTPUT_MISSING", "unresolved-output", null]]],
  ])("%s is reported with where it happened", (stack, expected) => {
    expect(ran.stack(stack).status).toBe("failed");
    const sourceIsKnown = (row: unknown[]) => row[2] !== null;
    const found = brief(ran.stack(stack).problems);
    expect(found.map((row, index) => (sourceIsKnown(expected[index] ?? []) ? row : [...row.slice(0, 2), null]))).toEqual(expected);
  });

  test("a stack that needs a failed one is blocked, and says by what; the others are not", () => {
    expect(ran.stack("blocked")).toMatchObject({ status: "blocked", blockedBy: ["throws"], resources: [] });
    expect(ran.stack("fine").status).toBe("ok");
    expect(ran.stack("management").status).toBe("ok");
  });

  test("a warning does not fail a stack, and what a program prints stays out of the preview", () => {
    const { status, problems } = ran.stack("warns");
    expect(status).toBe("ok");
    expect(problems.map(({ code, severity, message }) => [code, severity, message])).toEqual([
      ["PROGRAM_LOGGED_WARNING", "warning", "mind the gap"],
    ]);
    expect(ran.text).not.toContain("printed");
  });

  test("outputs flow along needs as planned values, secrets as their hash alone", () => {
    const { bucketArn } = ran.stack("management").outputs;
    expect(bucketArn).toMatch(/^arn:aws:s3:::shared-[0-9a-f]{7}$/u);
    expect(ran.stack("fine").outputs["bucketArn"]).toBe(bucketArn);
    const parameter = ran.stack("fine").resources.find(({ name }) => name === "password");
    expect(parameter?.inputs).toMatchObject({ value: { $secret: expect.stringMatching(/^[0-9a-f]{64}$/u) as string } });
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
    expect(subnet?.provider).toMatch(/^urn:pulumi:fine::bad-programs::pulumi:providers:aws::aws::[0-9a-f-]{36}$/u);
    expect((subnet?.inputs as { vpcId: string }).vpcId).toBe((vpc?.outputs as { id: string }).id);
  });

  test("one thread and two give the same bytes", () => {
    expect(run("bad-programs", { workers: 1 }).text).toBe(ran.text);
  });
});

test("a variable that the organization names is read, and no other", () => {
  const previous = process.env["ATOLL_FIXTURE_ALLOWED"];
  process.env["ATOLL_FIXTURE_ALLOWED"] = "yes";
  try {
    expect(run("bad-programs", { stacks: ["fine"] }).stack("fine").outputs["allowed"]).toBe("yes");
  } finally {
    if (previous === undefined) delete process.env["ATOLL_FIXTURE_ALLOWED"];
    else process.env["ATOLL_FIXTURE_ALLOWED"] = previous;
  }
});

test("only the stacks that were asked for are reported on, with what they need run all the same", () => {
  const { preview } = run("bad-programs", { stacks: ["fine"] });
  expect(preview.stacks.map(({ stack, status }) => [stack, status])).toEqual([["fine", "ok"]]);
});

test("with unknowns, what AWS decides is unknown, and what the program gave is not", () => {
  const { resources, outputs } = run("bad-programs", { stacks: ["fine"], unknowns: true }).stack("fine");
  const subnet = resources.find(({ name }) => name === "subnet");
  expect(subnet?.inputs).toMatchObject({ vpcId: { $unknown: true }, cidrBlock: "10.0.0.0/24" });
  expect(outputs["subnetId"]).toEqual({ $unknown: true });
});

test("with sources, each resource says where it was created", () => {
  const { resources } = run("bad-programs", { stacks: ["fine"], sources: true }).stack("fine");
  expect(resources.find(({ name }) => name === "vpc")?.source).toEqual({
    file: "tools/engine/fixtures/bad-programs/fine/index.ts",
    line: 6,
  });
});
