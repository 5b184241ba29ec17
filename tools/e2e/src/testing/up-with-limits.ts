import { deploy } from "@atoll/deploy";
import { preview, workspaceRoot } from "@atoll/engine";

/*
 * `atoll up --sandbox --yes` with other limits than the command's own: `up-with-limits.ts <organization file>`. Programs
 * may do nothing for 6 s and take 200 MiB. It prints each stack with its status and the codes of its problems.
 */

const [organizationFile = ""] = process.argv.slice(2);
const run = await preview({ organizationFile, cache: true });
try {
  const report = await deploy({
    command: "up",
    root: workspaceRoot(),
    preview: run,
    target: "sandbox",
    stacks: [],
    resume: false,
    all: false,
    refresh: false,
    ignorePreview: false,
    answers: new Map(),
    maxAccounts: null,
    canary: null,
    ledger: null,
    secretsProvider: null,
    limits: {
      width: 8,
      memoryMiB: 4_096,
      // One for each program: what shares a process shares its fate.
      hosts: 8,
      programTimeoutSeconds: 6,
      programMemoryMiB: 200,
      parallel: 16,
    },
    env: process.env,
    signal: new AbortController().signal,
    killSignal: new AbortController().signal,
    ui: {
      onStep: () => undefined,
      onPhase: () => undefined,
      onEvent: () => undefined,
      confirm: null,
    },
  });
  const lines = report.outcomes.map(({ stack, status, problems }) => [
    stack,
    { status, problems: problems.map(({ code, message }) => `${code}: ${message}`) },
  ]);
  process.stdout.write(JSON.stringify(Object.fromEntries(lines)));
} finally {
  run.dispose();
}
// As the command does: timers of libraries are no reason to go on.
process.exit(0);
