import type { Command } from "commander";

import type { GlobalOptions } from "./command-line.ts";
import type { ScoreOptions } from "./commands/score.ts";
import type { UnlockOptions } from "./commands/unlock.ts";

type AddCommand = (name: string, text: string, example: string) => Command;

/** The commands about past runs: each handler returns the exit code. */
export interface LedgerHandlers {
  score(global: GlobalOptions, options: ScoreOptions): Promise<number>;
  unlock(global: GlobalOptions, stack: string | undefined, options: UnlockOptions): Promise<number>;
}

/** Adds `score` and `unlock`. */
export function addLedger(
  add: AddCommand,
  handlers: LedgerHandlers,
  run: (handler: (global: GlobalOptions) => Promise<number>) => Promise<void>,
): void {
  add("score", "says how good the previews' predictions were, by resource type", "atoll score")
    .option("--json", "as data")
    .option("--ledger <location>", "a folder or s3://bucket/prefix (also: ATOLL_LEDGER)")
    .action((options: ScoreOptions) => run((global) => handlers.score(global, options)));
  add(
    "unlock",
    "clears the lock that a killed run left on a stack",
    "atoll unlock network --sandbox",
  )
    .argument("[stack]", "the stack; none with --ledger")
    .option("--sandbox", "in the local sandbox")
    .option("--ledger [location]", "the run ledger's lock instead of a stack's")
    .option("--yes", "do not ask")
    .option("--force", "although the process that holds it is running")
    .action((stack: string | undefined, options: UnlockOptions) =>
      run((global) => handlers.unlock(global, stack, options)),
    );
}
