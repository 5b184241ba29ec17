import { preview, type PreviewRun } from "@atoll/engine";

import { writeWhole } from "./write-file.ts";

/** The preview of which the planned outputs are wanted. */
export interface PlannedOutputsOptions {
  /** Absolute path. */
  readonly organizationFile: string;
  /** Absolute path of the file to write. */
  readonly file: string;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Previews the organization with the embedded engine and writes the outputs of its stacks to a file, for
 * `ATOLL_PLANNED`: `{ "<stack>": { "<output>": value } }`. Stacks whose preview failed are left out.
 *
 * @returns the finished preview, to be disposed of
 * @throws AtollError `ORGANIZATION_FILE_MISSING`
 */
export async function writePlannedOutputs({
  organizationFile,
  file,
  signal,
}: PlannedOutputsOptions): Promise<PreviewRun> {
  const run = await preview({ organizationFile, ...(signal === undefined ? {} : { signal }) });
  const good = run.stacks.filter(({ status }) => status === "ok");
  const outputs = Object.fromEntries(good.map(({ stack, outputs: values }) => [stack, values]));
  writeWhole(file, `${JSON.stringify(outputs, null, 2)}\n`);
  return run;
}
