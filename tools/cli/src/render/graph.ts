import { compareText } from "@atoll/core";
import type { StackStatus } from "@atoll/engine";

/** A stack in the graph. */
export interface GraphNode {
  readonly stack: string;
  readonly kind: string;
  readonly unit: string | null;
  readonly accountId: string | null;
  readonly status: StackStatus;
}

/** Stacks and, by stack, the stacks whose outputs it reads. */
export interface StackGraph {
  readonly organization: string;
  readonly stacks: readonly GraphNode[];
  readonly needs: Readonly<Record<string, readonly string[]>>;
}

/** The languages a graph is written in. */
export const GRAPH_FORMATS = ["mermaid", "dot"] as const;
export type GraphFormat = (typeof GRAPH_FORMATS)[number];

const FILL: Readonly<Record<StackStatus, string>> = {
  ok: "#d8f3dc",
  failed: "#ffccd5",
  blocked: "#ffe8b5",
  skipped: "#e9ecef",
};

const STATUSES = ["ok", "failed", "blocked", "skipped"] as const;

/** The stacks and what they need, as a Mermaid flow chart or a Graphviz graph; an arrow goes where outputs go. */
export function renderGraph(graph: StackGraph, format: GraphFormat): string {
  return format === "mermaid" ? renderMermaid(graph) : renderDot(graph);
}

function renderMermaid(graph: StackGraph): string {
  const nodes = graph.stacks.map((node) => {
    const label = labelLines(node).map(escapeHtml).join("<br/>");
    const shape = node.unit === null ? [`["`, `"]`] : [`(["`, `"])`];
    return `  ${idOf(node.stack)}${shape.join(label)}:::${node.status}`;
  });
  const edges = edgesOf(graph).map(([from, to]) => `  ${idOf(from)} --> ${idOf(to)}`);
  const classes = STATUSES.map(
    (status) => `  classDef ${status} fill:${FILL[status]},stroke:#495057,color:#212529`,
  );
  return `${["flowchart LR", ...nodes, ...edges, ...classes].join("\n")}\n`;
}

function renderDot(graph: StackGraph): string {
  const quote = (text: string) => `"${text.replace(/[\\"]/g, "\\$&")}"`;
  const nodes = graph.stacks.map((node) => {
    const label = labelLines(node)
      .map((line) => line.replace(/[\\"]/g, "\\$&"))
      .join("\\n");
    const style = node.unit === null ? "filled" : "filled,rounded";
    return `  ${quote(node.stack)} [label="${label}", style="${style}", fillcolor="${FILL[node.status]}"];`;
  });
  const edges = edgesOf(graph).map(([from, to]) => `  ${quote(from)} -> ${quote(to)};`);
  const head = [`digraph ${quote(graph.organization)} {`, "  rankdir=LR;", "  node [shape=box];"];
  return `${[...head, ...nodes, ...edges, "}"].join("\n")}\n`;
}

/** From the stack that hands outputs on to the one that reads them; only between stacks in the graph. */
function edgesOf(graph: StackGraph): readonly (readonly [string, string])[] {
  const known = new Set(graph.stacks.map(({ stack }) => stack));
  return graph.stacks.flatMap(({ stack }) =>
    [...(graph.needs[stack] ?? [])]
      .filter((need) => known.has(need))
      .sort(compareText)
      .map((need) => [need, stack] as const),
  );
}

function labelLines(node: GraphNode): readonly string[] {
  const what = node.unit === null ? node.kind : `unit ${node.unit}`;
  return [
    node.stack,
    [what, node.accountId, ...(node.status === "ok" ? [] : [node.status])]
      .filter((text) => text !== null && text !== node.stack)
      .join(" · "),
  ].filter((line) => line !== "");
}

/** A name that Mermaid takes, another one for each stack: what is neither letter nor digit becomes `_<hex>_`. */
function idOf(stack: string): string {
  const safe = stack.replace(
    /[^A-Za-z0-9]/g,
    (character) => `_${character.charCodeAt(0).toString(16)}_`,
  );
  return `stack_${safe}`;
}

function escapeHtml(text: string): string {
  return text.replace(/["<>&#]/g, (character) => `#${String(character.charCodeAt(0))};`);
}
