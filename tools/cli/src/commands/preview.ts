import { EXIT } from "../exit-codes.ts";
import { renderGraph } from "../render/graph.ts";
import type { Session } from "../session.ts";

import type { PreviewOptions } from "./preview-options.ts";
import { exitCodeOf, runPreview } from "./run-preview.ts";
import { checkStackNames } from "./stack-names.ts";
import { writePreview } from "./write-preview.ts";

/** Runs `atoll preview`; the result is the exit code. */
export async function previewCommand(
  session: Session,
  stacks: readonly string[],
  options: PreviewOptions,
): Promise<number> {
  await checkStackNames(session, stacks);
  const { io } = session;
  if (options.base !== undefined) {
    const { previewAgainstBase } = await import("./preview-against-base.ts");
    return previewAgainstBase(session, stacks, options, options.base);
  }
  const started = performance.now();
  const unknowns = options.unknowns === true;
  const isData = options.json === true || options.graph !== undefined;
  const run = await runPreview(session, stacks, options, { unknowns: unknowns && isData });
  session.doing("writing the preview");
  if (options.json === true) {
    run.writeJson(io.out);
  } else if (options.graph !== undefined) {
    const { organization, needs } = run;
    io.out(renderGraph({ organization, needs, stacks: run.stacks }, options.graph));
    if (exitCodeOf(run) !== EXIT.ok)
      io.err("atoll: there are errors; `atoll preview` shows them\n");
  } else {
    const other = unknowns
      ? await runPreview(session, stacks, options, { unknowns: true })
      : undefined;
    const milliseconds = performance.now() - started;
    session.doing("writing the preview");
    writePreview(session, options, { run, other, milliseconds });
  }
  return exitCodeOf(run);
}
