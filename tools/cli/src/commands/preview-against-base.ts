import { tmpdir } from "node:os";

import type { Preview, PreviewRun } from "@atoll/engine";

import { previewBase } from "../base/preview-base.ts";
import { resolveCommit } from "../base/git.ts";
import { comparePreviews } from "../compare/compare-previews.ts";
import { isAbort } from "../errors.ts";
import { renderComparison } from "../render/comparison.ts";
import { foundProblems, renderProblemSection, renderSummary } from "../render/preview.ts";
import type { Session } from "../session.ts";

import type { PreviewOptions } from "./preview-options.ts";
import { exitCodeOf, runPreview } from "./run-preview.ts";

/** Runs `atoll preview --base <ref>`: both sides at the same time, then what differs. The result is the exit code. */
export async function previewAgainstBase(
  session: Session,
  stacks: readonly string[],
  options: PreviewOptions,
  ref: string,
): Promise<number> {
  const { io } = session;
  const commit = await resolveCommit(session.root, ref);
  const [base, run] = await bothSides(session, stacks, options, { ref, commit });
  session.doing("comparing the two previews");
  const { loadModel } = await import("@atoll/aws-model");
  const comparison = comparePreviews({
    base: base.preview,
    head: wholePreview(run),
    ref,
    commit,
    model: loadModel(),
    only: stacks,
    notes: base.notes,
  });
  if (options.json === true) {
    io.out(`${JSON.stringify(comparison, null, 2)}\n`);
    return exitCodeOf(run);
  }
  if (!session.quiet) {
    io.out(renderComparison(comparison, { paint: io.paint, verbose: options.verbose === true }));
  }
  const totals = { organization: run.organization, stacks: run.stacks, problems: run.problems };
  io.out(`${renderProblemSection(foundProblems(totals), io.paint)}\n`);
  io.out(renderSummary(totals, io.paint));
  return exitCodeOf(run);
}

/** Both previews, or the failure that came first; the other side is then stopped and waited for. */
async function bothSides(
  session: Session,
  stacks: readonly string[],
  options: PreviewOptions,
  base: { readonly ref: string; readonly commit: string },
) {
  const { root, organizationFile, cleanup } = session;
  const stop = new AbortController();
  const signal = AbortSignal.any([session.signal, stop.signal]);
  session.doing(`previewing ${base.ref} and the working tree`);
  const failures: unknown[] = [];
  const watch = async <T>(side: Promise<T>): Promise<T | undefined> => {
    try {
      return await side;
    } catch (error) {
      failures.push(error);
      stop.abort();
      return undefined;
    }
  };
  const onCleanup = (remove: () => void) => {
    cleanup.add(remove);
  };
  const [preview, run] = await Promise.all([
    watch(
      previewBase({
        ...base,
        root,
        organizationFile,
        temporaryFolder: tmpdir(),
        signal,
        onCleanup,
      }),
    ),
    watch(runPreview({ ...session, signal }, stacks, options, { unknowns: false })),
  ]);
  if (preview === undefined || run === undefined) {
    throw failures.find((failure) => !isAbort(failure)) ?? failures[0];
  }
  return [preview, run] as const;
}

/** Every stack of a run in memory at once; only a comparison needs that. */
function wholePreview(run: PreviewRun): Preview {
  const { organization, problems } = run;
  const stacks = run.stacks.map(({ stack }) => run.load(stack));
  return { version: 1, organization, stacks, problems };
}
