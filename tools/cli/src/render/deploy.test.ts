import type { DeployReport, Operation, StackOutcome } from "@atoll/deploy";

import { renderChanges, renderReport, reportJson } from "./deploy.ts";
import { plainPaint } from "./paint.ts";

const operation = (op: string, name: string, more: Partial<Operation> = {}): Operation => ({
  urn: `urn:pulumi:s::o::atoll:networking:Vpc$aws:ec2/subnet:Subnet::${name}`,
  op,
  state: "done",
  changed: [],
  replacing: [],
  ...more,
});
const outcome = (stack: string, more: Partial<StackOutcome> = {}): StackOutcome => ({
  stack,
  status: "ok",
  problems: [],
  operations: [],
  errors: [],
  steps: new Map(),
  reason: "",
  blockedBy: [],
  milliseconds: 1_500,
  ...more,
});
const report = (more: Partial<DeployReport>): DeployReport => ({
  run: "r1",
  outcomes: [],
  problems: [],
  left: [],
  kept: [],
  drift: [],
  declined: false,
  ...more,
});
const options = { milliseconds: 2_000, quiet: false, told: false };

test("many new resources are one line, a replacement is always one of its own, with the reason", () => {
  const creates = Array.from({ length: 9 }, (_, index) => operation("create", `a${String(index)}`));
  const replace = operation("replace", "b", { replacing: ["cidrBlock"] });
  const same = operation("same", "c");
  expect(
    renderChanges([outcome("network", { operations: [...creates, replace, same] })], plainPaint),
  ).toBe("network: 10 changes\n  + 9 resources: 9 ec2.Subnet\n  ± ec2.Subnet b  (cidrBlock)\n");
});

test("stacks with the same changes are told of once", () => {
  const operations = [operation("update", "a", { changed: ["tags"] })];
  expect(
    renderChanges(
      [outcome("x", { operations }), outcome("y", { operations }), outcome("z")],
      plainPaint,
    ),
  ).toBe("x, y: 1 change\n  ~ ec2.Subnet a  (tags)\nz: no changes\n");
});

test("a report says how each stack came out, and why", () => {
  const text = renderReport(
    "up",
    report({
      outcomes: [
        outcome("a", { operations: [operation("create", "x")] }),
        outcome("b", { status: "unchanged", reason: "nothing changed" }),
        outcome("c", { status: "failed" }),
        outcome("d", { status: "blocked", blockedBy: ["c"] }),
      ],
    }),
    options,
    plainPaint,
  );
  expect(text).toContain("✔ a  1 created, 1.50 s\n");
  expect(text).toContain("✔ b  unchanged  nothing changed\n");
  expect(text).toContain("✖ c  failed");
  expect(text).toContain("– d  blocked  waits for c\n");
  expect(text).toContain(
    "4 stacks (1 ok, 1 unchanged, 1 failed, 1 blocked), 1 created, 2.00 s (run r1)",
  );
});

test("drift names both values, what reverts it and what adopts it", () => {
  const drift = [
    {
      stack: "network",
      resources: [
        {
          urn: operation("update", "a").urn,
          type: "aws:ec2/subnet:Subnet",
          name: "a",
          kind: "changed" as const,
          replaces: false,
          properties: [{ path: "mapPublicIpOnLaunch", actual: true, code: false }],
        },
      ],
    },
  ];
  const text = renderReport("drift", report({ drift }), options, plainPaint);
  expect(text).toContain("mapPublicIpOnLaunch: true is there, false in the code");
  expect(text).toContain("revert  atoll up network --refresh");
  expect(text).toContain("adopt   write into the code: a.mapPublicIpOnLaunch = true");
});

test("what a person declined changed nothing", () => {
  expect(renderReport("up", report({ declined: true }), options, plainPaint)).toBe(
    "atoll up: nothing was changed\n",
  );
});

test("as data, operations that change nothing are left out and the order is stable", () => {
  const operations = [operation("same", "a"), operation("create", "b")];
  const data = JSON.parse(
    reportJson("up", report({ outcomes: [outcome("a", { operations })] })),
  ) as {
    readonly stacks: readonly { readonly operations: readonly unknown[] }[];
  };
  expect(data).toMatchObject({ version: 1, command: "up", run: "r1" });
  expect(data.stacks[0]?.operations).toHaveLength(1);
});
