import { readdirSync } from "node:fs";
import { join } from "node:path";

import { AtollError } from "@atoll/core";

import { runCommand } from "../pulumi-cli/run-command.ts";
import { backendFolder } from "../state/backend-file.ts";
import type { StackAccess } from "../state/stack-access.ts";

const LIST_SECONDS = 300;

/**
 * The stacks of a project that have a state, sorted.
 *
 * @param access of any stack of the project
 * @throws AtollError `STACKS_NOT_LISTED` when Pulumi cannot list them
 */
export async function stacksWithState(
  access: StackAccess,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const folder = backendFolder(access.backendUrl);
  if (folder !== undefined)
    return stacksInFolder(join(folder, ".pulumi", "stacks", access.project));
  const { file, env, cwd } = access.pulumi;
  const args = ["stack", "ls", "--json", "--project", access.project, "--cwd", cwd];
  const { exitCode, failure, out, err } = await runCommand(file, [...args, "--non-interactive"], {
    env,
    timeoutSeconds: LIST_SECONDS,
    signal,
  });
  if (exitCode !== 0) {
    const why = failure === "" ? err.trim() : failure;
    throw new AtollError(
      "STACKS_NOT_LISTED",
      `The stacks of ${access.project} cannot be listed: ${why}`,
    );
  }
  const listed = JSON.parse(out) as readonly { readonly name: string }[];
  return listed.map(({ name }) => name.split("/").at(-1) ?? name).sort();
}

function stacksInFolder(folder: string): readonly string[] {
  try {
    const names = readdirSync(folder).map((name) => /^(.+)\.json(?:\.gz)?$/u.exec(name)?.[1]);
    return [...new Set(names.filter((name) => name !== undefined))].sort();
  } catch {
    // Nothing was ever deployed.
    return [];
  }
}
