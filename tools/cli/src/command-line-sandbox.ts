import type { Command } from "commander";

import type { GlobalOptions } from "./command-line.ts";

/** What `atoll sandbox` can ask for: each handler returns the exit code. */
export interface SandboxHandlers {
  sandboxSet(global: GlobalOptions, resource: string, assignment: string): Promise<number>;
  sandboxShow(
    global: GlobalOptions,
    account: string | undefined,
    options: { readonly json?: true },
  ): Promise<number>;
  sandboxReset(global: GlobalOptions, account: string | undefined): Promise<number>;
}

/** What the commands are made with. */
export interface SandboxCommandsContext {
  /** Adds a command with its text and an example. */
  readonly command: (parent: Command, name: string, text: string, example: string) => Command;
  readonly globals: () => GlobalOptions;
  /** Takes the exit code. */
  readonly done: (exitCode: number) => void;
  readonly handlers: SandboxHandlers;
}

/** Adds `atoll sandbox show | set | reset`. */
export function addSandbox(program: Command, context: SandboxCommandsContext): void {
  const { command, globals, done, handlers } = context;
  const sandbox = command(
    program,
    "sandbox",
    "shows and changes what the local sandbox holds, behind Pulumi's back",
    "atoll sandbox show network",
  );
  command(
    sandbox,
    "show",
    "lists the resources of the sandbox's accounts",
    "atoll sandbox show network",
  )
    .argument("[account]", "name or id (default: every account)")
    .option("--json", "as data")
    .action(async (account: string | undefined, options: { json?: true }) => {
      done(await handlers.sandboxShow(globals(), account, options));
    });
  command(
    sandbox,
    "set",
    "changes a property of a resource; the value is JSON, or text that is none",
    "atoll sandbox set vpc-0123456789abcdef0 enableDnsSupport=false",
  )
    .argument("<urn-or-id>", "which resource")
    .argument("<property=value>", "such as tags.Name=web; null takes the property away")
    .action(async (resource: string, assignment: string) => {
      done(await handlers.sandboxSet(globals(), resource, assignment));
    });
  command(
    sandbox,
    "reset",
    "makes accounts as AWS hands them out; Pulumi's state stays as it is",
    "atoll sandbox reset network",
  )
    .argument("[account]", "name or id (default: every account)")
    .action(async (account: string | undefined) => {
      done(await handlers.sandboxReset(globals(), account));
    });
}
