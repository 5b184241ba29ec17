import { Command, InvalidArgumentError, Option } from "commander";

import { suggest } from "@atoll/core";
import type { DeployCommand } from "@atoll/deploy";

import { optionsBehindCommand } from "./arguments.ts";
import { UsageError } from "./errors.ts";
import { EXIT, EXIT_CODE_HELP } from "./exit-codes.ts";
import type { Io } from "./io.ts";
import { addDeploy } from "./command-line-deploy.ts";
import { addExplain, type ExplainHandlers } from "./command-line-explain.ts";
import { addLedger, type LedgerHandlers } from "./command-line-ledger.ts";
import { addSandbox, type SandboxHandlers } from "./command-line-sandbox.ts";
import type { DeployOptions } from "./commands/deploy-options.ts";
import type { EnvOptions } from "./commands/env.ts";
import type { PreviewOptions } from "./commands/preview-options.ts";

/** Options that every command takes. */
export interface GlobalOptions {
  readonly organization?: string;
  readonly quiet?: true;
}

/** What the command line can ask for: each handler returns the exit code. */
export interface Handlers extends ExplainHandlers, LedgerHandlers, SandboxHandlers {
  preview(
    global: GlobalOptions,
    stacks: readonly string[],
    options: PreviewOptions,
  ): Promise<number>;
  accounts(global: GlobalOptions, options: { readonly json?: true }): Promise<number>;
  addresses(global: GlobalOptions, options: { readonly json?: true }): Promise<number>;
  allocate(
    global: GlobalOptions,
    options: { readonly dryRun?: true; readonly json?: true },
  ): Promise<number>;
  doctor(global: GlobalOptions, options: { readonly json?: true }): Promise<number>;
  env(global: GlobalOptions, options: EnvOptions): Promise<number>;
  deploy(
    global: GlobalOptions,
    command: DeployCommand,
    stacks: readonly string[],
    options: DeployOptions,
  ): Promise<number>;
}

/**
 * Reads a command line and calls the handler that it asks for.
 *
 * @returns the exit code
 * @throws UsageError `WRONG_USAGE`, its message already written; what the handler throws
 */
export async function runCommandLine(
  argv: readonly string[],
  context: { readonly io: Io; readonly version: string; readonly handlers: Handlers },
): Promise<number> {
  let exitCode: number = EXIT.ok;
  const program = buildProgram(context, (code) => {
    exitCode = code;
  });
  const words = optionsBehindCommand(argv, optionsWithValue(program));
  if (words.length === 0) {
    program.outputHelp({ error: true });
    return EXIT.usage;
  }
  try {
    await program.parseAsync(words, { from: "user" });
  } catch (error) {
    const { name, exitCode: code } = error as { name?: string; exitCode?: number };
    if (name !== "CommanderError" && name !== "InvalidArgumentError") throw error;
    // What commander has to say it has written already.
    return code === 0 ? EXIT.ok : EXIT.usage;
  }
  return exitCode;
}

function buildProgram(
  {
    io,
    version,
    handlers,
  }: { readonly io: Io; readonly version: string; readonly handlers: Handlers },
  done: (exitCode: number) => void,
): Command {
  const program = new Command("atoll");
  program
    .description("Previews and runs an AWS organization that is described as data.")
    .version(version)
    .option(
      "--organization <file>",
      "the organization file (default: ATOLL_ORGANIZATION, else stacks/organization.ts)",
    )
    .option("--no-color", "no colours (also: NO_COLOR; FORCE_COLOR=1 for the contrary)")
    .option("--quiet", "only problems and the summary")
    .exitOverride()
    .showHelpAfterError("`atoll --help` and `atoll <command> --help` say what there is.")
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({
      writeOut: io.out,
      writeErr: io.err,
      outputError: (text, write) => {
        write(text.replace(/^error: /, "atoll: "));
      },
    })
    .addHelpText("after", `\nExample:\n  $ atoll preview\n\n${EXIT_CODE_HELP.trimEnd()}`);
  const globals = () => program.opts<GlobalOptions>();
  addPreview(program, async (stacks, options) => {
    done(await handlers.preview(globals(), stacks, options));
  });
  const add = (name: string, text: string, example: string) =>
    command(program, name, text, example);
  addDeploy(add, async (name, stacks, options) => {
    done(await handlers.deploy(globals(), name, stacks, options));
  });
  addLedger(add, handlers, async (run) => {
    done(await run(globals()));
  });
  addExplain(add, handlers, async (run) => {
    done(await run(globals()));
  });
  addAccounts(program, async (options) => {
    done(await handlers.accounts(globals(), options));
  });
  addAddresses(program, {
    show: async (options) => {
      done(await handlers.addresses(globals(), options));
    },
    allocate: async (options) => {
      done(await handlers.allocate(globals(), options));
    },
  });
  addDoctor(program, async (options) => {
    done(await handlers.doctor(globals(), options));
  });
  addEnv(program, async (options) => {
    done(await handlers.env(globals(), options));
  });
  addSandbox(program, { command, globals, done, handlers });
  return program;
}

function addPreview(
  program: Command,
  run: (stacks: readonly string[], options: PreviewOptions) => Promise<void>,
): void {
  command(
    program,
    "preview",
    "previews stacks without credentials or a network (default: every stack)",
    "atoll preview workloads-dev --verbose",
  )
    .argument("[stacks...]", "stacks to show; what they need is previewed too")
    .option("--json", "as data; nothing else is written to standard output")
    .option("--verbose", "every resource with its inputs")
    .option("--sources", "where each resource is created (slower)")
    .option("--timings", "how long it took")
    .option("--no-cache", "preview everything anew")
    .option("--unknowns", "leave computed values unknown, and mark what rests on planned ones")
    .addOption(
      new Option("--graph <format>", "the graph of the stacks, and nothing else")
        .choices(["mermaid", "dot"])
        .conflicts(["json", "verbose"]),
    )
    .addOption(
      new Option(
        "--base <revision>",
        "what the working tree changes against a git revision",
      ).conflicts(["graph", "unknowns", "sources"]),
    )
    .addOption(
      new Option("--workers <count>", "threads that run programs (default: one for each core)")
        .argParser(wholeNumber)
        .env("ATOLL_WORKERS"),
    )
    .action(run);
}

function addAddresses(
  program: Command,
  run: {
    readonly show: (options: { json?: true }) => Promise<void>;
    readonly allocate: (options: { dryRun?: true; json?: true }) => Promise<void>;
  },
): void {
  const addresses = command(
    program,
    "addresses",
    "shows the address book: who owns which block, and what is free",
    "atoll addresses",
  )
    .option("--json", "as data")
    .allowExcessArguments(true)
    .action(async (options: { json?: true }, self: Command) => {
      const [word] = self.args;
      if (word !== undefined) throw unknownCommand(`addresses ${word}`, word, ["allocate"]);
      await run.show(options);
    });
  command(
    addresses,
    "allocate",
    "adds the blocks that the organization lacks to the address book",
    "atoll addresses allocate --dry-run",
  )
    .option("--dry-run", "only say what would be added")
    .option("--json", "as data")
    .action(async (_options: unknown, self: Command) => {
      // `--json` is an option of the parent too, which takes it when it stands in front.
      await run.allocate(self.optsWithGlobals<{ dryRun?: true; json?: true }>());
    });
}

function addAccounts(program: Command, run: (options: { json?: true }) => Promise<void>): void {
  command(
    program,
    "accounts",
    "lists the accounts with their lifecycle, regions and addresses",
    "atoll accounts",
  )
    .option("--json", "as data")
    .action(run);
}

function addDoctor(program: Command, run: (options: { json?: true }) => Promise<void>): void {
  command(
    program,
    "doctor",
    "says what is installed, what is missing and how to get it",
    "atoll doctor",
  )
    .option("--json", "as data")
    .action(run);
}

function addEnv(program: Command, run: (options: EnvOptions) => Promise<void>): void {
  command(
    program,
    "env",
    "prints `export` lines with which plain `pulumi` works in this shell",
    'eval "$(atoll env --sandbox)"',
  )
    .option("--sandbox", "for the local sandbox: needs no AWS, and gets the Pulumi CLI if need be")
    .action(run);
}

function command(parent: Command, name: string, text: string, example: string): Command {
  return parent
    .command(name)
    .description(text)
    .addHelpText("after", `\nExample:\n  $ ${example}\n\n${EXIT_CODE_HELP.trimEnd()}`);
}

function unknownCommand(typed: string, word: string, known: readonly string[]): UsageError {
  const near = suggest(word, known);
  const hint =
    near === undefined ? `The commands are ${known.join(", ")}.` : `Did you mean ${near}?`;
  return new UsageError("UNKNOWN_COMMAND", `unknown command "${typed}"`, hint);
}

function wholeNumber(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) {
    throw new InvalidArgumentError("It must be a whole number from 1 on.");
  }
  return value;
}

/** The long names of options that take a value, of the program and of all its commands. */
function optionsWithValue(program: Command): ReadonlySet<string> {
  const commands = [program, ...program.commands.flatMap((child) => [child, ...child.commands])];
  return new Set(
    commands
      .flatMap((each) => each.options)
      .flatMap((option) => (option.required && option.long ? [option.long] : [])),
  );
}
