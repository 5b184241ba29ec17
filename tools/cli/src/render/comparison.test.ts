import { loadModel } from "@atoll/aws-model";

import { comparePreviews } from "../compare/compare-previews.ts";
import { previewOf, problem, resource, stackPreview, urnOf } from "../testing/previews.ts";
import { renderComparison } from "./comparison.ts";
import { plainPaint } from "./paint.ts";

const SUBNET = "aws:ec2/subnet:Subnet";
const model = loadModel();
const commit = "0123456789abcdef0123456789abcdef01234567";

function subnets(stack: string, open: boolean, dependencies: readonly string[] = []) {
  const make = (name: string) =>
    resource(stack, SUBNET, name, {
      parents: ["atoll:networking:Vpc"],
      inputs: { mapPublicIpOnLaunch: open },
      dependencies,
    });
  return stackPreview(stack, { resources: [make("a"), make("b")] });
}

function render(
  base: readonly ReturnType<typeof stackPreview>[],
  head: readonly ReturnType<typeof stackPreview>[],
  verbose = false,
) {
  const comparison = comparePreviews({
    base: previewOf(base),
    head: previewOf(head),
    ref: "main",
    commit,
    model,
  });
  return renderComparison(comparison, { paint: plainPaint, verbose });
}

test("nothing changed", () => {
  expect(render([subnets("dev", true)], [subnets("dev", true)])).toBe(
    `What the working tree changes against main (0123456789)

No changes in 1 stack.
`,
  );
});

test("one section for the stacks, one entry for the resources that have the same change", () => {
  const base = [subnets("dev", false), subnets("prod", false), stackPreview("old")];
  const head = [subnets("dev", true), subnets("prod", true), stackPreview("old")];
  expect(render(base, head)).toBe(
    `What the working tree changes against main (0123456789)

in dev, prod:
  ~ 2 × ec2.Subnet  (updates in place)
      networking.Vpc / a
      networking.Vpc / b
      mapPublicIpOnLaunch: false → true

2 of 3 stacks changed; resources: 0 added, 0 removed, 4 changed.
`,
  );
});

test("a new stack is said once; its resources are counted", () => {
  const text = render([], [subnets("dev", false)]);
  expect(text).toContain("in dev:\n  + stack added, 2 resources\n\n");
  expect(text).toContain("resources: 2 added");
});

test("everything in every stack, when that is asked for", () => {
  const base = [subnets("dev", false), subnets("prod", false)];
  const head = [subnets("dev", true), subnets("prod", true)];
  const text = render(base, head, true);
  expect(text).toContain("in dev:\n");
  expect(text).toContain("in prod:\n");
});

test("URNs are shown as what they stand for", () => {
  const vpc = urnOf("dev", ["atoll:networking:Vpc", "aws:ec2/vpc:Vpc"], "main");
  expect(render([subnets("dev", true)], [subnets("dev", true, [vpc])])).toContain(
    "dependencies: + ec2.Vpc main\n",
  );
});

test("what replaces is said, how sure that is, what follows, and what would be refused", () => {
  const VPC = "aws:ec2/vpc:Vpc";
  const side = (cidrBlock: string, fifoQueue: boolean) => {
    const urn = urnOf("dev", [VPC], "vpc");
    const scope = { partition: "aws", accountId: "111111111111", region: "eu-west-1" } as const;
    const { id } = model.plan({ type: VPC, name: "vpc", urn, inputs: {}, scope });
    const options = { protect: true, deleteBeforeReplace: true };
    return stackPreview("dev", {
      resources: [
        resource("dev", VPC, "vpc", { inputs: { cidrBlock }, outputs: { id }, options }),
        ...["a", "b"].map((name) => resource("dev", SUBNET, name, { inputs: { vpcId: id } })),
        resource("dev", "aws:sqs/queue:Queue", "jobs", { inputs: { fifoQueue } }),
      ],
    });
  };
  expect(render([side("10.0.0.0/16", false)], [side("10.1.0.0/16", true)])).toContain(
    `in dev:
  ± 2 × ec2.Subnet  (vpcId replaces)
      a
      b
      follows ec2.Vpc, which is replaced
  ± ec2.Vpc vpc  (cidrBlock replaces; deleted first)
      cidrBlock: "10.0.0.0/16" → "10.1.0.0/16"
      ✖ Pulumi refuses: the resource is protected. Take \`protect\` away in a change of its own first.
  ± sqs.Queue jobs  (fifoQueue replaces) (unverified)
      fifoQueue: false → true

1 of 1 stack changed; resources: 0 added, 0 removed, 4 changed (4 replaced).`,
  );
});

test("problems of the organization are said on a line each", () => {
  const comparison = comparePreviews({
    base: previewOf([], [problem("OLD", "pools.a", { severity: "warning" })]),
    head: previewOf([stackPreview("dev")], [problem("NEW", "pools.b")]),
    ref: "main",
    commit,
    model,
  });
  expect(renderComparison(comparison, { paint: plainPaint, verbose: false })).toContain(
    `in the organization:
  + new error NEW pools.b
      NEW at pools.b.
  - fixed warning OLD pools.a
      OLD at pools.a.
`,
  );
});

test("what cannot be compared in full is said", () => {
  const failed = stackPreview("dev", { status: "failed", problems: [problem("A", "dev/x")] });
  const text = render([stackPreview("dev")], [failed]);
  expect(text).toContain("~ was ok, is now failed");
  expect(text).toContain("+ new error A dev/x\n      A at dev/x.");
  expect(text).toContain("Incomplete, as one side did not come out well: dev.");
});
