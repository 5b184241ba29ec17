import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";

import { downloadHome } from "./cache-folder.ts";
import { runCommand } from "./run-command.ts";

/** What making a CLI needs. */
export interface MakeOptions {
  /** Without a leading `v`. */
  readonly version: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal?: AbortSignal | undefined;
}

/** How long a download may take. A host that is out of reach is noticed within seconds. */
const DOWNLOAD_SECONDS = 120;

/**
 * Lets npm's `pulumi` of that version download the official CLI into our cache. Needs `npm` on the path.
 *
 * @returns why it did not work; empty when it did
 */
export async function downloadPulumi({ version, env, signal }: MakeOptions): Promise<string> {
  const home = downloadHome(env);
  const folder = join(home, "versions", version);
  // What an interrupted download left; a whole one would have been found.
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(home, { recursive: true });
  // A registry that is out of reach is tried once.
  const npm = ["exec", "--yes", "--fetch-retries=0", "--ignore-scripts", "--loglevel=error"];
  const args = [...npm, `--package=pulumi@${version}`, "--", "pulumi", "version"];
  const result = await runCommand("npm", args, {
    // Outside any checkout, so that no project of npm's is taken for its own.
    cwd: home,
    env: { ...env, PULUMI_HOME: home, PULUMI_VERSION: version, PULUMI_SKIP_UPDATE_CHECK: "true" },
    timeoutSeconds: DOWNLOAD_SECONDS,
    signal,
  });
  if (result.exitCode === 0) return "";
  rmSync(folder, { recursive: true, force: true });
  return result.failure === "" ? lastLine(result.err) : result.failure;
}

/** The last line that says something. */
export function lastLine(text: string): string {
  const lines = text.split("\n").map((line) => line.trim());
  return lines.filter((line) => line !== "").at(-1) ?? "it said nothing";
}
