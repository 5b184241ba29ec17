import type { ProjectGraph } from "@nx/devkit";

import type { Task } from "./nx-run.ts";

/** What `npm test` runs in every project that has it. */
const TARGETS = ["lint", "typecheck", "test"];

/** What it runs once for the whole workspace: formatting, and what nothing uses. */
const WORKSPACE_TARGETS = ["format", "unused"];

/** The tasks of a test run, or the names that no project has. */
export interface Selection {
  readonly tasks: readonly Task[];
  readonly unknown: readonly string[];
}

/**
 * The tasks to run: all of them, or those of the projects that are named, with or without their scope.
 */
export function selectTasks(graph: ProjectGraph, names: readonly string[]): Selection {
  const projects = Object.values(graph.nodes);
  const isCalled = (project: string, name: string) =>
    project === name || project.replace(/^@[^/]+\//, "") === name;
  const wanted = (project: string) =>
    names.length === 0 || names.some((name) => isCalled(project, name));
  const targets = names.length === 0 ? [...TARGETS, ...WORKSPACE_TARGETS] : TARGETS;
  return {
    tasks: projects
      .filter(({ name }) => wanted(name))
      .flatMap(({ name, data }) =>
        targets
          .filter((target) => data.targets?.[target] !== undefined)
          .map((target) => ({ project: name, folder: data.root, target })),
      ),
    unknown: names.filter((name) => !projects.some((project) => isCalled(project.name, name))),
  };
}
