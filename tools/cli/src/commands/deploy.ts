import { availableParallelism } from "node:os";
import { createInterface } from "node:readline/promises";

import { hasErrors, type Problem } from "@atoll/core";
import type {
  DeployCommand,
  DeployReport,
  DeployRequest,
  RecoveryAnswer,
  StackOutcome,
} from "@atoll/deploy";
import type { PreviewRun } from "@atoll/engine";

import { UsageError } from "../errors.ts";
import { EXIT } from "../exit-codes.ts";
import { progressStyle } from "../progress.ts";
import { renderChanges, renderReport, reportJson } from "../render/deploy.ts";
import { renderProblems } from "../render/problems.ts";
import { startRunProgress, type RunProgress } from "../render/run-progress.ts";
import type { Session } from "../session.ts";

import type { DeployOptions } from "./deploy-options.ts";
import { runPreview } from "./run-preview.ts";

/** Runs `atoll up`, `destroy`, `refresh` or `drift`; the result is the exit code. */
export async function deployCommand(
  session: Session,
  command: DeployCommand,
  stacks: readonly string[],
  options: DeployOptions,
): Promise<number> {
  const { io, quiet } = session;
  refuseWithoutAnswer(session, command, options);
  const preview = await runPreview(session, [], { cache: true, json: true }, { unknowns: false });
  const problems = preview.problems.map((problem) => ({ stack: null, problem }));
  if (preview.problems.length > 0) io.err(renderProblems(problems, io.errorPaint));
  if (preview.deployment === null || hasErrors(preview.problems)) return EXIT.errors;
  session.doing(`running ${command}`);
  session.takeTime();
  const kill = new AbortController();
  session.cleanup.add(() => {
    kill.abort();
  });
  const started = performance.now();
  let progress: RunProgress | undefined;
  const stop = session.cleanup.add(() => progress?.stop());
  const { deploy } = await import("@atoll/deploy");
  const style = progressStyle({
    terminal: io.errorIsTerminal,
    quiet,
    json: options.json === true,
  });
  const report = await deploy({
    ...requestOf(session, command, stacks, options, preview),
    killSignal: kill.signal,
    ui: {
      onStep: ({ text, reason }) => {
        if (!quiet) io.err(`${text} (${reason})\n`);
      },
      onPhase: ({ name, stacks: phase }) => {
        progress?.stop();
        if (name === "preview" && !quiet) io.err("previewing the changes\n");
        progress = startRunProgress(io, style, phase);
      },
      onEvent: (event) => progress?.onEvent(event),
      confirm: options.yes === true ? null : confirmer(session, command, () => progress?.stop()),
    },
  });
  stop();
  session.doing("writing the report");
  if (options.json === true) io.out(reportJson(command, report));
  else
    io.out(
      renderReport(
        command,
        report,
        { milliseconds: performance.now() - started, quiet, told: style === "redrawn" },
        io.paint,
      ),
    );
  return exitCodeOf(command, report);
}

function requestOf(
  session: Session,
  command: DeployCommand,
  stacks: readonly string[],
  options: DeployOptions,
  preview: PreviewRun,
): Omit<DeployRequest, "ui" | "killSignal"> {
  const { root, env, signal } = session;
  const cores = availableParallelism();
  return {
    command,
    root,
    preview,
    target:
      options.sandbox === true ? "sandbox" : options.emulator === undefined ? "aws" : "emulator",
    ...(options.emulator === undefined ? {} : { emulatorUrl: options.emulator }),
    stacks,
    resume: options.resume === true,
    all: options.all === true,
    refresh: options.refresh === true,
    ignorePreview: options.ignorePreviewErrors === true,
    answers: answersOf(options),
    maxAccounts: options.maxAccounts ?? null,
    canary:
      options.canary === undefined
        ? null
        : {
            account: options.canary,
            bakeMilliseconds: options.bake ?? 0,
            health: options.health ?? null,
          },
    ledger: options.ledger ?? env["ATOLL_LEDGER"] ?? null,
    secretsProvider: options.secretsProvider ?? null,
    limits: {
      width: options.parallel ?? 4 * cores,
      memoryMiB: options.memory ?? 1_536,
      hosts: options.hosts ?? cores,
      programTimeoutSeconds: 60,
      programMemoryMiB: 1_024,
      parallel: 16,
    },
    env,
    signal,
  };
}

/** @throws UsageError `FOUND_INVALID` */
function answersOf({
  found = [],
  absent = [],
}: DeployOptions): ReadonlyMap<string, RecoveryAnswer> {
  const ids = found.map((text): [string, RecoveryAnswer] => {
    const [, urn, id] = /^(urn:pulumi:[^=]+)=(.+)$/u.exec(text) ?? [];
    if (urn === undefined || id === undefined) {
      throw new UsageError("FOUND_INVALID", `--found takes <urn>=<id>, not ${text}`);
    }
    return [urn, { id }];
  });
  return new Map<string, RecoveryAnswer>([
    ...ids,
    ...absent.map((urn) => [urn, "absent"] as const),
  ]);
}

/**
 * A machine cannot be asked: it says `--yes`.
 *
 * @throws UsageError `CONFIRMATION_IMPOSSIBLE`
 */
function refuseWithoutAnswer(
  { io }: Session,
  command: DeployCommand,
  options: DeployOptions,
): void {
  if (command === "drift" || options.yes === true) return;
  if (io.errorIsTerminal && process.stdin.isTTY) return;
  throw new UsageError(
    "CONFIRMATION_IMPOSSIBLE",
    `atoll ${command} asks before it changes anything, and there is no terminal to ask on`,
    "Give --yes to go on without being asked.",
  );
}

function confirmer(session: Session, command: DeployCommand, stop: () => void) {
  return async (previewed: readonly StackOutcome[]): Promise<boolean> => {
    const { io, signal } = session;
    stop();
    if (previewed.length > 0) io.err(renderChanges(previewed, io.errorPaint));
    const problems: readonly Problem[] = previewed.flatMap((outcome) => outcome.problems);
    const note = hasErrors(problems) ? " There are errors: those stacks will fail." : "";
    const lines = createInterface({ input: process.stdin, output: process.stderr });
    try {
      const answer = await lines.question(`Go on with ${command}?${note} [y/N] `, { signal });
      return /^y(?:es)?$/iu.test(answer.trim());
    } finally {
      lines.close();
    }
  };
}

function exitCodeOf(command: DeployCommand, report: DeployReport): number {
  const isBad = report.outcomes.some(({ status }) =>
    ["failed", "blocked", "cancelled"].includes(status),
  );
  if (report.problems.some(({ code }) => code === "STACK_UNKNOWN")) return EXIT.usage;
  if (isBad || report.declined || hasErrors(report.problems)) return EXIT.errors;
  const hasDrift =
    command === "drift" && report.drift.some(({ resources }) => resources.length > 0);
  return hasDrift ? EXIT.errors : EXIT.ok;
}
