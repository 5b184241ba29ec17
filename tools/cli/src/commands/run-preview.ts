import type { PreviewEvent, PreviewRequest, PreviewRun } from "@atoll/engine";

import { EXIT } from "../exit-codes.ts";
import { progressStyle, startProgress } from "../progress.ts";
import type { Session } from "../session.ts";

import type { PreviewOptions } from "./preview-options.ts";

/** Runs the engine, telling of the progress; what the run leaves on disk is removed when the command ends. */
export async function runPreview(
  session: Session,
  stacks: readonly string[],
  options: PreviewOptions,
  mode: { readonly unknowns: boolean },
): Promise<PreviewRun> {
  session.doing("loading the engine");
  const { preview } = await import("@atoll/engine");
  const style = progressStyle({
    terminal: session.io.errorIsTerminal,
    quiet: session.quiet,
    json: options.json === true || options.graph !== undefined,
  });
  const progress = startProgress(session.io, style);
  const stopProgress = session.cleanup.add(progress.stop);
  const onEvent = (event: PreviewEvent) => {
    // Stacks that are stopped while they run end, too: that is no news.
    if (session.signal.aborted) return;
    if (event.type === "started") session.doing(`previewing ${event.stack}`);
    progress.onEvent(event);
  };
  try {
    session.doing("previewing the organization");
    const run = await preview(requestOf(session, stacks, options, { ...mode, onEvent }));
    session.cleanup.add(() => {
      run.dispose();
    });
    return run;
  } finally {
    stopProgress();
  }
}

/** 1 when the organization or one of its stacks has an error, else 0. */
export function exitCodeOf(run: PreviewRun): number {
  const problems = [...run.problems, ...run.stacks.flatMap((stack) => stack.problems)];
  const isBad = run.stacks.some(({ status }) => status === "failed" || status === "blocked");
  return isBad || problems.some(({ severity }) => severity === "error") ? EXIT.errors : EXIT.ok;
}

function requestOf(
  session: Session,
  stacks: readonly string[],
  options: PreviewOptions,
  mode: { readonly unknowns: boolean; readonly onEvent: (event: PreviewEvent) => void },
): PreviewRequest {
  return {
    organizationFile: session.organizationFile,
    ...(stacks.length === 0 ? {} : { stacks }),
    ...mode,
    sources: options.sources === true,
    timings: options.timings === true,
    cache: options.cache,
    ...(options.workers === undefined ? {} : { workers: options.workers }),
    signal: session.signal,
  };
}
