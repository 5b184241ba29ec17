import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";

import { z } from "zod";

import { runForeground } from "../processes.mjs";
import type { JestReport, TaskOutcome } from "./count.ts";

/** A task that a test run has to run. */
export interface Task {
  readonly project: string;
  /** The project's folder, from the workspace root. */
  readonly folder: string;
  readonly target: string;
}

/** The target whose tasks are jest's, and where jest writes its report. */
const JEST_TARGET = "test";
const REPORT = ".results/test.json";

const reportShape = z.object({
  success: z.boolean(),
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  numTodoTests: z.number(),
  numRuntimeErrorTestSuites: z.number(),
});

const runShape = z.object({
  tasks: z.array(z.object({ taskId: z.string(), status: z.number() })),
});

/** No daemon, no cloud, no full-screen interface; the cache in the checkout, so that a clean clone starts from nothing. */
export function nxEnvironment(root: string): NodeJS.ProcessEnv {
  return {
    ...process.env,
    NX_DAEMON: "false",
    NX_NO_CLOUD: "true",
    NX_TUI: "false",
    NX_CACHE_DIRECTORY: join(root, ".nx/cache"),
    // Nx asks its tasks for colours even when nobody sees them.
    FORCE_COLOR: process.env["FORCE_COLOR"] ?? (process.stdout.isTTY ? "1" : "0"),
  };
}

/**
 * Runs tasks under Nx, with their output on this process's own, and says how each came out. What earlier runs left is
 * deleted first: a report that is there afterwards is this run's, or came with a cached success.
 */
export async function runTasks(
  root: string,
  tasks: readonly Task[],
  flags: readonly string[],
): Promise<readonly TaskOutcome[]> {
  const summary = join(root, ".nx/cache/run.json");
  rmSync(summary, { force: true });
  for (const task of tasks) rmSync(reportOf(root, task), { force: true });

  const unique = (names: readonly string[]) => [...new Set(names)].join(",");
  await runForeground(
    process.execPath,
    [
      join(root, "node_modules/nx/dist/bin/nx.js"),
      "run-many",
      `--targets=${unique(tasks.map((task) => task.target))}`,
      `--projects=${unique(tasks.map((task) => task.project))}`,
      ...flags,
    ],
    { cwd: root, env: nxEnvironment(root) },
  );

  const exitCodes = readExitCodes(summary);
  return tasks.map((task) => {
    const id = `${task.project}:${task.target}`;
    return {
      task: id,
      exitCode: exitCodes.get(id) ?? null,
      report: task.target === JEST_TARGET ? readReport(reportOf(root, task)) : null,
    };
  });
}

function reportOf(root: string, task: Task): string {
  return join(root, task.folder, REPORT);
}

/** Exit codes by task, from what Nx writes at the end of a run; empty when it did not get that far. */
function readExitCodes(summary: string): ReadonlyMap<string, number> {
  const run = runShape.safeParse(readJson(summary));
  if (!run.success) return new Map();
  return new Map(run.data.tasks.map(({ taskId, status }) => [taskId, status]));
}

function readReport(file: string): JestReport | "missing" {
  const report = reportShape.safeParse(readJson(file));
  return report.success ? report.data : "missing";
}

/** A file's JSON; undefined when there is none, or it is cut short. */
function readJson(file: string): unknown {
  if (!existsSync(file)) return undefined;
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return undefined;
  }
}
