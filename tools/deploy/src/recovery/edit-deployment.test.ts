import fc from "fast-check";

import type { StateResource } from "../state/deployment.ts";

import { editDeployment } from "./edit-deployment.ts";
import { orderResources } from "./order-resources.ts";
import { IMPORTED_MARK, type RecoveryDecision, type RecoveryPlan } from "./plan-recovery.ts";
import { declaredVpc, pending, provider, PROVIDER, vpc, vpcUrn } from "./testing/states.ts";

function planOf(...ids: readonly [string, string][]): RecoveryPlan {
  const decisions = ids.map(([name, id]): RecoveryDecision => ({
    urn: vpcUrn(name),
    type: "aws:ec2/vpc:Vpc",
    action: "import",
    evidence: "pending",
    id,
    answered: false,
    candidates: [],
  }));
  return { decisions, refresh: [], rewrites: true, problems: [] };
}

const names = (resources: readonly StateResource[] = []) =>
  resources.map(({ id, delete: isLeft }) => `${id ?? ""}${isLeft === true ? " left" : ""}`);

test("what was asked for keeps all that Pulumi noted, and is read as what is known already", () => {
  const asked = vpc("a", {
    id: "",
    inputs: { cidrBlock: "x" },
    protect: true,
    outputs: { old: 1 },
  });
  const deployment = { resources: [provider], pending_operations: [pending("creating", asked)] };
  const edited = editDeployment(deployment, planOf(["a", "vpc-new"]), []);
  expect(edited.pending_operations).toBeUndefined();
  expect(edited.resources?.[1]).toEqual({
    urn: vpcUrn("a"),
    type: "aws:ec2/vpc:Vpc",
    custom: true,
    id: "vpc-new",
    inputs: { cidrBlock: "x" },
    outputs: { cidrBlock: "x", id: "vpc-new" },
    provider: PROVIDER,
    protect: true,
    initErrors: [IMPORTED_MARK],
  });
});

test("of what was only declared it has the real provider, and the dependencies that exist", () => {
  const declared = declaredVpc("a", {
    dependencies: [vpcUrn("b"), vpcUrn("gone")],
    options: { retainOnDelete: true },
  });
  const edited = editDeployment({ resources: [provider, vpc("b")] }, planOf(["a", "vpc-new"]), [
    declared,
  ]);
  expect(edited.resources?.[2]).toMatchObject({
    id: "vpc-new",
    provider: PROVIDER,
    dependencies: [vpcUrn("b")],
    inputs: { cidrBlock: "10.0.0.0/16", __defaults: [] },
    retainOnDelete: true,
  });
});

test("a name that was made up is a default that is still to be read, or the next update would make up another", () => {
  const outputs = { id: "a-1234567", name: "a-1234567", arn: "arn:a-1234567", other: "b-1234567" };
  const edited = editDeployment({ resources: [provider] }, planOf(["a", "vpc-new"]), [
    declaredVpc("a", { outputs }),
  ]);
  expect(edited.resources?.[1]?.inputs).toEqual({
    cidrBlock: "10.0.0.0/16",
    name: "",
    __defaults: ["name"],
  });
});

test("what a person gave the id of has no outputs: it is read as an import", () => {
  const plan = planOf(["a", "subnet-1/rtb-1"]);
  const answered = {
    ...plan,
    decisions: plan.decisions.map((each) => ({ ...each, answered: true })),
  };
  const edited = editDeployment({ resources: [provider] }, answered, [declaredVpc("a")]);
  expect(edited.resources?.[1]).toMatchObject({
    id: "subnet-1/rtb-1",
    initErrors: [IMPORTED_MARK],
  });
  expect(edited.resources?.[1]?.outputs).toBeUndefined();
});

test("a replacement stands where the other stood, which is left to be deleted", () => {
  const resources = [
    provider,
    vpc("a", { id: "vpc-old" }),
    vpc("b", { dependencies: [vpcUrn("a")] }),
  ];
  const deployment = { resources, pending_operations: [pending("creating", vpc("a"))] };
  const edited = editDeployment(deployment, planOf(["a", "vpc-new"]), []);
  expect(names(edited.resources)).toEqual(["p-1", "vpc-new", "vpc-b", "vpc-old left"]);
});

test("one that was deleted before its replacement is gone", () => {
  const resources = [provider, vpc("a", { id: "vpc-old", pendingReplacement: true })];
  const deployment = { resources, pending_operations: [pending("creating", vpc("a"))] };
  expect(names(editDeployment(deployment, planOf(["a", "vpc-new"]), []).resources)).toEqual([
    "p-1",
    "vpc-new",
  ]);
});

test("without a provider, a parent or a declaration it is refused: it is not of this state's last run", () => {
  const parent = declaredVpc("a", { parent: "urn:pulumi:shop::acme::atoll:x:Y::y" });
  for (const [resources, declared] of [
    [[], [declaredVpc("a")]],
    [[provider], [parent]],
    [[provider], []],
  ] as const) {
    expect(() => editDeployment({ resources }, planOf(["a", "vpc-new"]), declared)).toThrow(
      expect.objectContaining({ code: "RECOVERY_WITHOUT_PROVIDER" }) as Error,
    );
  }
});

describe("the order of a state", () => {
  const count = 7;
  const shuffled = fc.shuffledSubarray([...Array(count).keys()], {
    minLength: count,
    maxLength: count,
  });
  const edges = fc.array(fc.tuple(fc.nat(count - 1), fc.nat(count - 1)), { maxLength: 12 });

  test("has everything behind what it refers to, and loses nothing", () => {
    fc.assert(
      fc.property(shuffled, edges, (order, pairs) => {
        const resources = order.map((index) => {
          // Edges from higher to lower alone: a state has no cycles.
          const below = pairs
            .filter(([from, to]) => from === index && to < index)
            .map(([, to]) => vpcUrn(String(to)));
          return vpc(String(index), { dependencies: below });
        });
        const ordered = orderResources([provider, ...resources]);
        expect([...ordered].sort(byId)).toEqual([provider, ...resources].sort(byId));
        const seen = new Set<string>();
        for (const { urn, dependencies = [], provider: reference } of ordered) {
          for (const dependency of dependencies) expect(seen).toContain(dependency);
          if (reference !== undefined) expect(seen).toContain(provider.urn);
          seen.add(urn);
        }
      }),
    );
  });

  test("stays as it is where it is right", () => {
    const resources = [provider, vpc("b"), vpc("a", { dependencies: [vpcUrn("b")] }), vpc("c")];
    expect(orderResources(resources)).toEqual(resources);
  });
});

function byId(a: StateResource, b: StateResource): number {
  return (a.id ?? "") < (b.id ?? "") ? -1 : 1;
}
