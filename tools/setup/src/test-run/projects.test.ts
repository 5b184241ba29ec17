import type { ProjectGraph } from "@nx/devkit";

import { selectTasks } from "./projects.ts";

function graphOf(projects: Record<string, readonly string[]>): ProjectGraph {
  const node = ([name, targets]: [string, readonly string[]]) => ({
    name,
    type: "lib" as const,
    data: { root: name.slice(1), targets: Object.fromEntries(targets.map((t) => [t, {}])) },
  });
  const nodes = Object.fromEntries(
    Object.entries(projects).map((entry) => [entry[0], node(entry)] as const),
  );
  return { nodes, dependencies: {} };
}

const graph = graphOf({
  "@atoll/core": ["lint", "typecheck", "test"],
  "@atoll/lint": ["lint", "test", "format", "unused", "bench"],
});

function ids(names: readonly string[]): readonly string[] {
  return selectTasks(graph, names).tasks.map((task) => `${task.project}:${task.target}`);
}

test("without names everything runs, what is for the whole workspace included", () => {
  expect(ids([])).toEqual([
    "@atoll/core:lint",
    "@atoll/core:typecheck",
    "@atoll/core:test",
    "@atoll/lint:lint",
    "@atoll/lint:test",
    "@atoll/lint:format",
    "@atoll/lint:unused",
  ]);
});

test.each(["core", "@atoll/core"])("%s narrows it to the project", (name) => {
  expect(ids([name])).toEqual(["@atoll/core:lint", "@atoll/core:typecheck", "@atoll/core:test"]);
});

test("a name that no project has is said, not passed over", () => {
  expect(selectTasks(graph, ["core", "cor"]).unknown).toEqual(["cor"]);
});
