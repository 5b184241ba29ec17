import { join } from "node:path";

import { pinnedVersions } from "../pulumi-cli/pinned-versions.ts";

import { linkTo } from "./write-file.ts";

/**
 * Installs the sandbox's provider as package `aws` in a home of Pulumi's that is the sandbox's own. The user's home,
 * and plugins, are not touched.
 *
 * @param home absolute path for `PULUMI_HOME`
 * @param root the workspace that the sandbox runs from
 * @returns the executable's path
 */
export function installSandboxPlugin(home: string, root: string): string {
  const folder = join(home, "plugins", `resource-aws-v${pinnedVersions().aws}`);
  const file = join(folder, "pulumi-resource-aws");
  linkTo(join(root, "tools", "deploy", "bin", "pulumi-resource-aws"), file);
  return file;
}
