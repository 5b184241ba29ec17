import { problem, resource, stackPreview, summaryOf } from "../testing/previews.ts";
import { plainPaint } from "./paint.ts";
import {
  renderNextSteps,
  renderStackBlock,
  renderStackLine,
  renderSummary,
  type PreviewTotals,
} from "./preview.ts";

const options = { paint: plainPaint, verbose: false, timings: false };
const network = stackPreview("network", {
  accountId: "333333333333",
  kind: "network",
  resources: [
    resource("network", "pulumi:pulumi:Stack", "atoll-network", { parent: null }),
    resource("network", "pulumi:providers:aws", "aws", { inputs: { region: "eu-west-1" } }),
    resource("network", "aws:ec2/vpc:Vpc", "main", { inputs: { region: "eu-central-1" } }),
  ],
});

test("a block has status, account, kind, regions, counts and the tree", () => {
  expect(renderStackBlock(summaryOf(network), network, options)).toBe(
    `✔ network  333333333333  network  eu-central-1, eu-west-1  1 resource
  1 ec2.Vpc
  └─ ec2.Vpc main
`,
  );
});

test("a blocked stack says what it waits for", () => {
  const blocked = stackPreview("workloads-dev", { status: "blocked", blockedBy: ["network"] });
  expect(renderStackBlock(summaryOf(blocked), blocked, options)).toBe(
    `⊘ workloads-dev  111111111111  workload  blocked
  waits for network
`,
  );
});

test("a skipped stack says why, and one without an id says that", () => {
  const skipped = stackPreview("new", { status: "skipped", accountId: null });
  const summary = summaryOf(skipped, { reason: "not vended yet" });
  expect(renderStackBlock(summary, skipped, options)).toBe(
    `– new  no account id yet  workload  skipped
  not vended yet
`,
  );
});

test("a line has the number of problems, and times only when they are asked for", () => {
  const summary = summaryOf(network, { problems: [problem("A", "x")], milliseconds: 420 });
  expect(renderStackLine(summary, options)).toBe(
    "✔ network  333333333333  network  1 resource  1 error\n",
  );
  expect(renderStackLine(summary, { ...options, timings: true })).toContain("0.42 s");
});

test("what rests on planned values is marked", () => {
  const bucket = resource("network", "aws:s3/bucket:Bucket", "extra");
  const preview = { ...network, resources: [...network.resources, bucket] };
  const text = renderStackBlock(summaryOf(preview), preview, options, {
    resources: new Set([bucket.urn]),
    missing: ["aws:sqs/queue:Queue other"],
    inputs: new Map([["x", new Set(["vpcId"])]]),
    problems: new Set(),
    otherProblems: [],
  });
  expect(text).toContain("s3.Bucket extra  (only because of a planned value)");
  expect(text).toContain("only because of planned values: 1 resource, 1 input value");
  expect(text).toContain("only with unknowns: aws:sqs/queue:Queue other");
});

const totals: PreviewTotals = {
  organization: "atoll",
  stacks: [
    summaryOf(network),
    summaryOf(stackPreview("b", { status: "failed", problems: [problem("A", "x")] })),
  ],
  problems: [problem("W", "y", { severity: "warning" })],
};

test("the summary counts stacks, resources and problems", () => {
  expect(renderSummary(totals, plainPaint)).toBe(
    "atoll: 2 stacks (1 ok, 1 failed), 1 resource, 1 error, 1 warning\n",
  );
  expect(renderSummary({ ...totals, milliseconds: 1234 }, plainPaint)).toContain("in 1.23 s");
});

test("what a program printed is shown with --verbose alone, and cannot steer the terminal", () => {
  const summary = { ...summaryOf(network), log: ["one \u001b[31mtwo\u001b[0m"] };
  expect(renderStackBlock(summary, network, options)).not.toContain("one");
  expect(renderStackBlock(summary, network, { ...options, verbose: true })).toContain(
    "  printed by the program\n  │ one two\n",
  );
});

describe("what to type next", () => {
  const next = (stacks: PreviewTotals["stacks"], hasBase = true) =>
    renderNextSteps(
      { ...totals, problems: [], stacks },
      {
        paint: plainPaint,
        organizationFlag: " --organization x.ts",
        hasBase,
        verbose: false,
        sources: false,
      },
    );

  test("after a failure: that stack alone", () => {
    expect(next(totals.stacks)).toContain("atoll preview b --sources --organization x.ts");
    expect(next(totals.stacks)).not.toContain("--base");
  });

  test("when addresses are missing: the command that adds them", () => {
    const missing = {
      ...totals,
      stacks: [],
      problems: [problem("ADDRESS_BOOK_MISSING_ENTRY", "x")],
    };
    const options = {
      paint: plainPaint,
      organizationFlag: "",
      hasBase: true,
      verbose: false,
      sources: false,
    };
    expect(renderNextSteps(missing, options)).toBe(
      "Next\n  atoll addresses allocate  adds the blocks that are missing\n",
    );
  });

  test("when all is well: details, changes and accounts", () => {
    const text = next([summaryOf(network)]);
    expect(text).toContain("atoll preview network --verbose");
    expect(text).toContain("atoll preview --base HEAD");
    expect(next([summaryOf(network)], false)).not.toContain("--base");
    expect(text).toContain("atoll accounts");
    expect(text).toContain("atoll up --sandbox");
  });
});
