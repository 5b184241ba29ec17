import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { AtollError, type Problem } from "@atoll/core";
import type { StackPlan } from "@atoll/organization";

import type { HostProcess } from "../host/host-process.ts";
import { STACK_VARIABLE } from "../recovery/end-orphans.ts";
import { problemsOfEngine } from "./engine-problems.ts";
import { EventLog } from "./event-log.ts";
import type { HostPool } from "./host-pool.ts";
import { OperationLog } from "./operations.ts";
import { PulumiProcess } from "./pulumi-process.ts";
import type { Adoption, RunRequest, RunTask } from "./run-options.ts";
import { hostProblem, problemsOf, stalled } from "./run-problems.ts";
import { runsProgram, stackArguments } from "./stack-arguments.ts";

/** A host says something every second; on a busy machine a little later. */
const AWAKE_SECONDS = 3;
const POLL_MILLISECONDS = 100;
/** How long a process that is about to end may take to do so. */
const LAST_WORDS_MILLISECONDS = 2_000;
/** How much of a log is read to find out why `pulumi` failed. */
const LOG_TAIL = 16_384;

/** What came of one call of `pulumi` for one stack. */
export interface EngineResult {
  readonly problems: readonly Problem[];
  readonly cancelled: boolean;
  readonly log: OperationLog;
}

/** One call of `pulumi` for one stack: the program in a host of ours, the engine in a process of its own. */
export class EngineRun {
  readonly #request: RunRequest;
  readonly #task: RunTask;
  readonly #hosts: HostPool;
  readonly #log = new OperationLog();
  #pulumi: PulumiProcess | undefined;
  #reasons: Problem[] = [];

  constructor(request: RunRequest, task: RunTask, hosts: HostPool) {
    this.#request = request;
    this.#task = task;
    this.#hosts = hosts;
  }

  /** Process id of `pulumi`, while it runs. */
  get pid(): number | undefined {
    return this.#pulumi?.pid;
  }

  /** Whether its provider has done something. */
  get isUnderWay(): boolean {
    return this.#log.hasProviderWork;
  }

  get log(): OperationLog {
    return this.#log;
  }

  /** @param adoption what to take over, and nothing else; null: everything is worked on */
  async run(adoption: Adoption | null): Promise<EngineResult> {
    const { command, killSignal, signal } = this.#request;
    const plan = this.#plan();
    let host: HostProcess | undefined;
    let programProblems: readonly Problem[] | undefined;
    try {
      let port: number | null = null;
      if (runsProgram(command)) {
        host = this.#hosts.take();
        port = await this.#host(host, plan, adoption?.resources ?? [], (problems) => {
          programProblems = problems;
        });
      }
      signal.throwIfAborted();
      const failed = await this.#drive(port, host, adoption?.targets ?? [], () => programProblems);
      if (failed.length > 0 && programProblems === undefined && host !== undefined) {
        // The engine hears that the process is gone before we do, and does not know why.
        await Promise.race([host.gone, sleep(LAST_WORDS_MILLISECONDS)]);
      }
      const problems =
        this.#reasons.length > 0
          ? // Its process ends at the end of the run in any case.
            [...this.#reasons]
          : programProblems !== undefined && programProblems.length > 0
            ? programProblems
            : failed;
      return { problems, cancelled: failed.length > 0 && signal.aborted, log: this.#log };
    } catch (error) {
      if (signal.aborted || killSignal.aborted)
        return { problems: [], cancelled: true, log: this.#log };
      return { problems: problemsOf(this.#task.stack, error), cancelled: false, log: this.#log };
    } finally {
      host?.release(this.#task.stack);
    }
  }

  #plan(): StackPlan | undefined {
    return this.#request.deployment.stacks.find(({ stack }) => stack === this.#task.stack);
  }

  async #host(
    host: HostProcess,
    plan: StackPlan | undefined,
    adopt: readonly string[],
    onRan: (problems: readonly Problem[]) => void,
  ): Promise<number> {
    const { deployment } = this.#request;
    const programFile = plan === undefined ? null : deployment.programFile(plan);
    if (plan === undefined || programFile === null) {
      throw new AtollError(
        "PROGRAM_MISSING",
        `${this.#task.stack} has no program that can be run.`,
      );
    }
    const addresses = deployment.addresses(plan);
    const port = await host.ready;
    const hosted = host.host({ plan, addresses, programFile, adopt }, onRan);
    const gone = await Promise.race([hosted.then(() => null), host.gone]);
    if (gone !== null)
      throw new AtollError("HOST_FAILED", `The process that runs programs: ${gone}.`);
    return port;
  }

  /** Runs `pulumi` to its end, and returns what it found wrong. */
  async #drive(
    port: number | null,
    host: HostProcess | undefined,
    targets: readonly string[],
    ran: () => readonly Problem[] | undefined,
  ): Promise<readonly Problem[]> {
    const { command, folder, pulumi: context, limits, refresh, killSignal, signal } = this.#request;
    const { stack } = this.#task;
    const eventFile = join(folder.temporary, `${stack}.${String(performance.now())}.events`);
    const logFile = folder.logFile(stack);
    const name = context.stackName(stack);
    const pulumi = new PulumiProcess({
      file: context.file,
      arguments: stackArguments({
        command,
        stack: name,
        port,
        eventFile,
        parallel: limits.parallel,
        refresh: refresh ?? false,
        targets: command === "up" ? targets : [],
      }),
      // By the first one a recovery knows what a killed engine left running.
      env: { ...context.env, [STACK_VARIABLE]: stack, PULUMI_DEBUG_COMMANDS: "true" },
      cwd: context.cwd,
      logFile,
    });
    this.#pulumi = pulumi;
    const interrupt = () => {
      pulumi.interrupt();
    };
    const kill = () => {
      pulumi.kill();
    };
    signal.addEventListener("abort", interrupt, { once: true });
    killSignal.addEventListener("abort", kill, { once: true });
    void host?.gone.then((reason) => {
      this.#reasons.push(hostProblem(stack, reason, host.output));
    });
    const events = new EventLog(eventFile);
    try {
      const end = await this.#follow(pulumi, host, events, ran);
      if (end.code === 0) return [];
      return problemsOfEngine({ stack, errors: this.#log.errors, log: tailOf(logFile), end });
    } finally {
      signal.removeEventListener("abort", interrupt);
      killSignal.removeEventListener("abort", kill);
      events.close();
      rmSync(eventFile, { force: true });
      this.#pulumi = undefined;
    }
  }

  /** Reads the engine's events until it has ended; interrupts it when its program does nothing any more. */
  async #follow(
    pulumi: PulumiProcess,
    host: HostProcess | undefined,
    events: EventLog,
    ran: () => readonly Problem[] | undefined,
  ): Promise<Awaited<PulumiProcess["ended"]>> {
    const { limits, command } = this.#request;
    let lastNews = performance.now();
    let end: Awaited<PulumiProcess["ended"]> | undefined;
    const ended = pulumi.ended.then((value) => {
      end = value;
    });
    for (;;) {
      const news = events.read();
      for (const event of news) this.#log.add(event);
      if (news.length > 0) {
        lastNews = performance.now();
        this.#tell();
      }
      if (end !== undefined) return end;
      const idleSeconds = (performance.now() - lastNews) / 1_000;
      // A process that says nothing is blocked, which its host finds out: no program in it waits.
      const isAwake = host !== undefined && host.silentSeconds < AWAKE_SECONDS;
      const waitsForProgram =
        runsProgram(command) && ran() === undefined && this.#log.running === 0 && !this.#log.ended;
      if (
        waitsForProgram &&
        isAwake &&
        idleSeconds > limits.programTimeoutSeconds &&
        this.#reasons.length === 0
      ) {
        this.#reasons.push(stalled(this.#task.stack, limits.programTimeoutSeconds));
        pulumi.interrupt();
        host.abandon(this.#task.stack);
      }
      await Promise.race([ended, sleep(POLL_MILLISECONDS)]);
    }
  }

  #tell(): void {
    const { done, running } = this.#log;
    this.#request.onEvent({ type: "progress", stack: this.#task.stack, done, running });
  }
}

function tailOf(file: string): string {
  try {
    return readFileSync(file, "utf8").slice(-LOG_TAIL);
  } catch {
    return "";
  }
}
