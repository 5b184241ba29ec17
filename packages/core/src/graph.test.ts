import fc from "fast-check";

import { formatCycle, graphProblems, planGraph, type GraphNode } from "./graph.ts";

const node = (id: string, ...needs: string[]): GraphNode => ({ id, needs });

const anyGraph = fc
  .array(
    fc.record({ id: fc.nat({ max: 15 }), needs: fc.array(fc.nat({ max: 18 }), { maxLength: 3 }) }),
    { maxLength: 16 },
  )
  .map((nodes) => nodes.map(({ id, needs }) => node(`n${id}`, ...needs.map((need) => `n${need}`))));

test("waves hold what can go together, and the order is the waves in turn", () => {
  const plan = planGraph([
    node("workloads-dev", "network", "security"),
    node("network", "security"),
    node("security"),
    node("delivery", "security"),
  ]);
  expect(plan.waves).toEqual([["security"], ["delivery", "network"], ["workloads-dev"]]);
  expect(plan.order).toEqual(["security", "delivery", "network", "workloads-dev"]);
  expect(plan.dependents.get("security")).toEqual(["delivery", "network", "workloads-dev"]);
  expect(plan.needs.get("workloads-dev")).toEqual(["network", "security"]);
  expect(graphProblems(plan)).toEqual([]);
});

test("a cycle is named edge by edge; what waits for it is in no wave, the rest is", () => {
  const plan = planGraph([
    node("c", "a"),
    node("a", "b"),
    node("b", "c"),
    node("waits", "a"),
    node("free"),
  ]);
  expect(plan.cycles).toEqual([["a", "b", "c"]]);
  expect(formatCycle(plan.cycles[0] ?? [])).toBe("a → b → c → a");
  expect(plan.order).toEqual(["free"]);
  expect(graphProblems(plan, (id) => `stacks.${id}.needs`)).toEqual([
    expect.objectContaining({
      code: "GRAPH_CYCLE",
      severity: "error",
      path: "stacks.a.needs",
      got: ["a", "b", "c", "a"],
    }),
  ]);
});

test("the shortest cycle through a node is named, not a detour; then those that stay", () => {
  const plan = planGraph([
    node("a", "b", "d"),
    node("b", "c"),
    node("c", "a"),
    node("d", "a"),
    node("x", "x"),
    node("y", "z"),
    node("z", "y"),
  ]);
  expect(plan.cycles).toEqual([["a", "d"], ["a", "b", "c"], ["x"], ["y", "z"]]);
  expect(formatCycle(["x"])).toBe("x → x");
});

test("a need that nobody answers is named with what was probably meant", () => {
  const plan = planGraph([node("workloads", "netwrok"), node("network")]);
  expect(plan.unknown).toEqual([{ id: "workloads", need: "netwrok" }]);
  expect(plan.order).toEqual(["network", "workloads"]);
  const [problem] = graphProblems(plan);
  expect(problem).toMatchObject({ code: "GRAPH_UNKNOWN_NODE", path: "workloads", got: "netwrok" });
  expect(problem?.fix).toContain("network");
});

test("nodes with the same id count as one", () => {
  const plan = planGraph([node("a", "b"), node("a", "c"), node("b"), node("c")]);
  expect(plan.needs.get("a")).toEqual(["b", "c"]);
  expect(plan.order).toEqual(["b", "c", "a"]);
});

test("every edge goes from a later wave to an earlier one, and as early as can be", () => {
  fc.assert(
    fc.property(anyGraph, (nodes) => {
      const plan = planGraph(nodes);
      const wave = new Map(
        plan.waves.flatMap((ids, index) => ids.map((id) => [id, index] as const)),
      );
      for (const [id, index] of wave) {
        const needs = (plan.needs.get(id) ?? []).map((need) => wave.get(need) ?? Number.NaN);
        expect(index).toBe(needs.length === 0 ? 0 : 1 + Math.max(...needs));
      }
    }),
  );
});

test("the order in which nodes and needs are given leaves no trace", () => {
  fc.assert(
    fc.property(anyGraph, (nodes) => {
      const turned = [...nodes].reverse().map(({ id, needs }) => node(id, ...[...needs].reverse()));
      expect(planGraph(turned)).toEqual(planGraph(nodes));
    }),
  );
});

test("a reported cycle is one, no node twice, no edge in two; none is reported exactly when every node is placed", () => {
  fc.assert(
    fc.property(anyGraph, (nodes) => {
      const plan = planGraph(nodes);
      const edges = plan.cycles.flatMap((cycle) =>
        cycle.map((id, index) => [id, cycle[(index + 1) % cycle.length] ?? id] as const),
      );
      for (const [id, need] of edges) expect(plan.needs.get(id)).toContain(need);
      expect(new Set(edges.map((edge) => edge.join(" "))).size).toBe(edges.length);
      for (const cycle of plan.cycles) expect(new Set(cycle).size).toBe(cycle.length);
      expect(plan.cycles.length === 0).toBe(plan.order.length === plan.needs.size);
    }),
  );
});

test("when one edge of each reported cycle goes, and again, the graph gets in order", () => {
  fc.assert(
    fc.property(anyGraph, (nodes) => {
      let current = nodes;
      for (let round = 0; round < 10 && planGraph(current).cycles.length > 0; round += 1) {
        const cut = new Set(
          planGraph(current).cycles.map(([id = "", need = id]) => `${id} ${need}`),
        );
        current = current.map(({ id, needs }) =>
          node(id, ...needs.filter((need) => !cut.has(`${id} ${need}`))),
        );
      }
      expect(planGraph(current).cycles).toEqual([]);
    }),
  );
});

test("20,000 nodes in a line, in a ring, and waiting for a ring overflow no stack and take no minutes", () => {
  const size = 20_000;
  const id = (index: number) => String(index).padStart(6, "0");
  const line = Array.from({ length: size }, (_, i) => node(id(i), ...(i === 0 ? [] : [id(i - 1)])));
  expect(planGraph(line).waves).toHaveLength(size);
  const ring = [...line.slice(1), node(id(0), id(size - 1))];
  expect(planGraph(ring).cycles.map((cycle) => cycle.length)).toEqual([size]);
  const waiting = [...line.slice(2), node(id(0), id(1)), node(id(1), id(0))];
  expect(planGraph(waiting).cycles).toEqual([[id(0), id(1)]]);
}, 20_000);
