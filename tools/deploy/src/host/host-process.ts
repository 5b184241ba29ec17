import { fork, type ChildProcess } from "node:child_process";

import { AtollError, type Problem } from "@atoll/core";
import type { Organization } from "@atoll/organization";

import type { HostedStack, HostMessage, HostRequest } from "./protocol.ts";

/** How a host is started, and when it is given up. */
export interface HostOptions {
  /** Absolute path of the workspace. */
  readonly root: string;
  readonly organization: Organization;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** How long a program may keep the process from saying anything. */
  readonly silenceSeconds: number;
  /** What programs may leave behind before the process is given up, in MiB. */
  readonly memoryMiB: number;
}

/** What a host needs before any program runs, in MiB: Node and the SDKs. */
const BASE_MIB = 256;

/** One process that hosts programs, seen from the command. */
export class HostProcess {
  /** Its port. Rejects with an AtollError `HOST_FAILED` when it ends before it listens. */
  readonly ready: Promise<number>;
  /** Why it ended, in words. */
  readonly gone: Promise<string>;
  readonly #child: ChildProcess;
  readonly #options: HostOptions;
  readonly #hosted = new Map<string, () => void>();
  readonly #ran = new Map<string, (problems: readonly Problem[]) => void>();
  readonly #output: string[] = [];
  #taken = 0;
  #reason: string | undefined;
  #heard = performance.now();

  constructor(options: HostOptions) {
    this.#options = options;
    this.#child = fork(new URL("./main.ts", import.meta.url), {
      execArgv: [
        "--disable-warning=ExperimentalWarning",
        `--max-old-space-size=${String(BASE_MIB + options.memoryMiB)}`,
      ],
      env: { ...options.env },
      stdio: ["ignore", "pipe", "pipe", "ipc"],
      serialization: "json",
      // Ctrl-C in a terminal is for the command: it tells the host.
      detached: true,
    });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.setEncoding("utf8").on("data", (text: string) => this.#keep(text));
    }
    this.gone = new Promise((resolve) => {
      const end = (code: number | null, signal: string | null) => {
        const how =
          signal === null ? `ended with exit code ${String(code)}` : `was ended by ${signal}`;
        resolve(this.#reason ?? `its process ${how}`);
      };
      this.#child.once("exit", end);
      this.#child.once("error", (error) => {
        this.#reason ??= `its process cannot be started: ${error.message}`;
        end(null, null);
      });
    });
    this.ready = new Promise((resolve, reject) => {
      this.#child.on("message", (message: HostMessage) => {
        this.#heard = performance.now();
        if (message.type === "ready") resolve(message.port);
        else this.#hear(message);
      });
      void this.gone.then((reason) => {
        reject(
          new AtollError(
            "HOST_FAILED",
            `The process that runs programs: ${reason}. ${this.output}`,
          ),
        );
      });
    });
    this.ready.catch(() => undefined);
    this.#watch();
    this.#send({ type: "setup", root: options.root, organization: options.organization });
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** For how many stacks it is taken at present, those that wait for it to be ready included. */
  get stacks(): number {
    return this.#taken;
  }

  /** Notes that a stack is going to be hosted; `release` ends that. */
  take(): void {
    this.#taken += 1;
  }

  /** How long it has said nothing: it says something once a second, as long as programs let it. */
  get silentSeconds(): number {
    return (performance.now() - this.#heard) / 1_000;
  }

  /** The last that it printed: what programs print, and what Node says when it dies. */
  get output(): string {
    return this.#output.join("").slice(-4000).trim();
  }

  /** Resolves when the host is ready to run the stack's program. */
  host(stack: HostedStack, onRan: (problems: readonly Problem[]) => void): Promise<void> {
    const name = stack.plan.stack;
    this.#ran.set(name, onRan);
    this.#send({ type: "host", stack });
    return new Promise((resolve) => this.#hosted.set(name, resolve));
  }

  release(stack: string): void {
    this.#taken -= 1;
    this.#ran.delete(stack);
    this.#hosted.delete(stack);
    this.#send({ type: "release", stack });
  }

  /** Has the stack's program end: the engine waits for it even when it was told to stop. */
  abandon(stack: string): void {
    this.#send({ type: "abandon", stack });
  }

  /** Ends it at once. */
  kill(reason: string): void {
    this.#reason ??= reason;
    this.#child.kill("SIGKILL");
  }

  #send(request: HostRequest): void {
    if (this.#child.connected) this.#child.send(request, () => undefined);
  }

  #hear(message: HostMessage): void {
    if (message.type === "hosting") this.#hosted.get(message.stack)?.();
    if (message.type === "ran") this.#ran.get(message.stack)?.(message.problems);
  }

  #keep(text: string): void {
    this.#output.push(text);
    if (/heap out of memory/u.test(text)) {
      this.#reason ??= `its programs took more than ${String(this.#options.memoryMiB)} MiB`;
    }
    if (this.#output.length > 200) this.#output.splice(0, 100);
  }

  #watch(): void {
    const timer = setInterval(() => {
      if (this.silentSeconds > this.#options.silenceSeconds) {
        this.kill(`a program kept its process busy for ${String(this.#options.silenceSeconds)} s`);
      }
    }, 1_000);
    timer.unref();
    void this.gone.then(() => {
      clearInterval(timer);
    });
  }
}
