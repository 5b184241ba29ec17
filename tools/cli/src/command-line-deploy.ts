import { InvalidArgumentError, Option, type Command } from "commander";

import type { DeployCommand } from "@atoll/deploy";

import type { DeployOptions } from "./commands/deploy-options.ts";

type Run = (
  command: DeployCommand,
  stacks: readonly string[],
  options: DeployOptions,
) => Promise<void>;

type AddCommand = (name: string, text: string, example: string) => Command;

/** Adds `up`, `destroy`, `refresh` and `drift`. */
export function addDeploy(add: AddCommand, run: Run): void {
  const up = stacksOf(
    add("up", "brings stacks up with Pulumi's engine, in order", "atoll up --sandbox"),
    (stacks, options) => run("up", stacks, options),
  );
  changing(targetOf(up))
    .option("--refresh", "look at what is there before changing it: reverts drift")
    .option("--all", "also stacks of which nothing changed since their last run")
    .option("--ignore-preview-errors", "also stacks in which the preview found errors")
    .option("--canary <account>", "this account first, the others when it is well")
    .addOption(
      new Option("--bake <duration>", "how long to wait after the canary, such as 10m").argParser(
        duration,
      ),
    )
    .option("--health <command>", "a shell command that exits with 0 when the canary is well");
  const destroy = stacksOf(
    add(
      "destroy",
      "destroys stacks, in reverse order; what is locked stays",
      "atoll destroy --sandbox",
    ),
    (stacks, options) => run("destroy", stacks, options),
  );
  changing(targetOf(destroy)).option("--refresh", "look at what is there before");
  const refresh = stacksOf(
    add("refresh", "reads what is there into the state", "atoll refresh network --sandbox"),
    (stacks, options) => run("refresh", stacks, options),
  );
  changing(targetOf(refresh));
  const drift = stacksOf(
    add(
      "drift",
      "says what differs from the code (exit code 1), and changes nothing",
      "atoll drift --sandbox",
    ),
    (stacks, options) => run("drift", stacks, options),
  );
  targetOf(drift);
}

function stacksOf(
  command: Command,
  action: (stacks: readonly string[], options: DeployOptions) => Promise<void>,
): Command {
  return command.argument("[stacks...]", "stacks (default: all of them)").action(action);
}

function targetOf(command: Command): Command {
  return command
    .addOption(
      new Option("--sandbox", "in place of AWS: a model of it on this machine").conflicts(
        "emulator",
      ),
    )
    .option("--emulator <url>", "in place of AWS: something that answers as AWS there")
    .option("--json", "as data; nothing else is written to standard output")
    .addOption(
      new Option("--parallel <count>", "stacks at once (default: four for each core)").argParser(
        count,
      ),
    )
    .addOption(
      new Option("--memory <MiB>", "what the run may take (default: 1536)").argParser(count),
    )
    .addOption(
      new Option(
        "--hosts <count>",
        "processes that run programs (default: one for each core)",
      ).argParser(count),
    )
    .option("--ledger <place>", "a folder or s3://bucket/prefix (also: ATOLL_LEDGER)")
    .option(
      "--secrets-provider <url>",
      "how secrets of new stacks are encrypted, such as awskms://alias/atoll-state",
    );
}

function changing(command: Command): Command {
  return command
    .option("--yes", "do not ask")
    .option("--resume", "only what did not end well last time, or was changed outside")
    .addOption(
      new Option("--max-accounts <count>", "refuse to touch more accounts than this").argParser(
        count,
      ),
    )
    .option("--found <urn=id...>", "what a resource in doubt is")
    .option("--absent <urn...>", "resources in doubt that do not exist");
}

function count(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) {
    throw new InvalidArgumentError("It must be a whole number from 1 on.");
  }
  return value;
}

const UNITS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000 };

/** Milliseconds of `90s`, `10m` or `1h`. */
function duration(text: string): number {
  const [, amount, unit = ""] = /^(\d+)([smh])$/u.exec(text) ?? [];
  const factor = UNITS[unit];
  if (amount === undefined || factor === undefined) {
    throw new InvalidArgumentError("It must be a number with s, m or h behind it, such as 10m.");
  }
  return Number(amount) * factor;
}
