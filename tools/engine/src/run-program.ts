import type { AwsModel } from "@atoll/aws-model";
import type { Problem } from "@atoll/core";
import { runStack } from "@atoll/organization/components";
import type {
  AddressAllocation,
  Organization,
  StackDefinition,
  StackPlan,
  UnitDefinition,
} from "@atoll/organization";
import * as pulumi from "@pulumi/pulumi";

import { problemsOfFailure, ProgramExit, stalledProblem } from "./failures.ts";
import type { ResourcePreview } from "./preview.ts";
import { connect, pendingRegistrations, waitForRPCs, withLocalStorage } from "./sdk-internals.ts";
import { StackMonitor } from "./stack-monitor.ts";
import type { WireProperties } from "./wire.ts";

/** What running one program needs. */
export interface RunProgramOptions {
  readonly definition: StackDefinition | UnitDefinition;
  readonly organization: Organization;
  readonly plan: StackPlan;
  readonly addresses: readonly AddressAllocation[];
  /** Outputs of the stacks it needs, by stack name. */
  readonly needs: Readonly<Record<string, WireProperties>>;
  readonly model: AwsModel;
  readonly root: string;
  readonly unknowns: boolean;
  readonly sources: boolean;
}

/** What came of it. */
export interface ProgramRun {
  readonly resources: readonly ResourcePreview[];
  readonly outputs: WireProperties;
  readonly problems: readonly Problem[];
  readonly readsOrganization: boolean;
  /** True when something was thrown: only a run with full stack traces can say where. */
  readonly threw: boolean;
}

/** Messages that the SDK sends to the engine's log, by their protocol's number. */
const LOG_WARNING = 2;
const LOG_ERROR = 3;

/**
 * Runs one stack's program under Pulumi's runtime, with a monitor in process. Never rejects: whatever the program does
 * comes back as problems. One at a time in a thread.
 */
export async function runProgram(options: RunProgramOptions): Promise<ProgramRun> {
  const { plan, organization, root } = options;
  const accountId = plan.account.id ?? "";
  const monitor = new StackMonitor({
    model: options.model,
    root,
    project: organization.name,
    stack: plan.stack,
    accountId,
    partition: organization.partition,
    homeRegion: organization.homeRegion,
    quotas: [plan.account.quotas, organization.quotas],
    needs: options.needs,
    unknowns: options.unknowns,
    sources: options.sources,
  });
  const failures: unknown[] = [];
  const reads = { organization: false };

  await withLocalStorage(async () => {
    connect({
      monitor,
      engine: logTo(monitor, plan.stack),
      callbacks: monitor.callbacks.server,
      project: organization.name,
      stack: plan.stack,
      organization: "organization",
    });
    const finished = (async () => {
      await pulumi.runtime.runInPulumiStack(() =>
        runStack({
          definition: options.definition,
          organization,
          plan,
          addresses: options.addresses,
          needsAreComplete: true,
          onOrganizationRead: () => {
            reads.organization = true;
          },
        }),
      );
      await waitForRPCs();
    })();
    const ending = await untilSettled(finished, failures);
    if (ending === "stalled" && failures.length === 0) {
      monitor.log.problems.push(stalledProblem(plan.stack, waitingRegistrations()));
    }
  });

  return {
    resources: monitor.resources,
    outputs: monitor.outputs,
    problems: unique([
      ...monitor.log.problems,
      ...failures.flatMap((failure) =>
        problemsOfFailure(failure, plan.stack, root, monitor.log.reported),
      ),
    ]),
    readsOrganization: reads.organization || organizationWasDefinedHere(),
    threw: failures.length > 0,
  };
}

interface LogRequest {
  getSeverity(): number;
  getMessage(): string;
}

function logTo(monitor: StackMonitor, stack: string): object {
  return {
    log: (request: LogRequest, reply: () => void) => {
      const severity = request.getSeverity();
      if (severity === LOG_WARNING || severity === LOG_ERROR) {
        monitor.log.problems.push({
          code: severity === LOG_ERROR ? "PROGRAM_LOGGED_ERROR" : "PROGRAM_LOGGED_WARNING",
          severity: severity === LOG_ERROR ? "error" : "warning",
          path: stack,
          message: request.getMessage(),
          got: null,
          expected: severity === LOG_ERROR ? "no error" : "no warning",
          fix: "See the message.",
        });
      }
      reply();
    },
    setRootResource: (_request: unknown, reply: (error: null, response: object) => void) => {
      reply(null, {});
    },
    close: () => undefined,
  };
}

/**
 * Waits until the program has settled, thrown, or can go no further: when nothing is left that could wake the thread,
 * what is pending will stay so. No clock is involved.
 */
async function untilSettled(
  finished: Promise<void>,
  failures: unknown[],
): Promise<"settled" | "stalled"> {
  const seen = new Set<unknown>();
  const fail = (error: unknown) => {
    if (seen.has(error)) return;
    seen.add(error);
    failures.push(error);
  };
  const exit: unknown = Reflect.get(process, "exit");
  process.exit = (code) => {
    const error = new ProgramExit(code);
    fail(error);
    throw error;
  };
  process.on("unhandledRejection", fail);
  process.on("uncaughtException", fail);
  let stop: (() => void) | undefined;
  const stalled = new Promise<"stalled">((resolve) => {
    stop = () => {
      resolve("stalled");
    };
    process.once("beforeExit", stop);
  });
  const settled = finished.then(
    () => "settled" as const,
    (error: unknown) => {
      fail(error);
      return "settled" as const;
    },
  );
  try {
    const ending = await Promise.race([settled, stalled]);
    // Rejections are reported one turn after they happen.
    await new Promise((resolve) => setImmediate(resolve));
    return ending;
  } finally {
    if (stop !== undefined) process.off("beforeExit", stop);
    process.off("unhandledRejection", fail);
    process.off("uncaughtException", fail);
    Reflect.set(process, "exit", exit);
  }
}

/** The registrations that the SDK still waits for, in its words. */
function waitingRegistrations(): readonly string[] {
  return pendingRegistrations().map(({ name, type, label, inputProperty }) => {
    const resource = name === undefined || type === undefined ? label : `${name} (${type})`;
    return inputProperty === undefined ? resource : `${resource}: its ${inputProperty}`;
  });
}

/**
 * True when this thread evaluated an organization file: a program imported it, and may have read anything of it.
 * `defineOrganization` leaves the mark.
 */
function organizationWasDefinedHere(): boolean {
  return Reflect.get(globalThis, Symbol.for("atoll.organization.defined")) === true;
}

function unique(problems: readonly Problem[]): readonly Problem[] {
  const seen = new Map(problems.map((problem) => [JSON.stringify(problem), problem]));
  return [...seen.values()];
}
