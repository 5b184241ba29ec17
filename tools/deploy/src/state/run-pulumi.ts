import { spawn } from "node:child_process";

import { AtollError } from "@atoll/core";

import { stackArgument, type StackAccess } from "./stack-access.ts";

/** A command about one stack. */
export interface StackCommand {
  /** Without `--stack`, such as `["stack", "export"]`. */
  readonly args: readonly string[];
  /** Given to its standard input. @default nothing */
  readonly input?: string;
  /** Ends it. @default nothing does */
  readonly signal?: AbortSignal | undefined;
}

/** What such a command came to. */
export interface StackCommandResult {
  readonly exitCode: number | null;
  readonly out: string;
  /** May hold anything that a provider says: not for people before it is redacted. */
  readonly err: string;
}

/**
 * Runs `pulumi` about one stack, to its end.
 *
 * @throws AtollError `PULUMI_NOT_STARTED`; what the signal says
 */
export async function runPulumi(
  access: StackAccess,
  { args, input = "", signal }: StackCommand,
): Promise<StackCommandResult> {
  signal?.throwIfAborted();
  const { file, env, cwd } = access.pulumi;
  const all = [...args, "--stack", stackArgument(access), "--non-interactive", "--color", "never"];
  const child = spawn(file, all, { env: { ...env }, cwd, stdio: ["pipe", "pipe", "pipe"] });
  const stop = () => child.kill("SIGINT");
  signal?.addEventListener("abort", stop, { once: true });
  try {
    const result = await new Promise<StackCommandResult>((resolve, reject) => {
      const text = { out: "", err: "" };
      child.stdout.setEncoding("utf8").on("data", (part: string) => (text.out += part));
      child.stderr.setEncoding("utf8").on("data", (part: string) => (text.err += part));
      child.once("error", (cause) => {
        const message = `${file} could not be started: ${cause.message}`;
        reject(new AtollError("PULUMI_NOT_STARTED", message, { cause }));
      });
      child.once("close", (exitCode) => {
        resolve({ exitCode, ...text });
      });
      // It may end before it has read everything; its exit code says what that means.
      child.stdin.on("error", () => undefined);
      child.stdin.end(input);
    });
    signal?.throwIfAborted();
    return result;
  } finally {
    signal?.removeEventListener("abort", stop);
  }
}
