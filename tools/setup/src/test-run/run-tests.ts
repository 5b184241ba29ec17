import { add, countOutcomes, failure, type Totals } from "./count.ts";
import { nxEnvironment, runTasks } from "./nx-run.ts";
import { selectTasks } from "./projects.ts";

/**
 * Runs formatting, unused code, lint, types and tests of a workspace.
 *
 * @param args Names of projects to narrow it to; what begins with `-` goes to Nx.
 * @returns the sum over all of it. Never throws: what keeps it from running is a failure in the sum.
 */
export async function runTests(root: string, args: readonly string[]): Promise<Totals> {
  try {
    const flags = args.filter((arg) => arg.startsWith("-"));
    const names = args.filter((arg) => !arg.startsWith("-"));
    const { tasks, unknown } = selectTasks(await projectGraph(root), names);
    if (unknown.length > 0) return failure(`there is no project called ${unknown.join(", ")}`);
    if (tasks.length === 0) return failure("there is nothing to test");
    return countOutcomes(await runTasks(root, tasks, flags));
  } catch (error) {
    return add(failure("the tests could not be run"), {
      passed: 0,
      failed: 0,
      skipped: 0,
      reasons: [error instanceof Error ? (error.stack ?? error.message) : String(error)],
    });
  }
}

/** The projects, as they are now. Nx settles its root and its cache when it is loaded, so it is loaded here. */
async function projectGraph(root: string) {
  process.chdir(root);
  Object.assign(process.env, nxEnvironment(root));
  const { createProjectGraphAsync } = await import("@nx/devkit");
  return createProjectGraphAsync({ exitOnError: false, resetDaemonClient: false });
}
