import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

import { AtollError } from "@atoll/core";
import type { Deployment } from "@atoll/engine";

import { localFolders } from "../env/local-folders.ts";
import { prepareAws } from "../env/prepare-aws.ts";
import { preparePulumi } from "../env/prepare-pulumi.ts";
import { findPulumi } from "../pulumi-cli/find-pulumi.ts";
import { runCommand } from "../pulumi-cli/run-command.ts";
import type { DeployTarget } from "../pulumi-cli/types.ts";
import type { PulumiContext } from "../run/run-options.ts";
import { stackArgument } from "../state/stack-access.ts";
import type { RunStep } from "./deploy-types.ts";
import { stacksWithState } from "./known-stacks.ts";

/** Where a run goes to, ready to be used. */
export interface Target {
  readonly name: DeployTarget;
  readonly pulumi: PulumiContext;
  /** Such as `file:///work/.atoll/acme/backend`. */
  readonly backendUrl: string;
  /** Folder of the sandbox's accounts; null elsewhere. */
  readonly sandboxFolder: string | null;
}

/** What a target is prepared from. */
export interface TargetRequest {
  readonly name: DeployTarget;
  /** URL of an emulator of AWS, for the target `emulator`. */
  readonly emulatorUrl?: string;
  /** Absolute path of the workspace. */
  readonly root: string;
  readonly deployment: Deployment;
  /** Stacks that are to have a state. */
  readonly stacks: readonly string[];
  /** How secrets of stacks that are made are encrypted, as `pulumi stack init` takes it; null: on AWS they must exist. */
  readonly secretsProvider: string | null;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly onStep: (step: RunStep) => void;
  readonly signal: AbortSignal;
}

/**
 * Makes a target ready: the Pulumi CLI, and for the sandbox its accounts, its provider and its state.
 *
 * @throws AtollError those of `findPulumi`, `prepareSandbox` and `checkProject`, `BACKEND_UNKNOWN`
 */
export async function prepareTarget(request: TargetRequest): Promise<Target> {
  const { name, root, deployment, env, onStep, signal } = request;
  const { organization, organizationFile } = deployment;
  const pulumi = await findPulumi({ target: name, env, onStep, signal });
  if (name === "sandbox") {
    const { folders, variables } = await preparePulumi({
      root,
      organization,
      organizationFile,
      stacks: request.stacks,
      pulumi,
      env,
      onStep,
      signal,
    });
    const context = { file: pulumi.file, env: { ...env, ...variables }, cwd: folders.project };
    return targetOf(name, context, organization.name, folders.sandbox);
  }
  checkProject(root, organization.name);
  const variables = prepareAws({
    root,
    organization: organization.name,
    organizationFile,
    pulumi,
    env,
  });
  const planned = { ATOLL_PLANNED: localFolders(root, organization.name).planned };
  const own = name === "emulator" ? emulatorVariables(request) : {};
  const context = {
    file: pulumi.file,
    env: { ...env, ...variables, ...planned, ...own },
    cwd: root,
  };
  const target = targetOf(name, context, organization.name, null);
  await makeMissing(request, target);
  return target;
}

/** `{account}` in the address stands for the stack's account. */
function secretsProviderOf(provider: string | null, stack: string): string {
  return (provider ?? "default").replaceAll("{account}", stack.split(".")[0] ?? stack);
}

/** Makes the stacks that have no state yet, encrypted as the user says. */
async function makeMissing(request: TargetRequest, { pulumi, backendUrl }: Target): Promise<void> {
  const { name, deployment, stacks, onStep, signal } = request;
  const project = deployment.organization.name;
  const access = { stack: "", project, backendUrl, pulumi };
  const existing = new Set(await stacksWithState(access, signal));
  const missing = stacks.filter((stack) => !existing.has(stack));
  const provider = name === "emulator" ? "passphrase" : request.secretsProvider;
  if (missing.length > 0 && provider === null) {
    throw new AtollError(
      "STACK_MISSING",
      `These stacks have no state in ${backendUrl} yet: ${missing.join(", ")}. Say how their secrets are to be encrypted, ` +
        "such as --secrets-provider 'awskms://alias/atoll-state?region=eu-west-1', and they are made.",
    );
  }
  for (const stack of missing) {
    onStep({ text: `making the stack ${stack}`, reason: "it has no state yet" });
    const args = ["stack", "init", pulumi.stackName(stack), "--no-select", "--non-interactive"];
    const { exitCode, failure, err } = await runCommand(
      pulumi.file,
      [...args, "--secrets-provider", secretsProviderOf(provider, stack), "--cwd", pulumi.cwd],
      { env: pulumi.env, timeoutSeconds: 120, signal },
    );
    if (exitCode === 0) continue;
    const why = failure === "" ? err.trim() : failure;
    throw new AtollError("STACK_INIT_FAILED", `the stack ${stack} cannot be made: ${why}`);
  }
}

function targetOf(
  name: DeployTarget,
  context: Omit<PulumiContext, "stackName">,
  project: string,
  sandboxFolder: string | null,
): Target {
  const backendUrl = backendOf(context.env);
  const stackName = (stack: string) =>
    stackArgument({ stack, project, backendUrl, pulumi: context });
  return { name, pulumi: { ...context, stackName }, backendUrl, sandboxFolder };
}

/** An emulator of its own: its state, and credentials that are good for nothing else. */
function emulatorVariables({ emulatorUrl, root, deployment }: TargetRequest) {
  const { base } = localFolders(root, deployment.organization.name);
  return {
    AWS_ENDPOINT_URL: emulatorUrl,
    AWS_ACCESS_KEY_ID: "emulator",
    AWS_SECRET_ACCESS_KEY: "emulator",
    AWS_SESSION_TOKEN: undefined,
    AWS_PROFILE: undefined,
    PULUMI_BACKEND_URL: new URL(`file://${join(base, "emulator-backend")}`).href,
    PULUMI_CONFIG_PASSPHRASE: "atoll-emulator",
  };
}

/**
 * Which backend Pulumi uses: what the environment names, else what `pulumi login` left behind.
 *
 * @throws AtollError `BACKEND_UNKNOWN`
 */
function backendOf(env: Readonly<Record<string, string | undefined>>): string {
  const named = env["PULUMI_BACKEND_URL"] ?? "";
  if (named !== "") return named;
  const home = env["PULUMI_HOME"] ?? join(homedir(), ".pulumi");
  const file = join(home, "credentials.json");
  if (existsSync(file)) {
    const { current } = JSON.parse(readFileSync(file, "utf8")) as { readonly current?: string };
    if (current !== undefined && current !== "") return current;
  }
  throw new AtollError(
    "BACKEND_UNKNOWN",
    "It is not known where Pulumi keeps its state. Set PULUMI_BACKEND_URL (such as s3://bucket/prefix), or run `pulumi login`.",
  );
}

/**
 * States are kept under the project's name: with another one a run would not find its own.
 *
 * @throws AtollError `PROJECT_IS_NOT_THE_ORGANIZATION`
 */
function checkProject(root: string, organization: string): void {
  const text = readFileSync(join(root, "Pulumi.yaml"), "utf8");
  const project = /^name:\s*["']?([^"'\s#]+)/mu.exec(text)?.[1] ?? "";
  if (project === organization) return;
  throw new AtollError(
    "PROJECT_IS_NOT_THE_ORGANIZATION",
    `The Pulumi project in Pulumi.yaml is "${project}" and the organization is "${organization}": give both the same name.`,
  );
}
