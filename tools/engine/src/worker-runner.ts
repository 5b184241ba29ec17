import { writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

// Loaded for its side effect on time: the programs import it next.
import "@pulumi/aws";

import { loadModel } from "@atoll/aws-model";
import { AtollError, compareText, hasErrors, sortProblems } from "@atoll/core";
import type { StackDefinition, UnitDefinition } from "@atoll/organization";
import { programDefinition } from "@atoll/stacks/programs";

import { problemsOfFailure } from "./failures.ts";
import { HermeticError, type HermeticOptions } from "./hermetic/guard.ts";
import { hermetically } from "./hermetic/hermetically.ts";
import { problemsOfLoading } from "./loading-problems.ts";
import type { ResourcePreview } from "./preview.ts";
import type {
  ProgramDescription,
  ProgramReference,
  RunStack,
  StackResult,
  WorkerRequest,
  WorkerResponse,
  WorkerSetup,
} from "./protocol.ts";
import { runProgram, type ProgramRun } from "./run-program.ts";
import { resolveAtollFrom } from "./resolve-atoll.ts";
import { captureStacks, shareValues } from "./sdk-internals.ts";
import { previewOf } from "./stack-preview.ts";
import { toJson } from "./wire.ts";
import { workspaceRoot } from "./workspace-root.ts";

/** Answers the coordinator's requests, one at a time. */
export interface WorkerRunner {
  handle(request: WorkerRequest, reply: (response: WorkerResponse) => void): Promise<void>;
}

type Definition = StackDefinition | UnitDefinition;

/** Makes the runner of this thread. */
export function createRunner(diagnose: boolean): WorkerRunner {
  const model = loadModel();
  const log: string[] = [];
  let setup: WorkerSetup | undefined;
  let guard: HermeticOptions | undefined;
  captureConsole(log);
  shareValues();

  const hermetic = <T>(run: () => Promise<T>): Promise<T> => {
    if (guard === undefined) throw notSetUp();
    return hermetically(guard, run);
  };
  const describe = async (program: ProgramReference): Promise<ProgramDescription> => {
    const { root } = setupOf(setup);
    try {
      const definition = await hermetic(() => loadDefinition(program));
      return { ...program, needs: definition.needs, problem: null };
    } catch (error) {
      const name = program.unit ?? program.kind ?? program.file;
      const [refused] =
        error instanceof HermeticError ? problemsOfFailure(error, name, root, new Set()) : [];
      const problem = refused ?? problemsOfLoading(error, program.file, root);
      return { ...program, needs: [], problem };
    }
  };
  const run = async (request: RunStack): Promise<StackResult> => {
    const { root, organization, unknowns, sources } = setupOf(setup);
    if (organization === null)
      throw new AtollError("NO_ORGANIZATION", "The worker has no organization.");
    captureStacks(diagnose || sources);
    const definition = await loadDefinition(request.program);
    const outcome = await hermetic(() =>
      runProgram({
        definition,
        organization,
        plan: request.plan,
        addresses: request.addresses,
        needs: request.needs,
        model,
        root,
        unknowns,
        sources: diagnose || sources,
      }),
    );
    const result = summarize(request, outcome, root, log.splice(0), diagnose);
    const resources = sources ? outcome.resources : outcome.resources.map(withoutSource);
    writeFileSync(request.resultFile, JSON.stringify(previewOf(result.summary, resources)));
    return result;
  };

  return {
    handle: async (request, reply) => {
      switch (request.type) {
        case "setup":
          setup = request.setup;
          guard = guardOf(setup);
          return;
        case "describe": {
          captureStacks(true);
          reply({ type: "described", program: await describe(request.program) });
          return;
        }
        case "run":
          reply({ type: "result", stack: request.plan.stack, result: await run(request) });
          return;
        default:
          request satisfies never;
      }
    },
  };
}

function notSetUp(): AtollError {
  return new AtollError("WORKER_NOT_SET_UP", "The worker was given nothing to run in.");
}

function setupOf(setup: WorkerSetup | undefined): WorkerSetup {
  if (setup === undefined) throw notSetUp();
  return setup;
}

function guardOf({ root, files, organizationFile, environment }: WorkerSetup): HermeticOptions {
  return {
    root,
    files: files === null ? null : new Set(files),
    // Importing the organization file is seen, and counts; reading it as text would not be.
    importable: new Set([organizationFile]),
    environment,
  };
}

/** Imports a program. @throws AtollError `PROGRAM_INVALID` when the file does not export it */
async function loadDefinition({ file, kind, unit }: ProgramReference): Promise<Definition> {
  resolveAtollFrom(file, workspaceRoot());
  const loaded = (await import(pathToFileURL(file).href)) as { readonly default?: unknown };
  return programDefinition(loaded.default, unit === null ? { kind: kind ?? "" } : { unit });
}

/** What a program prints is kept for `--verbose`: standard output belongs to the command. */
function captureConsole(log: string[]): void {
  const keep = (text: string | Uint8Array) => {
    log.push(...String(text).replace(/\n$/u, "").split("\n"));
    return true;
  };
  process.stdout.write = keep;
  process.stderr.write = keep;
}

function summarize(
  request: RunStack,
  outcome: ProgramRun,
  root: string,
  log: readonly string[],
  diagnose: boolean,
): StackResult {
  const { plan } = request;
  const problems = sortProblems(outcome.problems);
  const failed = hasErrors(problems);
  return {
    summary: {
      stack: plan.stack,
      account: plan.account.name,
      accountId: plan.account.id,
      kind: plan.account.kind,
      unit: plan.unit,
      status: failed ? "failed" : "ok",
      blockedBy: [],
      reason: null,
      outputs: Object.fromEntries(
        Object.keys(outcome.outputs)
          .sort(compareText)
          .map((name) => [name, toJson(outcome.outputs[name], root)]),
      ),
      problems,
      counts: count(outcome.resources),
      cached: false,
      log,
    },
    outputs: outcome.outputs,
    readsOrganization: outcome.readsOrganization,
    needsDiagnosis: !diagnose && (outcome.threw || problems.length > 0),
  };
}

function withoutSource(resource: ResourcePreview): ResourcePreview {
  const { source: _source, ...rest } = resource;
  return rest;
}

function count(resources: readonly ResourcePreview[]): Readonly<Record<string, number>> {
  const counts = new Map<string, number>();
  for (const { type } of resources) {
    if (!type.startsWith("pulumi:")) counts.set(type, (counts.get(type) ?? 0) + 1);
  }
  return Object.fromEntries([...counts].sort(([a], [b]) => compareText(a, b)));
}
