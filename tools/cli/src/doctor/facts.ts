import { execFile } from "node:child_process";
import { accessSync, constants, existsSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { PulumiChoice } from "@atoll/deploy";

import type { Session } from "../session.ts";

/** What `atoll doctor` found on this machine. Versions are as the programs print them; null: not there. */
export interface Facts {
  /** The Node that runs this command. */
  readonly node: string;
  /** The first `node` on the path. */
  readonly systemNode: string | null;
  /** The Node that npm installed with Atoll. */
  readonly ownNode: string | null;
  readonly npm: string | null;
  readonly git: string | null;
  readonly tar: string | null;
  readonly go: string | null;
  /** What Pulumi is run with; null when its SDK is not installed. */
  readonly pulumi: PulumiChoices | null;
  readonly python: string | null;
  /** Text of `package-lock.json` and of what npm noted in `node_modules`. */
  readonly lockfile: string | null;
  readonly installed: string | null;
  /** The tables of AWS resource types are there already. */
  readonly tablesReady: boolean;
  readonly organizationFile: string;
  readonly organizationFileExists: boolean;
  /** Where Atoll keeps local things, and whether it can write there. */
  readonly localFolder: string;
  readonly localFolderWritable: boolean;
  readonly temporaryFolder: string;
  readonly temporaryFolderWritable: boolean;
}

/** The Pulumi that each target would be run with. */
export interface PulumiChoices {
  readonly aws: PulumiChoice;
  readonly sandbox: PulumiChoice;
}

/** Looks around; takes about as long as the slowest program needs to say its version. */
export async function collectFacts(session: Session): Promise<Facts> {
  const { root, signal } = session;
  const ask = (command: string, ...args: string[]) => versionOf(command, args, signal);
  const ownNode = join(root, "node_modules", "node", "bin", "node");
  const [systemNode, own, npm, git, tar, go, pulumi, python, tablesReady] = await Promise.all([
    ask("node", "--version"),
    existsSync(ownNode) ? ask(ownNode, "--version") : null,
    ask("npm", "--version"),
    ask("git", "--version"),
    ask("tar", "--version"),
    ask("go", "version"),
    pulumiChoices(session),
    ask("python3", "--version"),
    areTablesReady(),
  ]);
  const localFolder = join(root, ".atoll");
  return {
    node: process.version,
    systemNode,
    ownNode: own,
    npm,
    git,
    tar,
    go,
    pulumi,
    python,
    lockfile: textOf(join(root, "package-lock.json")),
    installed: textOf(join(root, "node_modules", ".package-lock.json")),
    tablesReady,
    organizationFile: session.organizationFile,
    organizationFileExists: existsSync(session.organizationFile),
    localFolder,
    localFolderWritable: isWritable(existsSync(localFolder) ? localFolder : root),
    temporaryFolder: tmpdir(),
    temporaryFolderWritable: isWritable(tmpdir()),
  };
}

/** The first line that a program prints about its version; null when it is not there or does not start. */
function versionOf(
  command: string,
  args: readonly string[],
  signal: AbortSignal,
): Promise<string | null> {
  return new Promise((resolve) => {
    execFile(command, args, { timeout: 15_000, signal }, (error, stdout) => {
      resolve(error === null ? (stdout.trim().split("\n")[0] ?? "") : null);
    });
  });
}

async function areTablesReady(): Promise<boolean> {
  try {
    const { tablesReady } = await import("@atoll/aws-model");
    return tablesReady();
  } catch {
    // What it needs is not installed: another check says so.
    return false;
  }
}

/** What is there to be used; nothing is downloaded or built. */
async function pulumiChoices({ env, signal }: Session): Promise<PulumiChoices | null> {
  try {
    const { lookForPulumi } = await import("@atoll/deploy");
    const [aws, sandbox] = await Promise.all([
      lookForPulumi({ target: "aws", env, signal }),
      lookForPulumi({ target: "sandbox", env, signal }),
    ]);
    return { aws, sandbox };
  } catch {
    // What it needs is not installed: another check says so.
    return null;
  }
}

function isWritable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK | constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function textOf(file: string): string | null {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return null;
  }
}
