import { existsSync, rmSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

import { ProblemError } from "@atoll/core";

import { buildPulumi } from "./build-pulumi.ts";
import { builtPulumi, cacheFolder } from "./cache-folder.ts";
import { choosePulumi, type PulumiChoice } from "./choose-pulumi.ts";
import { collectFacts, onPath } from "./collect-facts.ts";
import { downloadPulumi } from "./download-pulumi.ts";
import { withFileLock } from "./file-lock.ts";
import { pinnedVersions, type PinnedVersions } from "./pinned-versions.ts";
import type { DeployTarget, FoundPulumi, PulumiStep } from "./types.ts";

/** The language host of our own. */
export const OWN_LANGUAGE_HOST = resolve(import.meta.dirname, "../../bin/pulumi-language-nodejs");

/** What Pulumi is wanted for. */
export interface FindPulumiOptions {
  /** @default "aws" */
  readonly target?: DeployTarget;
  /** @default the process's own */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Told of every choice as it is made, and of how far a build is. */
  readonly onStep?: (step: PulumiStep) => void;
  /** Stops it; the call then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

/**
 * Finds the Pulumi to use. On AWS only what is installed counts, and it must be official and of the pinned version. For
 * the sandbox and emulators one is made where none fits: downloaded by npm's `pulumi`, else built from Go modules, once
 * for all checkouts. Of two at once, one waits for what the other makes.
 *
 * @throws ProblemError `PULUMI_CLI_MISSING`, `PULUMI_CLI_VERSION`, `PULUMI_CLI_NOT_OFFICIAL`, `PULUMI_LANGUAGE_HOST`
 * or `PULUMI_PROVIDER_NOT_OFFICIAL`
 * @throws AtollError `LOCK_FILE_UNUSABLE` when the cache cannot be written
 */
export async function findPulumi(options: FindPulumiOptions = {}): Promise<FoundPulumi> {
  const { env = process.env, onStep = () => undefined, signal } = options;
  const pinned = pinnedVersions();
  const choice = await lookForPulumi(options);
  for (const step of stepsOf(choice)) onStep(step);
  if (choice.status !== "make") return accept(choice);
  const lockOptions = {
    onWait: () => {
      onStep({
        about: "cli",
        text: "waiting for another run",
        reason: "it is getting the Pulumi CLI",
      });
    },
    ...(signal === undefined ? {} : { signal }),
  };
  return withFileLock(join(cacheFolder(env), "lock"), lockOptions, async () => {
    // Another run may have made it while this one waited.
    const again = await lookForPulumi(options);
    const made = again.status === "make" ? await make(options, pinned) : again;
    for (const step of stepsOf(made)) if (!choice.steps.some(same(step))) onStep(step);
    return accept(made);
  });
}

/** What `findPulumi` would find now, without making anything: for `atoll doctor`. */
export async function lookForPulumi(options: FindPulumiOptions = {}): Promise<PulumiChoice> {
  const { target = "aws", env = process.env, signal } = options;
  const pinned = pinnedVersions();
  const facts = await collectFacts({ env, pinned, signal });
  return choosePulumi(target, facts, pinned, OWN_LANGUAGE_HOST);
}

async function make(options: FindPulumiOptions, pinned: PinnedVersions): Promise<PulumiChoice> {
  const { env = process.env, onStep = () => undefined, signal } = options;
  const version = pinned.pulumi;
  const makeOptions = { version, env, signal, onStep };
  const failures: string[] = [];
  const ways = [
    { program: "npm", run: downloadPulumi, text: `downloading the Pulumi CLI ${version} with npm` },
    { program: "go", run: buildPulumi, text: `building the Pulumi CLI ${version} with Go` },
  ];
  // What is there does not run, or it would have been chosen.
  if (existsSync(builtPulumi(env, version)))
    rmSync(dirname(builtPulumi(env, version)), { recursive: true });
  for (const { program, run, text } of ways) {
    if (onPath(program, env["PATH"] ?? "").length === 0) {
      failures.push(`there is no ${program}`);
      continue;
    }
    onStep({
      about: "cli",
      text,
      reason: failures.at(-1) ?? "none of that version is on this machine",
    });
    const failure = await run(makeOptions);
    if (failure === "") return lookForPulumi(options);
    failures.push(`${text} did not work (${failure})`);
  }
  return { status: "refused", problem: missing(version, failures), steps: [] };
}

function missing(version: string, failures: readonly string[]) {
  return {
    code: "PULUMI_CLI_MISSING",
    severity: "error" as const,
    path: "pulumi",
    message: "There is no Pulumi CLI, and none could be made.",
    got: failures.join("; "),
    expected: `the Pulumi CLI ${version} on the path, or a way to download or build it`,
    fix:
      `Install it (https://www.pulumi.com/docs/install/), or Go 1.25 or newer (https://go.dev/dl/): ` +
      "then Atoll builds it, once.",
  };
}

function stepsOf(choice: PulumiChoice): readonly PulumiStep[] {
  return choice.status === "found" ? choice.pulumi.steps : choice.steps;
}

function same(step: PulumiStep): (other: PulumiStep) => boolean {
  return ({ text, reason }) => text === step.text && reason === step.reason;
}

function accept(choice: PulumiChoice): FoundPulumi {
  if (choice.status === "found") return choice.pulumi;
  if (choice.status === "refused") throw new ProblemError([choice.problem]);
  // Something was made, and is not usable after all.
  throw new ProblemError([missing(pinnedVersions().pulumi, ["what was made does not run"])]);
}
