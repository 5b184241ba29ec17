import path from "node:path";

import { runStack } from "@atoll/organization/components";
import * as pulumi from "@pulumi/pulumi";

import { selectStack } from "./select-stack.ts";

/**
 * The entry of every `pulumi up`: runs the program of the stack that Pulumi was asked for. The organization is
 * `stacks/organization.ts`, or the file that `ATOLL_ORGANIZATION` names, relative to the workspace.
 *
 * @returns the stack's outputs
 */
export default async function main(): Promise<Record<string, unknown>> {
  const workspace = path.dirname(import.meta.dirname);
  const selected = await selectStack({
    organizationFile: path.resolve(
      workspace,
      process.env["ATOLL_ORGANIZATION"] ?? path.join("stacks", "organization.ts"),
    ),
    project: pulumi.getProject(),
    stack: pulumi.getStack(),
    command: pulumi.runtime.isDryRun() ? "preview" : "up",
  });
  return runStack(selected);
}
