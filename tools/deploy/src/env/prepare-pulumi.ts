import { mkdirSync, rmSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

import type { Organization } from "@atoll/organization";
import { prepareSandbox } from "@atoll/sandbox";

import { withFileLock } from "../pulumi-cli/file-lock.ts";
import type { FoundPulumi, PulumiStep } from "../pulumi-cli/types.ts";

import { initStacks } from "./init-stacks.ts";
import { localFolders, type LocalFolders } from "./local-folders.ts";
import { pulumiEnvironment } from "./pulumi-environment.ts";
import { installSandboxPlugin } from "./sandbox-plugin.ts";
import { shellQuote } from "./shell-exports.ts";
import { refreshSettings } from "./stack-settings.ts";
import { linkTo, writeWhole } from "./write-file.ts";

const OWN_BIN = resolve(import.meta.dirname, "../../bin");

/** What running Pulumi in the sandbox is prepared for. */
export interface PreparePulumiOptions {
  /** Absolute path of the workspace, without links in it. */
  readonly root: string;
  /** Its name is also the Pulumi project's. */
  readonly organization: Organization;
  /** Absolute path of the organization file. The stacks' settings are in `config` beside it. */
  readonly organizationFile: string;
  /** Names of the stacks that there are to be. */
  readonly stacks: readonly string[];
  readonly pulumi: FoundPulumi;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly onStep?: (step: PulumiStep) => void;
  readonly signal?: AbortSignal | undefined;
}

/** What Pulumi is to be run with. */
export interface PreparedPulumi {
  readonly folders: LocalFolders;
  /** To be added to the environment of every program of Pulumi's, and of a shell. */
  readonly variables: Readonly<Record<string, string>>;
}

/**
 * Makes everything in `.atoll/<organization>` that running Pulumi in the sandbox takes: the programs for the path, a home
 * with the sandbox's provider, the accounts as AWS hands them out, the project with its settings, and the stacks, empty.
 * What is there already stays.
 *
 * @throws AtollError `STACK_INIT_FAILED`, `LOCK_FILE_UNUSABLE`, `SANDBOX_NOT_WRITTEN`
 */
export async function preparePulumi(options: PreparePulumiOptions): Promise<PreparedPulumi> {
  const { root, organization, pulumi, env, signal, onStep = () => undefined } = options;
  const folders = localFolders(root, organization.name);
  const variables = pulumiEnvironment({
    target: "sandbox",
    root,
    organization: organization.name,
    organizationFile: options.organizationFile,
    pulumi,
    env,
  });
  const lock = {
    onWait: () => {
      onStep({
        about: "sandbox",
        text: "waiting for another run",
        reason: "it prepares the same sandbox",
      });
    },
    ...(signal === undefined ? {} : { signal }),
  };
  await withFileLock(join(folders.base, "prepare.lock"), lock, async () => {
    for (const folder of [folders.home, folders.backend]) mkdirSync(folder, { recursive: true });
    prepareSandbox({ folder: folders.sandbox, organization });
    installSandboxPlugin(folders.home, root);
    writeProject(options, folders);
    writeBin(options, folders);
    await initStacks({
      pulumi: pulumi.file,
      folders,
      project: organization.name,
      stacks: options.stacks,
      env: { ...env, ...variables },
      onStep,
      signal,
    });
  });
  return { folders, variables };
}

/** The project of the workspace under the organization's name, with settings of its own. */
function writeProject(options: PreparePulumiOptions, { project }: LocalFolders): void {
  const { root, organization, organizationFile, stacks } = options;
  const settings = {
    name: organization.name,
    description: "Made by Atoll for the sandbox; written anew when need be.",
    runtime: { name: "nodejs", options: { typescript: false } },
    main: join(root, "stacks", "main.ts"),
    stackConfigDir: "config",
  };
  // JSON is YAML too.
  writeWhole(join(project, "Pulumi.yaml"), `${JSON.stringify(settings, null, 2)}\n`);
  refreshSettings(configurationOf(organizationFile), project, stacks);
}

function configurationOf(organizationFile: string): string {
  return join(dirname(organizationFile), "config");
}

function writeBin(options: PreparePulumiOptions, folders: LocalFolders): void {
  const { root, pulumi, organizationFile } = options;
  const settings = {
    pulumi: pulumi.file,
    workspace: root,
    project: folders.project,
    configuration: configurationOf(organizationFile),
    node: process.execPath,
    refresh: join(import.meta.dirname, "refresh-main.ts"),
  };
  const lines = Object.entries(settings).map(([name, value]) => `${name}=${shellQuote(value)}\n`);
  writeWhole(join(folders.base, "pulumi.settings"), lines.join(""));
  linkTo(join(OWN_BIN, "pulumi"), join(folders.bin, "pulumi"));
  linkTo(pulumi.file, join(folders.cli, "bin", "pulumi"));
  const host = join(folders.bin, "pulumi-language-nodejs");
  if (pulumi.bundled) rmSync(host, { force: true });
  else linkTo(pulumi.languageHost, host);
  linkTo(process.execPath, join(folders.bin, "node"));
}
