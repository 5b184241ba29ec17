import fc from "fast-check";

import { loadModel } from "@atoll/aws-model";
import type { JsonValue } from "@atoll/core";
import type { ResourcePreview } from "@atoll/engine";

import { previewOf, problem, resource, stackPreview, urnOf } from "../testing/previews.ts";
import { comparePreviews } from "./compare-previews.ts";

const VPC = "aws:ec2/vpc:Vpc";
const SUBNET = "aws:ec2/subnet:Subnet";
const model = loadModel();

function compare(
  base: Parameters<typeof previewOf>[0],
  head: Parameters<typeof previewOf>[0],
  only?: readonly string[],
) {
  return comparePreviews({
    base: previewOf(base),
    head: previewOf(head),
    ref: "HEAD",
    commit: "abc",
    model,
    ...(only === undefined ? {} : { only }),
  });
}

/** A workload account with addresses of its own. */
function workload(
  stack: string,
  network: string,
  subnet: Partial<ResourcePreview> = {},
  id = stack === "dev" ? "111111111111" : "222222222222",
) {
  const vpcId = `vpc-${stack === "dev" ? "0a1b2c3d4e5f60718" : "0f9e8d7c6b5a40312"}`;
  return stackPreview(stack, {
    accountId: id,
    resources: [
      resource(stack, VPC, "main", {
        inputs: { cidrBlock: `10.${network}.0.0/16` },
        outputs: { id: vpcId },
      }),
      resource(stack, SUBNET, "private-a", {
        ...subnet,
        inputs: {
          vpcId,
          cidrBlock: `10.${network}.64.0/20`,
          tags: { Name: `${stack}-private-a` },
          ...(subnet.inputs as Record<string, JsonValue> | undefined),
        },
      }),
    ],
  });
}

test("two equal previews have no changes", () => {
  const { stacks, groups } = compare([workload("dev", "1")], [workload("dev", "1")]);
  expect(stacks).toEqual([{ stack: "dev", account: "dev", incomplete: false, changes: [] }]);
  expect(groups).toEqual([]);
});

test("an input that differs is named by its path", () => {
  const head = workload("dev", "1", { inputs: { mapPublicIpOnLaunch: true } });
  const { stacks } = compare([workload("dev", "1")], [head]);
  expect(stacks[0]?.changes).toEqual([
    {
      subject: "resource",
      change: "changed",
      urn: urnOf("dev", [SUBNET], "private-a"),
      type: SUBNET,
      name: "private-a",
      differences: [{ path: "inputs.mapPublicIpOnLaunch", after: true }],
      action: "update",
      replaces: [],
      verified: true,
    },
  ]);
});

test("options, parent, provider and dependencies count; planned ids of providers and computed outputs do not", () => {
  const subnet: Partial<ResourcePreview> = {
    options: { protect: true },
    parent: "urn:other",
    provider: "urn:pulumi:dev::atoll::pulumi:providers:aws::other::id",
    dependencies: ["urn:new"],
    outputs: { arn: "arn" },
  };
  const { stacks } = compare([workload("dev", "1")], [workload("dev", "1", subnet)]);
  const change = stacks[0]?.changes[0];
  expect(change?.subject === "resource" ? change.differences.map(({ path }) => path) : []).toEqual([
    "dependencies",
    "options.protect",
    "parent",
    "provider",
  ]);
  const again = { provider: `${urnOf("dev", ["pulumi:providers:aws"], "aws")}::another-id` };
  expect(compare([workload("dev", "1")], [workload("dev", "1", again)]).groups).toEqual([]);
});

test("the same change in accounts with ids, names and addresses of their own is one group", () => {
  const base = [workload("dev", "1"), workload("prod", "2")];
  const more = { inputs: { mapPublicIpOnLaunch: true } };
  const head = [workload("dev", "1", more), workload("prod", "2", more)];
  const { groups } = compare(base, head);
  expect(groups).toHaveLength(1);
  expect(groups[0]).toMatchObject({ stacks: ["dev", "prod"], varies: false });
});

test("values that differ by account alone are grouped and said to vary", () => {
  const half = (network: string) => ({ inputs: { cidrBlock: `10.${network}.64.0/21` } });
  const base = [workload("dev", "1"), workload("prod", "2")];
  const head = [workload("dev", "1", half("1")), workload("prod", "2", half("2"))];
  const { groups } = compare(base, head);
  expect(groups).toHaveLength(1);
  expect(groups[0]).toMatchObject({ stacks: ["dev", "prod"], varies: true });
});

test("a change that is another one in its account is not grouped with it", () => {
  const base = [workload("dev", "1"), workload("prod", "2")];
  const head = [
    workload("dev", "1", { inputs: { cidrBlock: "10.1.64.0/21" } }),
    workload("prod", "2", { inputs: { cidrBlock: "10.2.80.0/21" } }),
  ];
  expect(compare(base, head).groups).toHaveLength(2);
});

test("a planned id stands for the resource that it is the id of", () => {
  const attach = (stack: string, id: string, name: string) => {
    const volume = (which: string, own: string) =>
      resource(stack, "aws:ebs/volume:Volume", which, { outputs: { id: own } });
    return stackPreview(stack, {
      resources: [
        volume("one", `vol-0${stack === "dev" ? "aaaaaaa1" : "bbbbbbb1"}`),
        volume("two", `vol-0${stack === "dev" ? "aaaaaaa2" : "bbbbbbb2"}`),
        resource(stack, "aws:ec2/volumeAttachment:VolumeAttachment", name, {
          inputs: { volumeId: id },
        }),
      ],
    });
  };
  const base = [attach("dev", "x", "at"), attach("prod", "x", "at")];
  const same = [attach("dev", "vol-0aaaaaaa1", "at"), attach("prod", "vol-0bbbbbbb1", "at")];
  const other = [attach("dev", "vol-0aaaaaaa1", "at"), attach("prod", "vol-0bbbbbbb2", "at")];
  expect(compare(base, same).groups).toHaveLength(1);
  expect(compare(base, other).groups).toHaveLength(2);
});

test("the end of an ARN stands for the resource where there is no id", () => {
  const made = (stack: string, hash: string, target: string) =>
    stackPreview(stack, {
      resources: [
        resource(stack, VPC, "main", {
          outputs: { arn: `arn:x:ec2:eu-west-1:111111111111:vpc/vpc-${hash}` },
        }),
        resource(stack, SUBNET, "s", { inputs: { vpcId: target } }),
      ],
    });
  const base = [made("dev", "0aaaaaaa1", "x"), made("prod", "0bbbbbbb1", "x")];
  const head = [
    made("dev", "0aaaaaaa1", "vpc-0aaaaaaa1"),
    made("prod", "0bbbbbbb1", "vpc-0bbbbbbb1"),
  ];
  expect(compare(base, head).groups).toHaveLength(1);
});

test("stacks that came and went are said once, with their resources", () => {
  const { stacks } = compare([workload("old", "1")], [workload("new", "1")]);
  expect(stacks.map(({ stack, changes }) => [stack, changes[0]])).toEqual([
    ["new", { subject: "stack", change: "added", resources: 2 }],
    ["old", { subject: "stack", change: "removed", resources: 2 }],
  ]);
  expect(stacks[0]?.changes).toHaveLength(3);
});

test("a stack that is blocked on one side has a new status, not removed resources", () => {
  const blocked = stackPreview("dev", { status: "blocked", blockedBy: ["network"] });
  const { stacks } = compare([workload("dev", "1")], [blocked]);
  expect(stacks[0]).toMatchObject({
    incomplete: true,
    changes: [{ subject: "status", before: "ok", after: "blocked" }],
  });
});

test("problems that are new or gone count; a line that moved does not", () => {
  const at = (line: number, ...codes: string[]) =>
    stackPreview("dev", {
      problems: codes.map((code) => problem(code, "x", { source: { file: "f.ts", line } })),
    });
  const { stacks } = compare([at(1, "STAYS", "GOES")], [at(9, "STAYS", "COMES")]);
  const said = stacks[0]?.changes.map((change) =>
    change.subject === "problem" ? [change.change, change.problem.code] : [],
  );
  expect(said).toEqual([
    ["added", "COMES"],
    ["removed", "GOES"],
  ]);
});

test("outputs that a stack hands on count", () => {
  const base = stackPreview("dev", { outputs: { a: 1, b: { c: [1] } } });
  const head = stackPreview("dev", { outputs: { b: { c: [1, 2] }, d: 1 } });
  const { stacks } = compare([base], [head]);
  expect(stacks[0]?.changes).toEqual([
    { subject: "output", change: "removed", name: "a", differences: [{ path: "a", before: 1 }] },
    {
      subject: "output",
      change: "changed",
      name: "b",
      differences: [{ path: "b.c[1]", after: 2 }],
    },
    { subject: "output", change: "added", name: "d", differences: [{ path: "d", after: 1 }] },
  ]);
});

test("an organization with errors on one side is said; its stacks do not seem to be gone", () => {
  const broken = previewOf([], [problem("DUPLICATE_EMAIL", "accounts[1].email")]);
  const whole = previewOf([workload("dev", "1")]);
  const about = { ref: "main", commit: "abc", model };
  const [toBroken, fromBroken] = [
    comparePreviews({ base: whole, head: broken, ...about }),
    comparePreviews({ base: broken, head: whole, ...about }),
  ];
  expect(toBroken).toMatchObject({
    stacks: [],
    groups: [],
    notes: [{ code: "BASE_NOT_COMPARABLE", path: "the working tree", got: ["DUPLICATE_EMAIL"] }],
    problems: { added: [{ code: "DUPLICATE_EMAIL" }], removed: [] },
  });
  expect(fromBroken.notes).toMatchObject([{ code: "BASE_NOT_COMPARABLE", path: "main" }]);
  expect(fromBroken.problems.removed).toHaveLength(1);
});

test("only the stacks that were asked for are compared", () => {
  const { stacks } = compare([workload("a", "1"), workload("b", "1")], [workload("c", "1")], ["b"]);
  expect(stacks.map(({ stack }) => stack)).toEqual(["b"]);
});

test("every change is in exactly one group", () => {
  const value = fc.constantFrom<JsonValue>("x", 1, null, ["a"], ["a", "b"], { k: 1 }, '{"a":1}');
  const stackArbitrary = fc.record({
    stack: fc.constantFrom("dev", "prod", "test", "dev.api"),
    inputs: fc.dictionary(fc.constantFrom("p", "q"), value),
    names: fc.uniqueArray(fc.constantFrom("one", "two", "three")),
    problems: fc.array(fc.constantFrom("A", "B"), { maxLength: 3 }),
  });
  const stacksArbitrary = fc
    .uniqueArray(stackArbitrary, { selector: ({ stack }) => stack })
    .map((stacks) =>
      stacks.map(({ stack, inputs, names, problems }) =>
        stackPreview(stack, {
          resources: names.map((name) => resource(stack, VPC, name, { inputs })),
          problems: problems.map((code) => problem(code, `${stack}/x`)),
        }),
      ),
    );
  fc.assert(
    fc.property(stacksArbitrary, stacksArbitrary, (base, head) => {
      const { stacks, groups } = compare(base, head);
      for (const { stack, changes } of stacks) {
        expect(groups.filter((group) => group.stacks.includes(stack))).toHaveLength(changes.length);
      }
      const total = stacks.reduce((sum, { changes }) => sum + changes.length, 0);
      expect(groups.reduce((sum, group) => sum + group.stacks.length, 0)).toBe(total);
      expect(compare(head, head).groups).toEqual([]);
    }),
  );
});
