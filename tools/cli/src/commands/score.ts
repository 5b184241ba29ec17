import { existsSync } from "node:fs";
import { join } from "node:path";

import type { Ledger, ScoredRun } from "@atoll/deploy";

import { EXIT } from "../exit-codes.ts";
import { renderProblems } from "../render/problems.ts";
import { renderScore } from "../render/score.ts";
import type { Session } from "../session.ts";

import { readOrganization } from "./read-organization.ts";

/** The options of `atoll score`. */
export interface ScoreOptions {
  readonly json?: true;
  /** A folder or `s3://bucket/prefix`. */
  readonly ledger?: string;
}

/** Runs `atoll score`: how good the previews' predictions were. The result is the exit code. */
export async function scoreCommand(session: Session, options: ScoreOptions): Promise<number> {
  const { io, root, env } = session;
  const { organization, problems } = await readOrganization(session);
  if (organization === null) {
    io.err(
      renderProblems(
        problems.map((problem) => ({ stack: null, problem })),
        io.errorPaint,
      ),
    );
    return EXIT.errors;
  }
  session.doing("reading the run ledger");
  const { openLedger, scoreRuns } = await import("@atoll/deploy");
  const named = options.ledger ?? (env["ATOLL_LEDGER"] || undefined);
  const base = join(root, ".atoll", organization.name);
  const local = ["ledger", "ledger-aws", "ledger-emulator"].map((name) => join(base, name));
  const locations = named === undefined ? local.filter((folder) => existsSync(folder)) : [named];
  const runs: ScoredRun[] = [];
  for (const location of locations) {
    const ledger = await openLedger(location, {
      warn: (problem) => {
        io.err(renderProblems([{ stack: null, problem }], io.errorPaint));
      },
    });
    runs.push(...(await readRuns(ledger)));
  }
  const score = scoreRuns(runs);
  if (options.json === true) io.out(`${JSON.stringify({ version: 1, ...score }, null, 2)}\n`);
  else io.out(renderScore(score, io.paint));
  return EXIT.ok;
}

async function readRuns(ledger: Ledger): Promise<readonly ScoredRun[]> {
  const runs: ScoredRun[] = [];
  for (const run of await ledger.runs()) {
    runs.push({ run, stacks: await ledger.stacksOf(run.id) });
  }
  return runs;
}
