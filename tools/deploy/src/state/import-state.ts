import { AtollError } from "@atoll/core";

import type { ExportedState } from "./deployment.ts";
import { runPulumi } from "./run-pulumi.ts";
import type { StackAccess } from "./stack-access.ts";

/**
 * Replaces the state of a stack, in one step, by `pulumi stack import`: Pulumi checks that it holds together, and drops
 * pending operations.
 *
 * @throws AtollError `STATE_NOT_WRITTEN`; the state is as it was
 */
export async function importState(
  access: StackAccess,
  state: ExportedState,
  signal?: AbortSignal,
): Promise<void> {
  const { exitCode, err } = await runPulumi(access, {
    args: ["stack", "import"],
    input: JSON.stringify(state),
    signal,
  });
  if (exitCode === 0) return;
  const why = err.split("\n").find((line) => line.startsWith("error:")) ?? "";
  throw new AtollError(
    "STATE_NOT_WRITTEN",
    `Pulumi did not take the new state of ${access.stack} (exit code ${String(exitCode)}). ${why}`,
  );
}
