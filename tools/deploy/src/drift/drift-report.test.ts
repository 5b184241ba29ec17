import { driftOf } from "./drift-report.ts";

const URN = "urn:pulumi:network::acme::aws:ec2/vpc:Vpc::main";
const outcome = (op: string, step: object) =>
  ({
    stack: "network",
    operations: [{ urn: URN, op, state: "done", changed: [], replacing: [] }],
    steps: new Map([[URN, { urn: URN, op, type: "aws:ec2/vpc:Vpc", provider: "", ...step }]]),
  }) as unknown as Parameters<typeof driftOf>[0];

test("a property that was changed outside shows both values, whatever its path is made of", () => {
  const drift = driftOf(
    outcome("update", {
      detailedDiff: {
        'tags["a.b"]': { diffKind: "update", inputDiff: true },
        "ingress[1].fromPort": { diffKind: "update", inputDiff: true },
        enableDnsSupport: { diffKind: "add", inputDiff: true },
      },
      old: { inputs: { tags: { "a.b": "hand" }, ingress: [{}, { fromPort: 22 }] } },
      new: {
        inputs: {
          tags: { "a.b": "code" },
          ingress: [{}, { fromPort: 443 }],
          enableDnsSupport: true,
        },
      },
    }),
  );
  expect(drift.resources).toMatchObject([
    {
      kind: "changed",
      name: "main",
      replaces: false,
      properties: [
        { path: "enableDnsSupport", actual: null, code: true },
        { path: "ingress[1].fromPort", actual: 22, code: 443 },
        { path: 'tags["a.b"]', actual: "hand", code: "code" },
      ],
    },
  ]);
});

test.each([
  ["create", "missing"],
  ["delete", "extra"],
])("%s means that it is %s", (op, kind) => {
  expect(driftOf(outcome(op, {})).resources).toMatchObject([{ kind, properties: [] }]);
});

test("what is as it should be is no drift, and neither is a component", () => {
  expect(driftOf(outcome("same", {})).resources).toEqual([]);
  expect(driftOf(outcome("update", { type: "atoll:networking:Vpc" })).resources).toEqual([]);
});
