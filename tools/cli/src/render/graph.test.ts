import { renderGraph, type StackGraph } from "./graph.ts";

const graph: StackGraph = {
  organization: "atoll",
  stacks: [
    { stack: "network", kind: "network", unit: null, accountId: "333333333333", status: "ok" },
    { stack: "dev", kind: "workload", unit: null, accountId: null, status: "blocked" },
    { stack: "dev.api", kind: "", unit: "api", accountId: null, status: "failed" },
  ],
  needs: { dev: ["network"], "dev.api": ["elsewhere", "network", "dev"] },
};

test("Mermaid: a node for each stack, an arrow from what is needed to what needs it", () => {
  expect(renderGraph(graph, "mermaid")).toBe(`flowchart LR
  stack_network["network<br/>333333333333"]:::ok
  stack_dev["dev<br/>workload · blocked"]:::blocked
  stack_dev_2e_api(["dev.api<br/>unit api · failed"]):::failed
  stack_network --> stack_dev
  stack_dev --> stack_dev_2e_api
  stack_network --> stack_dev_2e_api
  classDef ok fill:#d8f3dc,stroke:#495057,color:#212529
  classDef failed fill:#ffccd5,stroke:#495057,color:#212529
  classDef blocked fill:#ffe8b5,stroke:#495057,color:#212529
  classDef skipped fill:#e9ecef,stroke:#495057,color:#212529
`);
});

test("DOT: the same, with quoted names", () => {
  expect(renderGraph(graph, "dot")).toBe(`digraph "atoll" {
  rankdir=LR;
  node [shape=box];
  "network" [label="network\\n333333333333", style="filled", fillcolor="#d8f3dc"];
  "dev" [label="dev\\nworkload · blocked", style="filled", fillcolor="#ffe8b5"];
  "dev.api" [label="dev.api\\nunit api · failed", style="filled,rounded", fillcolor="#ffccd5"];
  "network" -> "dev";
  "dev" -> "dev.api";
  "network" -> "dev.api";
}
`);
});

test("stacks whose names differ have different nodes", () => {
  const stacks = ["a-2e-b", "a.b", "a_b", "a-b"].map((stack) => ({
    stack,
    kind: "k",
    unit: null,
    accountId: null,
    status: "ok" as const,
  }));
  const lines = renderGraph({ organization: "x", stacks, needs: {} }, "mermaid").split("\n");
  const ids = lines.slice(1, 5).map((line) => line.split("[")[0]);
  expect(new Set(ids).size).toBe(4);
});
