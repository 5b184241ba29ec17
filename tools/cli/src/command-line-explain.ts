import type { Command } from "commander";

import type { GlobalOptions } from "./command-line.ts";

type AddCommand = (name: string, text: string, example: string) => Command;

/** The command that explains: its handler returns the exit code. */
export interface ExplainHandlers {
  explain(
    global: GlobalOptions,
    subject: string,
    options: { readonly json?: true },
  ): Promise<number>;
}

/** Adds `explain`. */
export function addExplain(
  add: AddCommand,
  handlers: ExplainHandlers,
  run: (handler: (global: GlobalOptions) => Promise<number>) => Promise<void>,
): void {
  add(
    "explain",
    "says what is known of a code, a type or a property, and from where",
    "atoll explain ec2.Subnet.cidrBlock",
  )
    .argument("<subject>", "such as AWS_IN_USE, InvalidSubnet.Conflict or ec2.Subnet.cidrBlock")
    .option("--json", "as data")
    .action((subject: string, options: { readonly json?: true }) =>
      run((global) => handlers.explain(global, subject, options)),
    );
}
