import { Console } from "node:console";
import { readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { resolve } from "node:path";

import { runCommandLine, type GlobalOptions, type Handlers } from "./command-line.ts";
import { Cleanup } from "./cleanup.ts";
import { EXIT, SIGNAL_EXIT } from "./exit-codes.ts";
import { handleFailure } from "./failure.ts";
import { watchSignals } from "./interrupt.ts";
import { processIo } from "./io.ts";
import type { Session } from "./session.ts";

const root = resolve(import.meta.dirname, "../../..");
const argv = process.argv.slice(2);
const cleanup = new Cleanup();
const io = processIo({ color: !argv.includes("--no-color"), env: process.env });
let doing = "starting";
let isFinished = false;

// Standard output is for results: what an organization file or a library logs goes the other way.
globalThis.console = new Console({ stdout: process.stderr, stderr: process.stderr });

function finish(exitCode: number): never {
  isFinished = true;
  cleanup.run();
  const signal = interrupts.received();
  if (signal !== undefined) io.err(`atoll: stopped by ${signal}\n`);
  io.flush();
  process.exit(signal === undefined ? exitCode : SIGNAL_EXIT[signal]);
}

const interrupts = watchSignals({
  process,
  onSecond: () => {
    finish(EXIT.ok);
  },
});

function sessionOf(global: GlobalOptions): Session {
  const named = global.organization ?? (process.env["ATOLL_ORGANIZATION"] || undefined);
  return {
    root,
    cwd: process.cwd(),
    io,
    quiet: global.quiet === true,
    organizationFile: resolve(named ?? resolve(root, "stacks/organization.ts")),
    organizationNamed: named !== undefined,
    env: process.env,
    signal: interrupts.signal,
    takeTime: interrupts.takeTime,
    cleanup,
    doing: (what) => {
      doing = what;
    },
  };
}

// Commands are loaded when they are asked for: `--help` needs none of them.
const handlers: Handlers = {
  preview: async (global, stacks, options) => {
    const { previewCommand } = await import("./commands/preview.ts");
    return previewCommand(sessionOf(global), stacks, options);
  },
  accounts: async (global, options) => {
    const { accountsCommand } = await import("./commands/accounts.ts");
    return accountsCommand(sessionOf(global), options);
  },
  addresses: async (global, options) => {
    const { addressesCommand } = await import("./commands/addresses.ts");
    return addressesCommand(sessionOf(global), options);
  },
  allocate: async (global, options) => {
    const { allocateCommand } = await import("./commands/addresses-allocate.ts");
    return allocateCommand(sessionOf(global), options);
  },
  doctor: async (global, options) => {
    const { doctorCommand } = await import("./commands/doctor.ts");
    return doctorCommand(sessionOf(global), options);
  },
  deploy: async (global, command, stacks, options) => {
    const { deployCommand } = await import("./commands/deploy.ts");
    return deployCommand(sessionOf(global), command, stacks, options);
  },
  explain: async (global, subject, options) => {
    const { explainCommand } = await import("./commands/explain.ts");
    return explainCommand(sessionOf(global), subject, options);
  },
  env: async (global, options) => {
    const { envCommand } = await import("./commands/env.ts");
    return envCommand(sessionOf(global), options);
  },
  sandboxSet: async (global, resource, assignment) => {
    const { sandboxSetCommand } = await import("./commands/sandbox.ts");
    return sandboxSetCommand(sessionOf(global), resource, assignment);
  },
  sandboxShow: async (global, account, options) => {
    const { sandboxShowCommand } = await import("./commands/sandbox.ts");
    return sandboxShowCommand(sessionOf(global), account, options);
  },
  sandboxReset: async (global, account) => {
    const { sandboxResetCommand } = await import("./commands/sandbox.ts");
    return sandboxResetCommand(sessionOf(global), account);
  },
  score: async (global, options) => {
    const { scoreCommand } = await import("./commands/score.ts");
    return scoreCommand(sessionOf(global), options);
  },
  unlock: async (global, stack, options) => {
    const { unlockCommand } = await import("./commands/unlock.ts");
    return unlockCommand(sessionOf(global), stack, options);
  },
};

function fail(error: unknown): never {
  // Before anything is said: the line that tells of the progress goes first.
  cleanup.run();
  const isStopped = interrupts.received() !== undefined;
  const options = {
    debug: (process.env["ATOLL_DEBUG"] ?? "") !== "",
    temporaryFolder: tmpdir(),
  };
  finish(isStopped ? EXIT.ok : handleFailure({ error, doing, argv }, io, options));
}

process.on("uncaughtException", fail);
process.on("unhandledRejection", fail);
process.on("exit", () => {
  if (isFinished) return;
  // Nothing is left to wait for, yet there is no result: some promise is never settled.
  fail(
    new Error("nothing is left to do, but there is no result (a promise that is never settled)"),
  );
});

const { version } = JSON.parse(readFileSync(resolve(root, "package.json"), "utf8")) as {
  version: string;
};
runCommandLine(argv, { io, version, handlers }).then(finish, fail);
