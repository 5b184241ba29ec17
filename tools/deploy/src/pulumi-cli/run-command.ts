import { spawn } from "node:child_process";

/** What a command came to. */
export interface CommandResult {
  /** Null when it was ended by a signal, or did not start. */
  readonly exitCode: number | null;
  readonly out: string;
  readonly err: string;
  /** Why there is no exit code: it ran out of time, or did not start; empty otherwise. */
  readonly failure: string;
}

/** How to run a command. */
export interface CommandOptions {
  readonly cwd?: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The command and all that it started are killed after so long. */
  readonly timeoutSeconds: number;
  /** Kills it too; the call then rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** Given what the command writes to standard error, as it comes. */
  readonly onError?: (text: string) => void;
}

/** Runs a command to its end, in a process group of its own so that nothing of it is left when it is stopped. */
export async function runCommand(
  command: string,
  args: readonly string[],
  options: CommandOptions,
): Promise<CommandResult> {
  const { signal } = options;
  signal?.throwIfAborted();
  const result = await new Promise<CommandResult>((resolve) => {
    let out = "";
    let err = "";
    let failure = "";
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: options.env,
      detached: true,
      stdio: ["ignore", "pipe", "pipe"],
    });
    const kill = (why: string) => {
      failure = why;
      if (child.pid !== undefined) killGroup(child.pid);
    };
    const onAbort = () => {
      kill("stopped");
    };
    const timer = setTimeout(() => {
      kill(`no end after ${options.timeoutSeconds} s`);
    }, options.timeoutSeconds * 1000);
    signal?.addEventListener("abort", onAbort, { once: true });
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      out += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      err += text;
      options.onError?.(text);
    });
    const finish = (exitCode: number | null) => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", onAbort);
      resolve({ exitCode, out, err, failure });
    };
    child.once("error", (error) => {
      failure = error.message;
      finish(null);
    });
    child.once("close", finish);
  });
  signal?.throwIfAborted();
  return result;
}

function killGroup(processId: number): void {
  try {
    process.kill(-processId, "SIGKILL");
  } catch {
    // It has ended already.
  }
}
