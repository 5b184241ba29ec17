import { existsSync } from "node:fs";

import { AtollError } from "@atoll/core";

import { backendFolder, findStateFile, type StateFile } from "./backend-file.ts";
import type { ExportedState } from "./deployment.ts";
import { runPulumi } from "./run-pulumi.ts";
import type { StackAccess } from "./stack-access.ts";

/** Exit code of `pulumi` for a stack that does not exist. */
const NO_STACK = 6;

/**
 * Reads the state of a stack, secrets encrypted. From a `file://` backend it is read directly, which takes a
 * millisecond; from others `pulumi stack export` fetches it.
 *
 * @returns null when there is no such stack
 * @throws AtollError `STATE_DAMAGED` for a file that is cut off or not a state; `STATE_NOT_READ` when Pulumi cannot
 *   fetch it
 */
export async function readState(
  access: StackAccess,
  signal?: AbortSignal,
): Promise<ExportedState | null> {
  const folder = backendFolder(access.backendUrl);
  if (folder !== undefined) {
    const file = findStateFile(folder, access);
    return file === undefined ? null : readFile(file);
  }
  const { exitCode, out } = await runPulumi(access, { args: ["stack", "export"], signal });
  if (exitCode === NO_STACK) return null;
  if (exitCode !== 0) throw notRead(access, `pulumi stack export exited with ${String(exitCode)}`);
  try {
    return asState(JSON.parse(out));
  } catch {
    throw notRead(access, "what pulumi stack export printed is not a state");
  }
}

function readFile(state: StateFile): ExportedState {
  try {
    const { version, features, checkpoint } = JSON.parse(state.text()) as {
      readonly version: number;
      readonly features?: readonly string[];
      readonly checkpoint: { readonly latest?: unknown };
    };
    const deployment = checkpoint.latest ?? {};
    return asState({ version, ...(features === undefined ? {} : { features }), deployment });
  } catch (cause) {
    throw damaged(state.file, cause);
  }
}

function asState(value: unknown): ExportedState {
  const { deployment } = value as ExportedState;
  const { resources = [], pending_operations: pending = [] } = deployment;
  const urns = [...resources, ...pending.map(({ resource }) => resource)].map(({ urn }) => urn);
  if (urns.some((urn) => typeof urn !== "string")) throw new TypeError("a resource has no URN");
  return value as ExportedState;
}

function damaged(file: string, cause: unknown): AtollError {
  const backup = `${file}.bak`;
  const way = existsSync(backup)
    ? `${backup} is the state before the last step: copy it over ${file}, then run again with --resume, which looks for what was made since.`
    : "There is no backup beside it: restore the file from where the backend is backed up.";
  return new AtollError(
    "STATE_DAMAGED",
    `The state file ${file} is cut off or is not a state of Pulumi. Nothing was changed. ${way}`,
    { cause },
  );
}

function notRead({ stack, backendUrl }: StackAccess, why: string): AtollError {
  const where = backendUrl.replace(/\/\/[^/@]*@/u, "//");
  return new AtollError(
    "STATE_NOT_READ",
    `The state of ${stack} in ${where} was not read: ${why}.`,
  );
}
