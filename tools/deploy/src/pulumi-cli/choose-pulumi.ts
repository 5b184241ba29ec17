import type { Problem } from "@atoll/core";

import { BUILD_STAMP } from "./marks.ts";
import type { PinnedVersions } from "./pinned-versions.ts";
import type {
  DeployTarget,
  FoundPulumi,
  PulumiCandidate,
  PulumiFacts,
  PulumiFile,
  PulumiStep,
} from "./types.ts";

/** What the facts lead to. */
export type PulumiChoice =
  | { readonly status: "found"; readonly pulumi: FoundPulumi }
  /** Nothing fits, and it may be downloaded or built: never for AWS. */
  | { readonly status: "make"; readonly steps: readonly PulumiStep[] }
  | {
      readonly status: "refused";
      readonly problem: Problem;
      readonly steps: readonly PulumiStep[];
    };

const INSTALL = "https://www.pulumi.com/docs/install/";

/**
 * Chooses the Pulumi to use. On AWS: the official CLI, language host and provider at the pinned versions, or none. In
 * the sandbox and with an emulator: the first CLI of the pinned version; where no language host comes with it, ours. An
 * emulator has the official provider, too.
 *
 * Refused with `PULUMI_CLI_MISSING`, `PULUMI_CLI_VERSION`, `PULUMI_CLI_NOT_OFFICIAL`, `PULUMI_LANGUAGE_HOST` or
 * `PULUMI_PROVIDER_NOT_OFFICIAL`.
 */
export function choosePulumi(
  target: DeployTarget,
  facts: PulumiFacts,
  pinned: PinnedVersions,
  ownLanguageHost: string,
): PulumiChoice {
  const steps: PulumiStep[] = [];
  for (const candidate of facts.candidates) {
    const refused = refusalOf(candidate, target, pinned.pulumi);
    if (refused === null) {
      const chosen = { candidate, facts, pinned, steps };
      return target === "aws" ? chooseForAws(chosen) : chooseLocal(target, chosen, ownLanguageHost);
    }
    steps.push({ about: "cli", text: `${nameOf(candidate)} is not used`, reason: refused });
  }
  return target === "aws"
    ? { status: "refused", problem: cliProblem(facts.candidates, pinned.pulumi), steps }
    : { status: "make", steps };
}

interface Chosen {
  readonly candidate: PulumiCandidate;
  readonly facts: PulumiFacts;
  readonly pinned: PinnedVersions;
  readonly steps: readonly PulumiStep[];
}

function chooseForAws({ candidate, facts, pinned, steps }: Chosen): PulumiChoice {
  const host = candidate.languageHost ?? facts.languageHost;
  const problem = hostProblem(host, candidate, pinned) ?? providerProblem(facts, pinned);
  if (problem !== null) return { status: "refused", problem, steps };
  return found(candidate, { file: host?.file ?? "", own: false }, [
    ...steps,
    used(candidate, "it is official, of the pinned version"),
    {
      about: "language-host",
      text: `${host?.file ?? ""} runs the programs`,
      reason: "it is official, of the pinned version",
    },
    officialProvider(facts, pinned),
  ]);
}

function officialProvider({ providers }: PulumiFacts, { aws }: PinnedVersions): PulumiStep {
  const [installed] = providers;
  const about = "provider" as const;
  return installed === undefined
    ? {
        about,
        text: `Pulumi installs the AWS provider ${aws} itself`,
        reason: "it is not there yet",
      }
    : {
        about,
        text: `${installed.file} reaches AWS`,
        reason: "it is official, of the pinned version",
      };
}

function used(candidate: PulumiCandidate, reason: string): PulumiStep {
  return { about: "cli", text: `${nameOf(candidate)} is used`, reason };
}

function chooseLocal(
  target: "sandbox" | "emulator",
  { candidate, facts, pinned, steps }: Chosen,
  ownLanguageHost: string,
): PulumiChoice {
  const problem = target === "emulator" ? providerProblem(facts, pinned) : null;
  if (problem !== null) return { status: "refused", problem, steps };
  const beside = candidate.languageHost;
  const host = beside?.own === false ? beside : { file: ownLanguageHost, own: true };
  return found(candidate, host, [
    ...steps,
    used(candidate, REASONS[candidate.origin]),
    {
      about: "language-host",
      text: `${host.file} runs the programs`,
      reason: host.own ? "no language host comes with that CLI" : "it comes with that CLI",
    },
    target === "sandbox"
      ? {
          about: "provider",
          text: "Atoll's sandbox answers for the AWS provider",
          reason: "nothing reaches AWS; not yet verified against it",
        }
      : officialProvider(facts, pinned),
  ]);
}

const REASONS: Readonly<Record<PulumiCandidate["origin"], string>> = {
  path: "it is on the path, of the pinned version",
  downloaded: "it was downloaded earlier, in the pinned version",
  built: "it was built here from Pulumi's Go modules, in the pinned version",
};

function found(
  { file, version, origin, languageHost }: PulumiCandidate,
  host: { readonly file: string; readonly own: boolean },
  steps: readonly PulumiStep[],
): PulumiChoice {
  const bundled = languageHost !== null;
  const pulumi = { file, version: version ?? "", origin, bundled, steps };
  return {
    status: "found",
    pulumi: { ...pulumi, languageHost: host.file, ownLanguageHost: host.own },
  };
}

/** Why a candidate is not used; null when it is. */
function refusalOf(
  { version, origin }: PulumiCandidate,
  target: DeployTarget,
  pinned: string,
): string | null {
  if (version === null) return "it does not run";
  if (target === "aws" && isOwnBuild(version, origin)) return "it was built by Atoll";
  return plainVersion(version) === pinned ? null : `version ${pinned} is needed`;
}

function isOwnBuild(version: string, origin: PulumiCandidate["origin"]): boolean {
  return origin === "built" || version.endsWith(BUILD_STAMP);
}

function plainVersion(version: string): string {
  return version.endsWith(BUILD_STAMP) ? version.slice(0, -BUILD_STAMP.length) : version;
}

function nameOf({ version, file }: PulumiCandidate): string {
  return version === null ? file : `pulumi ${version} in ${file}`;
}

/** About the first that was installed by somebody: what Atoll built for the sandbox is no attempt at it. */
function cliProblem(candidates: readonly PulumiCandidate[], pinned: string): Problem {
  const installed = candidates.filter(({ origin }) => origin !== "built");
  const runs = installed.find(({ version }) => version !== null);
  const shared = {
    severity: "error" as const,
    path: "pulumi",
    expected: `the official Pulumi CLI ${pinned} on the path`,
    fix: `Install it: ${INSTALL}. Without AWS, \`--sandbox\` needs no installation.`,
  };
  if (runs === undefined) {
    const got = installed[0] === undefined ? null : `${installed[0].file}, which does not run`;
    return { ...shared, code: "PULUMI_CLI_MISSING", message: "There is no Pulumi CLI.", got };
  }
  const got = nameOf(runs);
  if (isOwnBuild(runs.version ?? "", runs.origin)) {
    const message = "A CLI that Atoll built is for the sandbox, never for AWS.";
    return { ...shared, code: "PULUMI_CLI_NOT_OFFICIAL", message, got };
  }
  return { ...shared, code: "PULUMI_CLI_VERSION", message: "The CLI has another version.", got };
}

function hostProblem(
  host: PulumiFile | null,
  candidate: PulumiCandidate,
  { pulumi }: PinnedVersions,
): Problem | null {
  // What stands beside the CLI came with it, in one archive.
  const isRight =
    host?.own === false && (host === candidate.languageHost || host.version === pulumi);
  if (isRight) return null;
  const version = host?.version ?? "of unknown version";
  return {
    code: "PULUMI_LANGUAGE_HOST",
    severity: "error",
    path: "pulumi-language-nodejs",
    message: "The official language host for Node is not there, or is another one.",
    got: host === null ? null : `${host.file}, ${host.own ? "which is Atoll's" : version}`,
    expected: `pulumi-language-nodejs ${pulumi} beside ${candidate.file}`,
    fix: `It comes with the CLI: ${INSTALL}.`,
  };
}

function providerProblem(facts: PulumiFacts, { aws }: PinnedVersions): Problem | null {
  const shared = {
    code: "PULUMI_PROVIDER_NOT_OFFICIAL",
    severity: "error" as const,
    path: "pulumi-resource-aws",
    message: "Pulumi would take something else for the AWS provider.",
    expected: `the official provider ${aws}, which Pulumi installs by itself`,
  };
  if (/(?:^|,)\s*aws:/.test(facts.debugProviders)) {
    const got = `PULUMI_DEBUG_PROVIDERS=${facts.debugProviders}`;
    return { ...shared, got, fix: "Unset PULUMI_DEBUG_PROVIDERS." };
  }
  const wrong = facts.providers.find(({ own, version }) => own || version !== aws);
  if (wrong === undefined) return null;
  return {
    ...shared,
    got: wrong.own ? `${wrong.file}, which is Atoll's sandbox` : wrong.file,
    fix: wrong.own
      ? "Use a shell in which `atoll env --sandbox` was not evaluated, or unset PULUMI_HOME."
      : "Take it off the path.",
  };
}
