import { join } from "node:path";

import {
  isInstalled,
  markInstalled,
  matchesLockfile,
  packageCount,
  unmarkInstalled,
} from "./installed.mjs";
import { withLock } from "./lock.mjs";
import { ensureNode, outerEnvironment, outerNode } from "./node-binary.mjs";
import { runForeground } from "./processes.mjs";
import { showProgress } from "./progress.mjs";
import { warmUp } from "./warm-up.mjs";

/** The user stopped the installation; the next one begins again. */
export class InterruptedError extends Error {
  /** @param {number} exitCode What this process should end with. */
  constructor(exitCode) {
    super("Interrupted. The next run begins again.");
    this.name = "InterruptedError";
    this.exitCode = exitCode;
  }
}

/**
 * @typedef {object} InstallOptions
 * @property {readonly string[]} [npm] The command that is npm. By default the npm that started this, else the one on PATH.
 * @property {NodeJS.WriteStream} [stream] Where progress goes. By default stderr.
 * @property {(root: string, onOutput: (text: string) => void) => Promise<void>} [prepare] What is made once after an
 *   install. By default the tables of tools/aws-model.
 */

/**
 * Installs what the lockfile says, when node_modules is not that already. Costs a few milliseconds when it is. Several
 * may call it at once: one installs, the others wait. Killed half-way, the next call begins again.
 *
 * @param {string} root Where package.json and package-lock.json are.
 * @param {InstallOptions} [options]
 * @returns {Promise<boolean>} true when something was installed or verified anew.
 * @throws with npm's whole output when it fails, and when no Node 24 can be had.
 */
export async function ensureInstalled(root, options = {}) {
  if (isInstalled(root)) return false;
  const stream = options.stream ?? process.stderr;
  /** @type {((end: string) => void) | undefined} */
  let waiting;
  return withLock(
    join(root, ".atoll/.setup-lock"),
    async () => {
      waiting?.("done");
      if (isInstalled(root)) return false;
      await install(root, options.npm ?? npmCommand(root), options.prepare ?? warmUp, stream);
      return true;
    },
    (holder) =>
      (waiting ??= showProgress(`${holder} is installing; waiting for it`, () => "", stream)),
  );
}

/** @type {(root: string, npm: readonly string[], prepare: typeof warmUp, stream: NodeJS.WriteStream) => Promise<void>} */
async function install(root, npm, prepare, stream) {
  unmarkInstalled(root);
  if (!matchesLockfile(root)) {
    await watched(
      "installing dependencies",
      stream,
      fetchedOf(packageCount(root)),
      async (onOutput) => {
        const { code, interrupted } = await runForeground(
          npm[0] ?? "npm",
          [
            ...npm.slice(1),
            "ci",
            "--include=dev",
            "--include=optional",
            "--no-audit",
            "--no-fund",
            "--loglevel=http",
          ],
          { cwd: root, env: outerEnvironment(root), onOutput },
        );
        if (interrupted) throw new InterruptedError(code);
        if (code !== 0) throw new Error(`npm ci ended with ${String(code)}`);
      },
    );
  }
  await watched(
    "preparing",
    stream,
    () => "",
    async (onOutput) => {
      await ensureNode(root, onOutput);
      await prepare(root, onOutput);
    },
  );
  markInstalled(root);
}

/**
 * Runs a step under a line of progress, and keeps its output for when it fails.
 *
 * @param {string} title
 * @param {NodeJS.WriteStream} stream
 * @param {(output: string) => string} detail
 * @param {(onOutput: (text: string) => void) => Promise<void>} step
 */
async function watched(title, stream, detail, step) {
  let output = "";
  const end = showProgress(title, () => detail(output), stream);
  try {
    await step((text) => (output += text));
    end("done");
  } catch (error) {
    end("failed");
    if (error instanceof InterruptedError) throw error;
    const log = output.split("\n").filter((line) => !/^npm http (fetch|cache) /.test(line));
    throw new Error([...log, error instanceof Error ? error.message : String(error)].join("\n"), {
      cause: error,
    });
  }
}

/** @type {(total: number) => (output: string) => string} */
const fetchedOf = (total) => (output) => {
  const fetched = output.match(/^npm http (fetch|cache) /gm)?.length ?? 0;
  return `${String(Math.min(fetched, total))} of ${String(total)} packages`;
};

/** @type {(root: string) => readonly string[]} */
function npmCommand(root) {
  const script = process.env["npm_execpath"] ?? "";
  return script.endsWith("npm-cli.js") ? [outerNode(root), script] : ["npm"];
}
