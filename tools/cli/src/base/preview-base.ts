import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { isAbsolute, join, relative, sep } from "node:path";

import { AtollError, type Problem } from "@atoll/core";
import type { Preview } from "@atoll/engine";

import { UsageError } from "../errors.ts";
import { extractCommit } from "./git.ts";
import { linkModules } from "./link-modules.ts";
import { lockfileProblem } from "./lockfile.ts";

/** A preview of another revision. */
export interface BasePreview {
  readonly preview: Preview;
  /** What limits comparing with it. */
  readonly notes: readonly Problem[];
}

/** What to preview of which revision. */
export interface BaseRequest {
  /** The workspace's folder. */
  readonly root: string;
  readonly ref: string;
  readonly commit: string;
  /** Absolute path in the working tree. */
  readonly organizationFile: string;
  /** Where the checkout is made. */
  readonly temporaryFolder: string;
  readonly signal: AbortSignal;
  /** Called with what removes the temporary checkout, as soon as there is something to remove. */
  readonly onCleanup: (remove: () => void) => void;
}

/** Part of a checkout that runs it. */
const MAIN = join("tools", "cli", "src", "main.ts");

/**
 * Previews a revision in a checkout of its own, with its own command and workspace packages, and removes the checkout.
 *
 * @throws UsageError `BASE_ORGANIZATION_OUTSIDE`, `BASE_ORGANIZATION_MISSING`, `BASE_WITHOUT_CLI`
 * @throws AtollError `BASE_CHECKOUT_FAILED`, `BASE_PREVIEW_FAILED`
 */
export async function previewBase(request: BaseRequest): Promise<BasePreview> {
  const { root, ref, signal } = request;
  const organizationPath = pathInside(root, request.organizationFile);
  const folder = mkdtempSync(join(request.temporaryFolder, "atoll-base-"));
  const remove = () => {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  };
  request.onCleanup(remove);
  try {
    await extractCommit({ root, commit: request.commit, folder, signal });
    if (!existsSync(join(folder, MAIN))) {
      throw new UsageError("BASE_WITHOUT_CLI", `${ref} has no atoll command to preview it with`);
    }
    if (!existsSync(join(folder, organizationPath))) {
      throw new UsageError("BASE_ORGANIZATION_MISSING", `${ref} has no ${organizationPath}`);
    }
    linkModules(join(root, "node_modules"), folder);
    const preview = await runPreview(folder, organizationPath, ref, signal);
    const lockfiles = [folder, root].map((where) => textOf(join(where, "package-lock.json")));
    const note = lockfileProblem(lockfiles[0] ?? null, lockfiles[1] ?? null);
    return { preview, notes: note === undefined ? [] : [note] };
  } finally {
    remove();
  }
}

function pathInside(root: string, file: string): string {
  const path = relative(root, file);
  if (path.startsWith(`..${sep}`) || isAbsolute(path)) {
    throw new UsageError(
      "BASE_ORGANIZATION_OUTSIDE",
      `${file} is not in ${root}, so no revision has it`,
      "`preview --base` needs an organization file that is in the repository.",
    );
  }
  return path;
}

function textOf(file: string): string | null {
  return existsSync(file) ? readFileSync(file, "utf8") : null;
}

async function runPreview(
  folder: string,
  organizationPath: string,
  ref: string,
  signal: AbortSignal,
): Promise<Preview> {
  const args = [
    "preview",
    "--json",
    "--no-cache",
    "--organization",
    join(folder, organizationPath),
  ];
  const child = spawn(
    process.execPath,
    ["--disable-warning=ExperimentalWarning", join(folder, MAIN), ...args],
    {
      cwd: folder,
      stdio: ["ignore", "pipe", "pipe"],
      signal,
      env: childEnvironment(),
    },
  );
  const out: Buffer[] = [];
  let said = "";
  child.stdout.on("data", (chunk: Buffer) => {
    out.push(chunk);
  });
  child.stderr.on("data", (chunk: Buffer) => {
    said += chunk.toString("utf8");
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    let failure: Error | undefined;
    child.once("error", (error) => {
      failure = error;
    });
    // Not before the process is gone: what it still writes must not outlive the checkout.
    child.once("close", (exitCode) => {
      if (failure === undefined) resolve(exitCode);
      else reject(failure);
    });
  });
  signal.throwIfAborted();
  const preview = parsePreview(Buffer.concat(out).toString("utf8"));
  if (preview === undefined || (code !== 0 && code !== 1)) {
    const text = said.trim() || `it ended with exit code ${String(code)}`;
    throw new AtollError("BASE_PREVIEW_FAILED", `the preview of ${ref} failed:\n${text}`);
  }
  return preview;
}

function childEnvironment(): NodeJS.ProcessEnv {
  // In a git hook these point to the working tree's repository, whatever folder git is run in.
  const { GIT_DIR: _dir, GIT_WORK_TREE: _tree, GIT_INDEX_FILE: _index, ...env } = process.env;
  // Compiled code is kept by path, and the checkout's path will never come again.
  return { ...env, NODE_DISABLE_COMPILE_CACHE: "1" };
}

function parsePreview(text: string): Preview | undefined {
  try {
    const value = JSON.parse(text) as Preview;
    return Array.isArray(value.stacks) && Array.isArray(value.problems) ? value : undefined;
  } catch {
    return undefined;
  }
}
