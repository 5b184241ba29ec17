import type { Problem } from "@atoll/core";

import type { PulumiEnd } from "./pulumi-process.ts";

/** What is known of how an engine run failed. */
export interface EngineFailure {
  readonly stack: string;
  /** What the engine reported through its events. */
  readonly errors: readonly { readonly urn: string; readonly message: string }[];
  /** The end of what `pulumi` printed. */
  readonly log: string;
  readonly end: PulumiEnd;
}

/** How an error is known by its words, and what to say about it. */
interface Known {
  readonly code: string;
  readonly words: RegExp;
  readonly expected: string;
  readonly fix: (stack: string) => string;
}

/** The first that fits counts. The words are those of Pulumi, of the AWS provider and of AWS. */
const KNOWN: readonly Known[] = [
  {
    code: "STACK_LOCKED",
    words: /currently locked by/u,
    expected: "a stack that nobody else is working on",
    fix: (stack) => `Wait for the other run, or if there is none any more: atoll unlock ${stack}`,
  },
  {
    code: "PASSPHRASE_WRONG",
    words:
      /incorrect passphrase|passphrase must be set|could not decrypt|message authentication failed/u,
    expected: "the passphrase or key that the stack's secrets were encrypted with",
    fix: () =>
      "Set PULUMI_CONFIG_PASSPHRASE (or _FILE) to the right one, or name the right secrets provider.",
  },
  {
    code: "ROLE_NOT_ASSUMABLE",
    words: /AssumeRole|cannot be assumed|Cannot assume IAM Role/u,
    expected: "a deploy role in the account that the credentials at hand may assume",
    fix: () =>
      "Create the deploy role in the account, let it trust the management account, and check the credentials.",
  },
  {
    code: "THROTTLED",
    words: /Throttl|RequestLimitExceeded|TooManyRequests|Rate exceeded|SlowDown|RequestThrottled/u,
    expected: "an AWS that answers within a few tries",
    fix: (stack) => `Try again later: atoll up ${stack} --resume`,
  },
  {
    code: "DISK_FULL",
    words: /no space left on device|ENOSPC/u,
    expected: "room on the disk",
    fix: (stack) => `Make room, then: atoll up ${stack} --resume`,
  },
  {
    code: "RESOURCE_PROTECTED",
    words: /is protected|cannot be deleted\s+because it is protected/u,
    expected: "a change that leaves what is locked alone",
    fix: () => "Leave the resource in the program, or take its lock off on purpose.",
  },
  {
    code: "ORGANIZATION_EXISTS",
    words: /AlreadyInOrganizationException/u,
    expected: "the id of the organization that the account is in",
    fix: () =>
      "Write its id into the organization file, as `organizationId`: it is taken over then.",
  },
  {
    code: "RUN_CANCELLED",
    words: /update cancell?ed|preview cancell?ed/u,
    expected: "a run that is left to finish",
    fix: (stack) => `Go on with: atoll up ${stack} --resume`,
  },
];

/** Said once for all that went wrong; what went wrong has been said by then. */
const SUMMARIES = /^(?:update|preview|destroy|refresh|deployment) failed$/u;

/** Turns what an engine run said into problems, each once. */
export function problemsOfEngine(failure: EngineFailure): readonly Problem[] {
  const { stack, errors, log, end } = failure;
  if (end.error !== null)
    return [problem(stack, "", `pulumi cannot be started: ${end.error.message}`)];
  const telling = errors.filter(({ message }) => !SUMMARIES.test(message));
  const found =
    telling.length > 0 ? telling : errorsInLog(log).map((message) => ({ urn: "", message }));
  if (found.length > 0) {
    const unique = new Map(found.map((error) => [`${error.urn} ${error.message}`, error]));
    return [...unique.values()].map(({ urn, message }) => problem(stack, urn, message));
  }
  const how =
    end.signal === null ? `ended with exit code ${String(end.code)}` : `was ended by ${end.signal}`;
  return [problem(stack, "", `pulumi ${how} and did not say why`)];
}

/** True when nothing but AWS's throttling kept the run from ending well. */
export function isThrottled(problems: readonly Problem[]): boolean {
  return problems.length > 0 && problems.every(({ code }) => code === "THROTTLED");
}

function problem(stack: string, urn: string, text: string): Problem {
  const known = KNOWN.find(({ words }) => words.test(text));
  const aws = /api error (\w[\w.]*)/u.exec(text)?.[1];
  return {
    code: known?.code ?? (aws === undefined ? "ENGINE_FAILED" : "AWS_REFUSED"),
    severity: "error",
    path: pathOf(stack, urn),
    message: firstLines(text),
    got: aws ?? null,
    expected: known?.expected ?? "an engine run that ends well",
    fix: known?.fix(stack) ?? "See the message and the stack's log.",
  };
}

function pathOf(stack: string, urn: string): string {
  const [, , type = "", name = ""] = urn.split("::");
  const own = type.split("$").at(-1) ?? "";
  return name === "" || own === "pulumi:pulumi:Stack" ? stack : `${stack}/${name} (${own})`;
}

function errorsInLog(log: string): readonly string[] {
  const blocks = log.split(/^(?=error: )/mu).filter((block) => block.startsWith("error: "));
  return blocks.map((block) => block.slice("error: ".length).trim());
}

function firstLines(text: string): string {
  return text.trim().split("\n").slice(0, 12).join("\n");
}
