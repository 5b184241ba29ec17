import fc from "fast-check";

import type { Candidate, SoughtResource } from "./identity.ts";
import { IMPORTED_MARK, planRecovery, type RecoveryAnswer } from "./plan-recovery.ts";
import { soughtResources } from "./seek-resources.ts";
import { declaredVpc, pending, provider, vpc, vpcUrn } from "./testing/states.ts";

const NONE = { made: [], changed: [] };

const candidate = (id: string, certain = true): Candidate => ({ id, certain, description: "" });

function decide(options: {
  readonly evidence?: SoughtResource["evidence"];
  readonly identifiable?: boolean;
  readonly candidates: readonly Candidate[];
  readonly state?: readonly ReturnType<typeof vpc>[];
  readonly pendingCreated?: string;
  readonly answer?: RecoveryAnswer;
}) {
  const { evidence = "pending", identifiable = true, candidates, state = [], answer } = options;
  const created = options.pendingCreated === undefined ? {} : { created: options.pendingCreated };
  const operation = pending("creating", vpc("a", { ...created }));
  const deployment = {
    resources: state,
    pending_operations: evidence === "pending" ? [operation] : [],
  };
  const urn = vpcUrn("a");
  const sought = [{ urn, type: "aws:ec2/vpc:Vpc", name: "a", stack: "shop", inputs: {}, evidence }];
  return planRecovery({
    deployment,
    sought,
    found: new Map([[urn, { identifiable, candidates }]]),
    doubts: NONE,
    ...(answer === undefined ? {} : { answers: new Map([[urn, answer]]) }),
  });
}

describe("a creation that was cut short", () => {
  test("of which one thing is there is imported, and read", () => {
    const plan = decide({ candidates: [candidate("vpc-new")] });
    expect(plan.decisions).toMatchObject([{ action: "import", id: "vpc-new" }]);
    expect(plan).toMatchObject({ refresh: [vpcUrn("a")], rewrites: true, problems: [] });
  });

  test("of which nothing is there is done again", () => {
    expect(decide({ candidates: [] }).decisions).toMatchObject([{ action: "create", id: null }]);
  });

  test.each([
    ["several things", [candidate("vpc-1"), candidate("vpc-2")]],
    ["one that does not carry the tags", [candidate("vpc-1", false)]],
  ])("of which %s are there is left to a person", (_what, candidates) => {
    const plan = decide({ candidates });
    expect(plan.decisions).toMatchObject([{ action: "ask", id: null }]);
    expect(plan.problems).toMatchObject([{ code: "RECOVERY_AMBIGUOUS", path: vpcUrn("a") }]);
  });

  test("that nothing identifies is reported, and not done again", () => {
    const plan = decide({ candidates: [], identifiable: false });
    expect(plan.decisions).toMatchObject([{ action: "report" }]);
    expect(plan.problems).toMatchObject([{ code: "RECOVERY_UNIDENTIFIED" }]);
  });

  test("of what the state has already is done again: that one is another", () => {
    const state = [vpc("a", { id: "vpc-old", delete: true }), vpc("b", { id: "vpc-b" })];
    const candidates = [candidate("vpc-old"), candidate("vpc-b")];
    expect(decide({ candidates, state }).decisions).toMatchObject([{ action: "create" }]);
  });

  test("of a replacement puts what is there beside what it replaces", () => {
    const state = [vpc("a", { id: "vpc-old", created: "2026-01-01T00:00:00Z" })];
    const candidates = [candidate("vpc-old"), candidate("vpc-new")];
    const plan = decide({ candidates, state, pendingCreated: "2026-01-01T00:00:00Z" });
    expect(plan.decisions).toMatchObject([{ action: "replace", id: "vpc-new" }]);
  });

  test("and that a plain `pulumi up` did again meanwhile leaves a second one, which is left to a person", () => {
    const state = [vpc("a", { id: "vpc-again", created: "2026-01-02T00:00:00Z" })];
    const candidates = [candidate("vpc-again"), candidate("vpc-first")];
    const plan = decide({ candidates, state, pendingCreated: "2026-01-01T00:00:00Z" });
    expect(plan.decisions).toMatchObject([{ action: "ask" }]);
  });

  test("is decided by what a person says", () => {
    const two = [candidate("vpc-1"), candidate("vpc-2")];
    const said = decide({ candidates: two, answer: { id: "vpc-2" } });
    expect(said).toMatchObject({ decisions: [{ action: "import", id: "vpc-2" }], problems: [] });
    const absent = decide({ candidates: [], identifiable: false, answer: "absent" });
    expect(absent).toMatchObject({ decisions: [{ action: "create" }], problems: [] });
  });
});

describe("after a run of which only the end is missing", () => {
  test("what is declared and not there is an ordinary creation", () => {
    for (const identifiable of [true, false]) {
      const plan = decide({ evidence: "suspected", candidates: [], identifiable });
      expect(plan).toMatchObject({ decisions: [], problems: [], rewrites: false });
    }
  });

  test("what is there is imported", () => {
    const plan = decide({ evidence: "suspected", candidates: [candidate("vpc-new")] });
    expect(plan.decisions).toMatchObject([{ action: "import" }]);
  });
});

test("what was being changed or deleted is read, and what an earlier recovery did not come to read", () => {
  const resources = [
    provider,
    vpc("a"),
    vpc("b"),
    vpc("c"),
    vpc("d", { initErrors: [IMPORTED_MARK] }),
  ];
  const operations = [
    pending("updating", vpc("a")),
    pending("deleting", vpc("gone")),
    pending("reading", vpc("c")),
  ];
  const deployment = { resources, pending_operations: operations };
  const doubts = { made: [], changed: [vpcUrn("b")] };
  const plan = planRecovery({ deployment, sought: [], found: new Map(), doubts });
  expect(plan.refresh).toEqual(["a", "b", "d"].map(vpcUrn));
  expect(plan.rewrites).toBe(true);
});

describe("what is looked for", () => {
  const names = (request: Parameters<typeof soughtResources>[0]) =>
    soughtResources(request).map(({ name, evidence }) => `${name} ${evidence}`);

  test("are creations under way, unanswered ones, and after a cut what the state lacks", () => {
    const component = {
      urn: "urn:pulumi:shop::acme::atoll:x:Y::y",
      type: "atoll:x:Y",
      custom: false,
    };
    const deployment = {
      resources: [provider, vpc("there")],
      pending_operations: [
        pending("creating", vpc("pending")),
        pending("creating", component),
        pending("creating", { ...provider }),
      ],
    };
    const declared = ["there", "missing", "lost", "pending"].map((name) => declaredVpc(name));
    const others = [
      declaredVpc("external", { options: { external: true } }),
      declaredVpc("imported", { options: { import: "vpc-1" } }),
    ];
    const request = {
      deployment,
      declared: [...declared, ...others],
      doubts: { made: [vpcUrn("lost")], changed: [] },
    };
    expect(names({ ...request, cutShort: false })).toEqual(["lost unanswered", "pending pending"]);
    expect(names({ ...request, cutShort: true })).toEqual([
      "lost unanswered",
      "missing suspected",
      "pending pending",
    ]);
  });

  test("is not a replacement whose successor is in the state: only its deletion was cut short", () => {
    const resources = [provider, vpc("a"), vpc("a", { id: "vpc-old", delete: true })];
    const doubts = { made: [vpcUrn("a")], changed: [] };
    const request = {
      deployment: { resources },
      declared: [declaredVpc("a")],
      doubts,
      cutShort: false,
    };
    expect(names(request)).toEqual([]);
  });
});

test("nothing is imported that is uncertain, in the state already, or one of several", () => {
  const candidates = fc.array(
    fc.record({
      id: fc.constantFrom("vpc-a", "vpc-1", "vpc-2"),
      certain: fc.boolean(),
      description: fc.constant(""),
    }),
    { maxLength: 3 },
  );
  fc.assert(
    fc.property(
      candidates,
      fc.boolean(),
      fc.constantFrom("pending", "unanswered", "suspected"),
      (found, live, evidence) => {
        const state = live ? [vpc("a")] : [];
        const plan = decide({
          evidence: evidence,
          candidates: found,
          state,
        });
        for (const { id, action } of plan.decisions) {
          if (id === null) continue;
          const fresh = found.filter((each) => !live || each.id !== "vpc-a");
          expect(fresh).toHaveLength(1);
          expect(fresh[0]).toMatchObject({ id, certain: true });
          expect(action).toBe(live ? "replace" : "import");
        }
      },
    ),
  );
});
