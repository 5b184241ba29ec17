import { execFile } from "node:child_process";
import { accessSync, constants, existsSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

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
  readonly pulumi: string | null;
  /** Version of the Pulumi SDK that Atoll uses. */
  readonly pulumiSdk: string | null;
  readonly pulumiNodejs: string | null;
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

/** Looks around; takes about as long as the slowest program needs to say its version. */
export async function collectFacts(session: Session): Promise<Facts> {
  const { root, signal } = session;
  const ask = (command: string, ...args: string[]) => versionOf(command, args, signal);
  const ownNode = join(root, "node_modules", "node", "bin", "node");
  const [systemNode, own, npm, git, tar, pulumi, python, tablesReady] = await Promise.all([
    ask("node", "--version"),
    existsSync(ownNode) ? ask(ownNode, "--version") : null,
    ask("npm", "--version"),
    ask("git", "--version"),
    ask("tar", "--version"),
    ask("pulumi", "version"),
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
    pulumi,
    pulumiSdk: pulumiSdkOf(root),
    pulumiNodejs: onPath("pulumi-language-nodejs", session.env["PATH"] ?? ""),
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

/** The version of the SDK that the CLI has to go with. */
function pulumiSdkOf(root: string): string | null {
  try {
    const text = readFileSync(join(root, "package.json"), "utf8");
    const { dependencies = {} } = JSON.parse(text) as { dependencies?: Record<string, string> };
    return dependencies["@pulumi/pulumi"] ?? null;
  } catch {
    return null;
  }
}

/** Where the program is: asking it for a version would start it as a server. */
function onPath(program: string, path: string): string | null {
  const folders = path.split(":").filter((folder) => folder !== "");
  return folders.map((folder) => join(folder, program)).find(isExecutable) ?? null;
}

function isExecutable(file: string): boolean {
  return allows(file, constants.X_OK);
}

function isWritable(folder: string): boolean {
  return allows(folder, constants.W_OK | constants.X_OK);
}

function allows(path: string, mode: number): boolean {
  try {
    accessSync(path, mode);
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
