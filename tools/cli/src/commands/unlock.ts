import { join } from "node:path";
import { createInterface } from "node:readline/promises";

import { AtollError } from "@atoll/core";
import type { StackAccess } from "@atoll/deploy";

import { UsageError } from "../errors.ts";
import { EXIT } from "../exit-codes.ts";
import { renderProblems } from "../render/problems.ts";
import type { Session } from "../session.ts";

import { readOrganization } from "./read-organization.ts";
import { checkStackNames } from "./stack-names.ts";

/** The options of `atoll unlock`. */
export interface UnlockOptions {
  readonly sandbox?: true;
  readonly yes?: true;
  readonly force?: true;
  /** The run ledger's lock instead of a stack's; a text says where the ledger is. */
  readonly ledger?: true | string;
}

/** Runs `atoll unlock`: clears a lock that a killed run left behind. The result is the exit code. */
export async function unlockCommand(
  session: Session,
  stack: string | undefined,
  options: UnlockOptions,
): Promise<number> {
  const { io } = session;
  if ((stack === undefined) === (options.ledger === undefined)) {
    throw new UsageError("UNLOCK_WHAT", "name one stack, or give --ledger for the run ledger");
  }
  await checkStackNames(session, stack === undefined ? [] : [stack]);
  const { organization, problems } = await readOrganization(session);
  if (organization === null) {
    const found = problems.map((problem) => ({ stack: null, problem }));
    io.err(renderProblems(found, io.errorPaint));
    return EXIT.errors;
  }
  session.doing("looking at the lock");
  try {
    return stack === undefined
      ? await unlockLedger(session, organization.name, options)
      : await unlockStack(
          session,
          await accessOf(session, organization.name, stack, options),
          options,
        );
  } catch (error) {
    if (!(error instanceof AtollError) || error instanceof UsageError) throw error;
    io.err(`atoll: ${error.message}\n`);
    return EXIT.errors;
  }
}

async function unlockStack(
  session: Session,
  access: StackAccess,
  options: UnlockOptions,
): Promise<number> {
  const { io, signal } = session;
  const { stack } = access;
  const { clearStackLock, readStackLocks, stackLocked } = await import("@atoll/deploy");
  const locks = readStackLocks(access);
  if (locks?.length === 0) {
    io.out(`${stack} is not locked.\n`);
    return EXIT.ok;
  }
  if (locks === null) {
    io.err(
      `Who holds a lock on ${stack} cannot be seen in ${access.backendUrl}; Pulumi's own error names them.\n`,
    );
  } else {
    const said = stackLocked(access, locks);
    if (locks.some(({ life }) => life === "alive") && options.force !== true) throw said;
    io.err(`${said.message}\n`);
  }
  if (!(await agreed(session, options, `Clear the lock on ${stack}?`))) return EXIT.errors;
  await clearStackLock(access, { force: true, signal });
  io.out(
    `${stack} is unlocked. Run it again with --resume: what was under way is looked for first.\n`,
  );
  return EXIT.ok;
}

async function unlockLedger(
  session: Session,
  organization: string,
  options: UnlockOptions,
): Promise<number> {
  const { io, root, env } = session;
  const { explainHolder, lifeOf, openLedger } = await import("@atoll/deploy");
  const local = options.sandbox === true ? "ledger" : "ledger-aws";
  const named = typeof options.ledger === "string" ? options.ledger : env["ATOLL_LEDGER"];
  const { store } = await openLedger(named ?? join(root, ".atoll", organization, local));
  const holder = await store.holder();
  if (holder === null) {
    io.out(`The run ledger ${store.location} is not locked.\n`);
    return EXIT.ok;
  }
  const life = lifeOf(holder);
  io.err(`The run ledger ${store.location} is held by ${explainHolder(holder, life)}.\n`);
  if (life === "alive" && options.force !== true) {
    throw new AtollError("RUN_IN_PROGRESS", "its run is at work: wait for it, or stop it");
  }
  if (!(await agreed(session, options, "Clear it?"))) return EXIT.errors;
  if (!(await store.breakLock())) {
    throw new AtollError("RUN_IN_PROGRESS", "only its own process can let go of it: stop that");
  }
  io.out(`The run ledger ${store.location} is unlocked.\n`);
  return EXIT.ok;
}

/** Where the stack's lock is, and the Pulumi that clears it. */
async function accessOf(
  { root, env, organizationFile, signal }: Session,
  organization: string,
  stack: string,
  options: UnlockOptions,
): Promise<StackAccess> {
  const { findPulumi, localFolders, pulumiEnvironment } = await import("@atoll/deploy");
  const target = options.sandbox === true ? "sandbox" : "aws";
  const pulumi = await findPulumi({ target, env, signal });
  const request = { target, root, organization, organizationFile, pulumi, env } as const;
  const variables = { ...env, ...pulumiEnvironment(request) };
  const backendUrl = variables["PULUMI_BACKEND_URL"] ?? "";
  if (backendUrl === "") {
    throw new AtollError(
      "BACKEND_UNKNOWN",
      "It is not known where Pulumi keeps its state. Set PULUMI_BACKEND_URL, such as s3://bucket/prefix.",
    );
  }
  const cwd = target === "sandbox" ? localFolders(root, organization).project : root;
  return {
    stack,
    project: organization,
    backendUrl,
    pulumi: { file: pulumi.file, env: variables, cwd },
  };
}

/** @throws UsageError `CONFIRMATION_IMPOSSIBLE` */
async function agreed(
  { io, signal }: Session,
  options: UnlockOptions,
  question: string,
): Promise<boolean> {
  if (options.yes === true) return true;
  if (!io.errorIsTerminal || !process.stdin.isTTY) {
    throw new UsageError(
      "CONFIRMATION_IMPOSSIBLE",
      "atoll unlock asks first, and there is no terminal to ask on",
      "Give --yes to go on without being asked.",
    );
  }
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const answer = await lines.question(`${question} [y/N] `, { signal });
    return /^y(?:es)?$/iu.test(answer.trim());
  } finally {
    lines.close();
  }
}
