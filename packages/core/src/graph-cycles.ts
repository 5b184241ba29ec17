import { compareText } from "./problem.ts";

/** Beyond this many cycles more of them help nobody, and a dense graph has very many. */
const maxCycles = 100;

type Edges = Map<string, Set<string>>;

/**
 * Cycles among some nodes, sorted: for the smallest id on a cycle a shortest cycle through it, then the same again
 * without its edges, until none is left. So a reader who breaks each reported cycle sees all that is independent in
 * one go. It uses no recursion: graphs of thousands of nodes are fine.
 *
 * @param ids where to look, such as the nodes that no wave took
 */
export function findCycles(
  ids: readonly string[],
  needs: ReadonlyMap<string, readonly string[]>,
): readonly (readonly string[])[] {
  const edges = edgesBetweenCycles(ids, needs);
  const cycles: string[][] = [];
  for (const start of edges.keys()) {
    let cycle = shortestCycle(start, edges);
    while (cycle !== undefined && cycles.length < maxCycles) {
      cycles.push(cycle);
      removeEdges(edges, cycle);
      cycle = shortestCycle(start, edges);
    }
    // Every cycle through this node is broken now; later searches need not visit it.
    edges.set(start, new Set());
    if (cycles.length >= maxCycles) break;
  }
  return cycles;
}

/** The nodes on cycles and between them: those that merely wait for a cycle are taken off, outermost first. */
function edgesBetweenCycles(
  ids: readonly string[],
  needs: ReadonlyMap<string, readonly string[]>,
): Edges {
  const inside = new Set(ids);
  const edges: Edges = new Map(
    [...ids]
      .sort(compareText)
      .map((id) => [id, new Set((needs.get(id) ?? []).filter((need) => inside.has(need)))]),
  );
  const neededBy = new Map(ids.map((id) => [id, 0]));
  for (const wanted of edges.values()) {
    for (const need of wanted) neededBy.set(need, (neededBy.get(need) ?? 0) + 1);
  }
  const unneeded = [...neededBy].filter(([, count]) => count === 0).map(([id]) => id);
  for (let id = unneeded.pop(); id !== undefined; id = unneeded.pop()) {
    for (const need of edges.get(id) ?? []) {
      const left = (neededBy.get(need) ?? 0) - 1;
      neededBy.set(need, left);
      if (left === 0) unneeded.push(need);
    }
    edges.delete(id);
  }
  return edges;
}

/** Breadth first from a node until it is reached again. */
function shortestCycle(start: string, edges: Edges): string[] | undefined {
  const cameFrom = new Map<string, string>();
  let frontier = [start];
  while (frontier.length > 0) {
    const next: string[] = [];
    for (const id of frontier) {
      for (const need of edges.get(id) ?? []) {
        if (need === start) return trace(start, id, cameFrom);
        if (cameFrom.has(need)) continue;
        cameFrom.set(need, id);
        next.push(need);
      }
    }
    frontier = next;
  }
  return undefined;
}

function trace(start: string, last: string, cameFrom: ReadonlyMap<string, string>): string[] {
  const backwards: string[] = [];
  let id: string | undefined = last;
  while (id !== undefined && id !== start) {
    backwards.push(id);
    id = cameFrom.get(id);
  }
  return [start, ...backwards.reverse()];
}

function removeEdges(edges: Edges, cycle: readonly string[]): void {
  cycle.forEach((id, index) => {
    edges.get(id)?.delete(cycle[(index + 1) % cycle.length] ?? id);
  });
}
