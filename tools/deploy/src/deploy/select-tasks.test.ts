import fc from "fast-check";

import type { LifecycleState, StackPlan } from "@atoll/organization";

import { selectTasks } from "./select-tasks.ts";

const plan = (
  stack: string,
  needs: readonly string[] = [],
  lifecycle: LifecycleState = "active",
): StackPlan => ({
  stack,
  account: { name: stack, lifecycle } as StackPlan["account"],
  unit: null,
  kind: stack,
  needs: Object.fromEntries(needs.map((need) => [need, need])),
  status: "run",
  reason: "",
});

const PLANS = [plan("management"), plan("network", ["management"]), plan("shop", ["network"])];
const select = (
  command: "up" | "destroy" | "refresh",
  names: readonly string[] = [],
  existing: readonly string[] = [],
  stacks: readonly StackPlan[] = PLANS,
) => selectTasks({ command, stacks, names, existing });

test("what is needed comes first, and when destroying last", () => {
  expect(select("up").tasks.map(({ stack, after }) => [stack, after])).toEqual([
    ["management", []],
    ["network", ["management"]],
    ["shop", ["network"]],
  ]);
  expect(select("destroy").tasks.map(({ stack, after }) => [stack, after])).toEqual([
    ["shop", []],
    ["network", ["shop"]],
    ["management", ["network"]],
  ]);
});

test("a named stack is worked on alone: what it needs is there already", () => {
  expect(select("up", ["shop"]).tasks).toEqual([{ stack: "shop", after: [], orphaned: false }]);
});

test("the order of destroying is the order of creating, backwards", () => {
  const graphs = fc
    .array(fc.array(fc.nat(), { maxLength: 3 }), { minLength: 1, maxLength: 8 })
    .map((rows) =>
      rows.map((picks, index) =>
        plan(
          `s${String(index)}`,
          index === 0 ? [] : picks.map((pick) => `s${String(pick % index)}`),
        ),
      ),
    );
  fc.assert(
    fc.property(graphs, (stacks) => {
      const edges = (command: "up" | "destroy") =>
        select(command, [], [], stacks).tasks.flatMap(({ stack, after }) =>
          after.map((other) => (command === "up" ? `${other} ${stack}` : `${stack} ${other}`)),
        );
      expect([...edges("destroy")].sort()).toEqual([...edges("up")].sort());
    }),
  );
});

test("an account that is being emptied takes no deployment, and can be destroyed", () => {
  const stacks = [plan("management"), plan("old", ["management"], "draining")];
  expect(select("up", [], [], stacks)).toMatchObject({
    tasks: [{ stack: "management" }],
    left: [{ stack: "old" }],
  });
  expect(select("up", ["old"], [], stacks).problems).toMatchObject([
    { code: "STACK_REFUSED", path: "old" },
  ]);
  expect(select("destroy", ["old"], [], stacks)).toMatchObject({
    tasks: [{ stack: "old" }],
    problems: [],
  });
});

test("a closed account never breaks a run", () => {
  const stacks = [plan("management"), plan("gone", ["management"], "closed")];
  expect(select("up", [], ["gone"], stacks)).toMatchObject({
    left: [{ stack: "gone" }],
    problems: [],
  });
});

test("a state that belongs to no stack is told of, and only what needs no program can be done to it", () => {
  expect(select("up", [], ["sold"]).problems).toMatchObject([
    { code: "STACK_ORPHANED", severity: "warning", path: "sold" },
  ]);
  expect(select("destroy", ["sold"], ["sold"])).toMatchObject({
    tasks: [{ stack: "sold", orphaned: true }],
    problems: [],
  });
  expect(select("up", ["sold"], ["sold"]).problems).toMatchObject([{ code: "STACK_UNKNOWN" }]);
});

test("a name that is mistyped is refused with the nearest one", () => {
  const [problem] = select("up", ["netwrok"]).problems;
  expect(problem).toMatchObject({ code: "STACK_UNKNOWN", fix: "Did you mean network?" });
});
