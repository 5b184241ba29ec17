import { findCycles } from "./graph-cycles.ts";
import { compareText, type Problem } from "./problem.ts";
import { suggest } from "./text.ts";

/** Something that needs other things first. */
export interface GraphNode {
  readonly id: string;
  /** Ids of what must come before it. */
  readonly needs: readonly string[];
}

/** A need that no node answers. */
export interface UnknownNeed {
  /** The node that has the need. */
  readonly id: string;
  readonly need: string;
}

/** An order for things that need each other. It is the same whatever order the nodes were given in. */
export interface GraphPlan {
  /** Every node that waits on no cycle, each after all that it needs: the waves, one after the other. */
  readonly order: readonly string[];
  /** Nodes that can go at the same time, sorted; each wave needs only earlier ones. */
  readonly waves: readonly (readonly string[])[];
  /** For every node, the nodes that need it directly, sorted. */
  readonly dependents: ReadonlyMap<string, readonly string[]>;
  /** For every node, the known nodes that it needs directly, sorted, without repeats. */
  readonly needs: ReadonlyMap<string, readonly string[]>;
  /**
   * Cycles, each as the ids in the order of their needs, starting with the smallest id and without naming it again at
   * the end: `["a", "b"]` says that a needs b and b needs a. No two share an edge; at most 100.
   */
  readonly cycles: readonly (readonly string[])[];
  /** Needs that no node answers, sorted. They are left out of the order. */
  readonly unknown: readonly UnknownNeed[];
}

/**
 * Plans an order in linear time, without recursion. Nodes on a cycle, and those that wait for one, are in no wave.
 * Nodes with the same id count as one that has all their needs.
 */
export function planGraph(nodes: Iterable<GraphNode>): GraphPlan {
  const { needs, unknown } = readNeeds(nodes);
  const dependents = invert(needs);
  const waves = layer(needs, dependents);
  const order = waves.flat();
  const placed = new Set(order);
  const rest = [...needs.keys()].filter((id) => !placed.has(id));
  return { order, waves, dependents, needs, cycles: findCycles(rest, needs), unknown };
}

/** A cycle edge by edge, closed: `a → b → a`. */
export function formatCycle(cycle: readonly string[]): string {
  return [...cycle, ...cycle.slice(0, 1)].join(" → ");
}

/**
 * What is wrong with a graph: `GRAPH_CYCLE` for each cycle, `GRAPH_UNKNOWN_NODE` for each need that no node answers.
 *
 * @param pathOf where a node's needs were written, such as `stacks.network.needs`; default: the id
 */
export function graphProblems(
  plan: GraphPlan,
  pathOf: (id: string) => string = (id) => id,
): readonly Problem[] {
  return [
    ...plan.cycles.map((cycle) => cycleProblem(cycle, pathOf(cycle[0] ?? ""))),
    ...plan.unknown.map((found) => unknownProblem(found, pathOf(found.id), plan.needs.keys())),
  ];
}

function cycleProblem(cycle: readonly string[], path: string): Problem {
  return {
    code: "GRAPH_CYCLE",
    severity: "error",
    path,
    message: `These need each other in a circle: ${formatCycle(cycle)}.`,
    got: [...cycle, ...cycle.slice(0, 1)],
    expected: "an order in which each comes after all that it needs",
    fix: "Remove one of these needs.",
  };
}

function unknownProblem(found: UnknownNeed, path: string, ids: Iterable<string>): Problem {
  const known = [...ids].sort(compareText);
  const meant = suggest(found.need, known);
  const some = known.slice(0, 10).join(", ");
  return {
    code: "GRAPH_UNKNOWN_NODE",
    severity: "error",
    path,
    message: `"${found.id}" needs "${found.need}", which does not exist.`,
    got: found.need,
    expected:
      known.length > 10 ? `one of ${known.length} known, such as ${some}` : `one of ${some}`,
    fix: meant === undefined ? "Add it, or remove the need." : `Did you mean "${meant}"?`,
  };
}

function readNeeds(nodes: Iterable<GraphNode>): {
  readonly needs: ReadonlyMap<string, readonly string[]>;
  readonly unknown: readonly UnknownNeed[];
} {
  const all = new Map<string, Set<string>>();
  for (const node of nodes) {
    const needs = all.get(node.id) ?? new Set<string>();
    for (const need of node.needs) needs.add(need);
    all.set(node.id, needs);
  }
  const unknown: UnknownNeed[] = [];
  const sorted = [...all].sort(([a], [b]) => compareText(a, b));
  const needs = new Map<string, readonly string[]>();
  for (const [id, wanted] of sorted) {
    const inOrder = [...wanted].sort(compareText);
    for (const need of inOrder) if (!all.has(need)) unknown.push({ id, need });
    needs.set(
      id,
      inOrder.filter((need) => all.has(need)),
    );
  }
  return { needs, unknown };
}

function invert(
  needs: ReadonlyMap<string, readonly string[]>,
): ReadonlyMap<string, readonly string[]> {
  // Filled in sorted order of the keys, so every list comes out sorted.
  const dependents = new Map<string, string[]>([...needs.keys()].map((id) => [id, []]));
  for (const [id, wanted] of needs) for (const need of wanted) dependents.get(need)?.push(id);
  return dependents;
}

function layer(
  needs: ReadonlyMap<string, readonly string[]>,
  dependents: ReadonlyMap<string, readonly string[]>,
): readonly (readonly string[])[] {
  const missing = new Map([...needs].map(([id, wanted]) => [id, wanted.length]));
  const waves: string[][] = [];
  let wave = [...missing].filter(([, count]) => count === 0).map(([id]) => id);
  while (wave.length > 0) {
    waves.push(wave.sort(compareText));
    const next: string[] = [];
    for (const id of wave) {
      for (const dependent of dependents.get(id) ?? []) {
        const left = (missing.get(dependent) ?? 0) - 1;
        missing.set(dependent, left);
        if (left === 0) next.push(dependent);
      }
    }
    wave = next;
  }
  return waves;
}
