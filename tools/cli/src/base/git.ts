import { execFile, spawn, type ChildProcess } from "node:child_process";
import { promisify } from "node:util";

import { AtollError } from "@atoll/core";

import { UsageError } from "../errors.ts";

const run = promisify(execFile);

/**
 * The commit that a revision names.
 *
 * @throws UsageError `BASE_NOT_GIT` outside of a git repository, `BASE_UNKNOWN_REVISION` for a name git does not know
 */
export async function resolveCommit(root: string, ref: string): Promise<string> {
  try {
    await run("git", ["-C", root, "rev-parse", "--git-dir"]);
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === "ENOENT";
    throw new UsageError(
      "BASE_NOT_GIT",
      missing ? "git is not installed" : `${root} is not in a git repository`,
      "`preview --base` compares with a commit of the repository that Atoll is in.",
    );
  }
  try {
    const revision = `${ref}^{commit}`;
    const args = ["-C", root, "rev-parse", "--verify", "--quiet", "--end-of-options", revision];
    const { stdout } = await run("git", args);
    return stdout.trim();
  } catch {
    throw new UsageError(
      "BASE_UNKNOWN_REVISION",
      `git knows no revision "${ref}"`,
      "Name a branch, a tag or a commit; in a shallow clone, fetch it first.",
    );
  }
}

/**
 * Writes the files of a commit into a folder: those of the folder `root`, wherever it is in its repository.
 *
 * @throws AtollError `BASE_CHECKOUT_FAILED`
 */
export async function extractCommit(request: {
  readonly root: string;
  readonly commit: string;
  readonly folder: string;
  readonly signal: AbortSignal;
}): Promise<void> {
  const { root, commit, folder, signal } = request;
  const archive = spawn("git", ["-C", root, "archive", "--format=tar", commit], {
    stdio: ["ignore", "pipe", "pipe"],
    signal,
  });
  const unpack = spawn("tar", ["-x", "-C", folder], { stdio: ["pipe", "ignore", "pipe"], signal });
  // When `tar` ends early, what its standard error says matters, not the broken pipe.
  unpack.stdin.on("error", () => undefined);
  archive.stdout.pipe(unpack.stdin);
  const outcomes = await Promise.allSettled([
    finished(archive, "git archive"),
    finished(unpack, "tar"),
  ]);
  signal.throwIfAborted();
  for (const outcome of outcomes) {
    if (outcome.status === "rejected") throw outcome.reason;
  }
}

function finished(child: ChildProcess, name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = "";
    child.stderr?.on("data", (chunk: Buffer) => {
      said += chunk.toString("utf8");
    });
    let cause: Error | undefined;
    child.once("error", (error) => {
      cause = error;
    });
    // Not before the process is gone: what it still writes must not outlive the folder.
    child.once("close", (code) => {
      if (code === 0 && cause === undefined) {
        resolve();
        return;
      }
      const detail = cause?.message ?? (said.trim() || `exit code ${String(code)}`);
      reject(new AtollError("BASE_CHECKOUT_FAILED", `${name} failed: ${detail}`, { cause }));
    });
  });
}
