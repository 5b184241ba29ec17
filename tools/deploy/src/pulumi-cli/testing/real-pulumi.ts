import { AtollError } from "@atoll/core";

import { findPulumi } from "../find-pulumi.ts";
import type { FoundPulumi } from "../types.ts";

/** Long enough to build the CLI once, where no other test has done it yet. */
export const BUILD_TIMEOUT_MILLISECONDS = 30 * 60_000;

/** The real CLI, made if need be; null, with the reason printed, where it can be neither downloaded nor built. */
export async function realPulumi(): Promise<FoundPulumi | null> {
  try {
    return await findPulumi({ target: "sandbox" });
  } catch (error) {
    if (!(error instanceof AtollError)) throw error;
    process.stderr.write(`skipped, for there is no Pulumi CLI: ${error.message}\n`);
    return null;
  }
}
