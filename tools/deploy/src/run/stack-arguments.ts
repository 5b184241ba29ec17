import type { RunCommand } from "./run-options.ts";

/** What decides how `pulumi` is called for a stack. */
export interface StackArguments {
  readonly command: RunCommand;
  /** The stack's name as `--stack` takes it. */
  readonly stack: string;
  /** Port of the process that hosts the program; null where no program runs. */
  readonly port: number | null;
  readonly eventFile: string;
  readonly parallel: number;
  readonly refresh: boolean;
  /** URNs to work on; empty for all. */
  readonly targets: readonly string[];
}

/** Commands that run the stack's program. The others work from the state alone. */
const WITH_PROGRAM: ReadonlySet<RunCommand> = new Set(["up", "preview", "drift"]);

/** Whether the command runs the stack's program. */
export function runsProgram(command: RunCommand): boolean {
  return WITH_PROGRAM.has(command);
}

/** The arguments of `pulumi`. A drift is what an update would change after a look at what is there. */
export function stackArguments(given: StackArguments): readonly string[] {
  const { command, stack, port, eventFile, parallel } = given;
  const refresh = given.refresh || command === "drift" ? ["--refresh"] : [];
  return [
    ...{
      up: ["up", "--yes", "--skip-preview", "--suppress-outputs", ...refresh],
      preview: ["preview", ...refresh],
      drift: ["preview", ...refresh],
      refresh: ["refresh", "--yes", "--skip-preview", "--suppress-outputs"],
      destroy: [
        "destroy",
        "--yes",
        "--skip-preview",
        "--suppress-outputs",
        "--exclude-protected",
        ...refresh,
      ],
    }[command],
    ...given.targets.flatMap((urn) => ["--target", urn]),
    "--stack",
    stack,
    "--parallel",
    String(parallel),
    ...(port === null
      ? ["--exec-kind", "auto.local"]
      : [`--client=127.0.0.1:${String(port)}`, "--exec-kind", "auto.inline"]),
    "--event-log",
    eventFile,
    "--non-interactive",
    "--color",
    "never",
    "--suppress-progress",
  ];
}
