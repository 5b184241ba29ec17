import { createRequire } from "node:module";
import { join } from "node:path";

import { AtollError } from "@atoll/core";

/** The SDK's own programs that a language host starts. */
export type Runner = "run" | "run-policy-pack";

/**
 * Finds a runner of the SDK that a folder's code would import.
 *
 * @throws AtollError `PULUMI_SDK_MISSING`
 */
export function runnerFile(runner: Runner, folder: string): string {
  try {
    const { resolve } = createRequire(join(folder, "package.json"));
    return resolve(`@pulumi/pulumi/cmd/${runner}/index.js`);
  } catch (cause) {
    throw new AtollError(
      "PULUMI_SDK_MISSING",
      `@pulumi/pulumi is not installed for ${folder}: run \`npm ci\``,
      { cause },
    );
  }
}
