import { pathToFileURL } from "node:url";

import { AtollError, type Problem } from "@atoll/core";
import {
  captureStacks,
  connectToEngine,
  currentStore,
  disconnectFromEngine,
  problemsOfFailure,
  ProgramExit,
  resolveAtollFrom,
  withLocalStorage,
  type Store,
} from "@atoll/engine/sdk";
import { runStack } from "@atoll/organization/components";
import type { Organization, StackDefinition, UnitDefinition } from "@atoll/organization";
import { programDefinition } from "@atoll/stacks/programs";
import * as pulumi from "@pulumi/pulumi";

import { adopting } from "./adopting.ts";
import { isEnginesOwn } from "./engines-own.ts";
import type { HostedStack } from "./protocol.ts";

const ERROR_FRAMES = 10;

/** What Pulumi's engine says when it asks for a program to be run. */
export interface EngineRequest {
  readonly project: string;
  readonly stack: string;
  readonly organization: string;
  readonly parallel: number;
  readonly engineAddress: string;
  readonly monitorAddress: string;
  readonly dryRun: boolean;
  readonly config: Readonly<Record<string, string>>;
  readonly secretKeys: readonly string[];
}

/**
 * Runs the programs of several stacks in this process, at the same time if need be. Each has the SDK's state to itself,
 * and what one of them throws, rejects or exits with is put down to it alone: the asynchronous context says whose it is.
 */
export class ProgramHost {
  readonly #root: string;
  readonly #organization: Organization;
  readonly #stacks = new Map<string, HostedStack>();
  readonly #failures = new Map<Store, (error: unknown) => void>();
  readonly #running = new Map<string, (error: unknown) => void>();

  constructor(root: string, organization: Organization) {
    this.#root = root;
    this.#organization = organization;
    captureStacks(false);
    // What costs time are the traces that the SDK takes for each resource and promise. Those of errors are few, and say
    // where a program failed.
    Error.stackTraceLimit = ERROR_FRAMES;
  }

  host(stack: HostedStack): void {
    this.#stacks.set(stack.plan.stack, stack);
  }

  release(stack: string): void {
    this.#stacks.delete(stack);
  }

  /** Ends a program that waits for what never comes. */
  abandon(stack: string): void {
    this.#running.get(stack)?.(
      new AtollError("PROGRAM_ABANDONED", "The program was ended: it did nothing any more."),
    );
  }

  /** Puts down to its program what the process hears of; false when it is nobody's. */
  blame(error: unknown): boolean {
    const fail = this.#failures.get(currentStore());
    fail?.(error);
    return fail !== undefined;
  }

  /** Runs the program of the stack that the engine names. Never rejects: problems are what went wrong. */
  async run(request: EngineRequest): Promise<readonly Problem[]> {
    const hosted = this.#stacks.get(request.stack);
    if (hosted === undefined) return [notHosted(request.stack)];
    const failures: unknown[] = [];
    await withLocalStorage(async () => {
      connectToEngine(request);
      const store = currentStore();
      const failed = new Promise<void>((resolve) => {
        const fail = (error: unknown) => {
          failures.push(error);
          resolve();
        };
        this.#failures.set(store, fail);
        this.#running.set(request.stack, fail);
      });
      try {
        await Promise.race([this.#runProgram(hosted), failed]);
      } catch (error) {
        failures.push(error);
      }
      // Rejections are reported one turn after they happen.
      await new Promise((resolve) => setImmediate(resolve));
      await disconnectFromEngine(failures.length === 0).catch((error: unknown) => {
        failures.push(error);
      });
      this.#failures.delete(store);
      this.#running.delete(request.stack);
    });
    const problems = failures
      .filter((error) => !isEnginesOwn(error))
      .flatMap((error) => problemsOfFailure(error, request.stack, this.#root, new Set()));
    // What is awaited in several places is heard of several times.
    const said = problems.map(
      (problem) => [`${problem.code} ${problem.message}`, problem] as const,
    );
    return [...new Map(said).values()];
  }

  async #runProgram({ plan, addresses, programFile, adopt }: HostedStack): Promise<void> {
    resolveAtollFrom(programFile, this.#root);
    const loaded = (await import(pathToFileURL(programFile).href)) as {
      readonly default?: unknown;
    };
    const name = plan.unit === null ? { kind: plan.kind } : { unit: plan.unit };
    const definition: StackDefinition | UnitDefinition = programDefinition(loaded.default, name);
    await pulumi.runtime.runInPulumiStack(() => {
      if (adopt.length > 0) pulumi.runtime.registerStackTransformation(adopting(new Set(adopt)));
      return runStack({ definition, organization: this.#organization, plan, addresses });
    });
  }
}

/**
 * What a program does instead of ending the process: it ends itself.
 *
 * @throws ProgramExit always
 */
export function exitProgram(code: number | string | null | undefined): never {
  throw new ProgramExit(code);
}

function notHosted(stack: string): Problem {
  const error = new AtollError(
    "STACK_NOT_HOSTED",
    "The engine asked for a stack that nobody gave.",
  );
  return {
    code: error.code,
    severity: "error",
    path: stack,
    message: error.message,
    got: stack,
    expected: "a stack of this run",
    fix: "Report this: it is a fault of Atoll's.",
  };
}
