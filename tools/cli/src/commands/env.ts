import { hasErrors } from "@atoll/core";
import type { FoundPulumi, PulumiStep } from "@atoll/deploy";
import type { Organization } from "@atoll/organization";

import { EXIT } from "../exit-codes.ts";
import { renderProblems } from "../render/problems.ts";
import type { Session } from "../session.ts";

/** The options of `atoll env`. */
export interface EnvOptions {
  readonly sandbox?: true;
}

/**
 * Runs `atoll env`; the result is the exit code. On standard output there is nothing but `export` lines for a POSIX
 * shell, all of them or none; everything else is said on standard error.
 */
export async function envCommand(session: Session, options: EnvOptions): Promise<number> {
  const variables =
    options.sandbox === true ? await sandboxVariables(session) : await awsVariables(session);
  if (variables === null) return EXIT.errors;
  const { shellExports } = await import("@atoll/deploy");
  session.io.out(shellExports(variables));
  return EXIT.ok;
}

type Variables = Readonly<Record<string, string>>;

async function sandboxVariables(session: Session): Promise<Variables | null> {
  const { root, env, signal, organizationFile, io } = session;
  const { localFolders, preparePulumi, writePlannedOutputs } = await import("@atoll/deploy");
  const organization = await organizationOf(session);
  if (organization === null) return null;
  session.doing("previewing the organization");
  const { planned } = localFolders(root, organization.name);
  const run = await writePlannedOutputs({ organizationFile, file: planned, signal });
  session.cleanup.add(() => {
    run.dispose();
  });
  writeProblems(session, run.problems);
  if (hasErrors(run.problems)) return null;
  const failed = run.stacks.filter(({ status }) => status === "failed" || status === "blocked");
  if (failed.length > 0) {
    const names = failed.map(({ stack }) => stack).join(", ");
    io.err(`atoll: nothing is planned for ${names}; \`atoll preview\` says why\n`);
  }
  const stacks = run.stacks.filter(({ status }) => status !== "skipped");
  const pulumi = await find(session, "sandbox");
  session.doing("preparing the sandbox");
  const { variables } = await preparePulumi({
    root,
    organization,
    organizationFile,
    stacks: stacks.map(({ stack }) => stack),
    pulumi,
    env,
    signal,
    onStep: tell(session),
  });
  return variables;
}

async function awsVariables(session: Session): Promise<Variables | null> {
  const { root, env, organizationFile } = session;
  const organization = await organizationOf(session);
  if (organization === null) return null;
  const { prepareAws } = await import("@atoll/deploy");
  const pulumi = await find(session, "aws");
  return prepareAws({ root, organization: organization.name, organizationFile, pulumi, env });
}

/** Null when the organization file has errors, which are said. */
async function organizationOf(session: Session): Promise<Organization | null> {
  session.doing("reading the organization");
  const { loadOrganization } = await import("@atoll/engine");
  const { definition, problems } = await loadOrganization(session.organizationFile);
  const organization = definition?.organization ?? null;
  if (organization !== null && !hasErrors(problems)) return organization;
  writeProblems(session, problems);
  return null;
}

async function find(session: Session, target: "aws" | "sandbox"): Promise<FoundPulumi> {
  session.doing("looking for the Pulumi CLI");
  const { findPulumi } = await import("@atoll/deploy");
  const { env, signal } = session;
  return findPulumi({ target, env, signal, onStep: tell(session) });
}

function tell({ io, quiet }: Session): (step: PulumiStep) => void {
  return ({ text, reason }) => {
    if (!quiet) io.err(`${text} (${reason})\n`);
  };
}

function writeProblems({ io }: Session, problems: Parameters<typeof hasErrors>[0]): void {
  if (problems.length === 0) return;
  io.err(
    renderProblems(
      problems.map((problem) => ({ stack: null, problem })),
      io.errorPaint,
    ),
  );
}
