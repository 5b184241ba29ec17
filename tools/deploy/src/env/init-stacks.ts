import { existsSync } from "node:fs";
import { join } from "node:path";

import { AtollError } from "@atoll/core";

import { lastLine } from "../pulumi-cli/download-pulumi.ts";
import { runCommand } from "../pulumi-cli/run-command.ts";
import type { PulumiStep } from "../pulumi-cli/types.ts";

import type { LocalFolders } from "./local-folders.ts";

/** How long making one stack may take. */
const INIT_SECONDS = 60;

/** How many are made at once. */
const AT_ONCE = 2;

/** Which stacks there are to be, and where. */
export interface InitStacksOptions {
  /** Absolute path of `pulumi`. */
  readonly pulumi: string;
  readonly folders: LocalFolders;
  /** The Pulumi project's name. */
  readonly project: string;
  readonly stacks: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly onStep: (step: PulumiStep) => void;
  readonly signal: AbortSignal | undefined;
}

/**
 * Makes the stacks that the local backend does not have yet: without a terminal, Pulumi runs none that is not there.
 *
 * @throws AtollError `STACK_INIT_FAILED`
 */
export async function initStacks(options: InitStacksOptions): Promise<void> {
  const missing = options.stacks.filter((stack) => !isThere(stack, options));
  if (missing.length === 0) return;
  const many = missing.length === 1 ? "stack" : "stacks";
  options.onStep({
    about: "sandbox",
    text: `making ${missing.length} empty ${many}`,
    reason: "`pulumi up` runs only stacks that exist",
  });
  const [first, ...others] = missing;
  // The first one also sets the backend up.
  if (first !== undefined) await initStack(first, options);
  const queue = others.values();
  const worker = async () => {
    for (const stack of queue) await initStack(stack, options);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

async function initStack(stack: string, options: InitStacksOptions): Promise<void> {
  const args = ["stack", "init", stack, "--no-select", "--non-interactive"];
  const result = await runCommand(
    options.pulumi,
    [...args, "--cwd", options.folders.project, "--color", "never"],
    { env: options.env, timeoutSeconds: INIT_SECONDS, signal: options.signal },
  );
  if (result.exitCode === 0 || isThere(stack, options)) return;
  const why = result.failure === "" ? lastLine(result.err) : result.failure;
  throw new AtollError("STACK_INIT_FAILED", `the stack ${stack} cannot be made: ${why}`);
}

function isThere(stack: string, { folders, project }: InitStacksOptions): boolean {
  return existsSync(join(folders.backend, ".pulumi", "stacks", project, `${stack}.json`));
}
