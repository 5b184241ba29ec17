import { spawn, type ChildProcess } from "node:child_process";
import { closeSync, openSync } from "node:fs";

/** How `pulumi` is started. */
export interface PulumiCommand {
  /** Absolute path of `pulumi`. */
  readonly file: string;
  readonly arguments: readonly string[];
  /** The whole environment. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Folder of the Pulumi project. */
  readonly cwd: string;
  /** What it prints is added to this file. */
  readonly logFile: string;
}

/** How `pulumi` ended. */
export interface PulumiEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** Why it did not even start; null when it did. */
  readonly error: Error | null;
}

/**
 * A running `pulumi`. It has a process group of its own, so that Ctrl-C in a terminal reaches only the command, which
 * passes it on; and it writes to a file instead of to the command, so that it can finish when the command is killed.
 */
export class PulumiProcess {
  readonly ended: Promise<PulumiEnd>;
  readonly #child: ChildProcess;

  constructor(command: PulumiCommand) {
    const log = openSync(command.logFile, "a");
    this.#child = spawn(command.file, command.arguments, {
      cwd: command.cwd,
      env: { ...command.env },
      stdio: ["ignore", log, log],
      detached: true,
    });
    closeSync(log);
    this.ended = new Promise((resolve) => {
      this.#child.once("error", (error) => {
        resolve({ code: null, signal: null, error });
      });
      this.#child.once("exit", (code, signal) => {
        resolve({ code, signal, error: null });
      });
    });
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** Asks it to stop: it finishes what is under way, begins nothing new, and saves its state. */
  interrupt(): void {
    this.#child.kill("SIGINT");
  }

  /** Ends it and its providers at once. What is under way is lost track of. */
  kill(): void {
    const { pid } = this.#child;
    if (pid === undefined || this.#child.exitCode !== null || this.#child.signalCode !== null)
      return;
    try {
      process.kill(-pid, "SIGKILL");
    } catch {
      // It has just ended.
    }
  }
}
