import { spawn, type ChildProcess } from "node:child_process";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

import { runArguments, runEnvironment, type ProgramRun } from "./run-arguments.ts";
import { runnerFile } from "./runner-file.ts";
import { StackTraces } from "./stack-traces.ts";

/** What the SDK's runner exits with when it has told the user already what is wrong. */
const EXIT_TOLD = 32;

/** Node's options for a fast start: no stack traces, and modules loaded when they are used. */
const FAST: readonly string[] = [
  "--stack-trace-limit=0",
  "--import",
  pathToFileURL(join(import.meta.dirname, "preload.ts")).href,
];

/** Set to 1, it has every program run with stack traces and without short cuts, as Pulumi's own language host does. */
const TRACES_VARIABLE = "ATOLL_STACK_TRACES";

/** How a program ended. */
export interface ProgramEnd {
  /** What Pulumi is to say; empty when the program succeeded, or has said it itself. */
  readonly error: string;
  /** Pulumi stops without a further word. */
  readonly bail: boolean;
}

/** Runs a program as the SDK does, its output on this process's own streams. */
export async function runProgram(
  run: ProgramRun,
  onStart: (child: ChildProcess) => void,
): Promise<ProgramEnd> {
  const traces = new StackTraces(process.env["PULUMI_HOME"], run.project, run.stack);
  const withTraces = traces.on || run.typescript || process.env[TRACES_VARIABLE] === "1";
  const flags = withTraces ? [] : FAST;
  const runner = runnerFile("run", run.programFolder);
  const child = spawn(process.execPath, [...flags, runner, ...runArguments(run)], {
    cwd: run.programFolder,
    env: { ...process.env, ...runEnvironment(run) },
    stdio: ["ignore", "inherit", "inherit"],
  });
  onStart(child);
  const end = await programEnd(child);
  const succeeded = end.error === "" && !end.bail;
  traces.note(succeeded);
  if (!succeeded && !withTraces) {
    process.stderr.write("The program ran without stack traces; run it again to see them.\n");
  }
  return end;
}

function programEnd(child: ChildProcess): Promise<ProgramEnd> {
  return new Promise((resolve) => {
    child.once("error", ({ message }) => {
      resolve({ error: `The program did not start: ${message}`, bail: false });
    });
    child.once("close", (exitCode, signal) => {
      if (exitCode === 0) resolve({ error: "", bail: false });
      else if (exitCode === EXIT_TOLD) resolve({ error: "", bail: true });
      else {
        const how =
          signal === null ? `exited with code ${exitCode ?? "?"}` : `was ended by ${signal}`;
        resolve({ error: `The program ${how}`, bail: false });
      }
    });
  });
}
