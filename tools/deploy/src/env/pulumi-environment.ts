import { delimiter, join } from "node:path";
import { pathToFileURL } from "node:url";

import type { DeployTarget, FoundPulumi } from "../pulumi-cli/types.ts";

import { localFolders } from "./local-folders.ts";

/** The sandbox's passphrase. No secret: what it protects is made up, and lies beside it in the same folder. */
export const SANDBOX_PASSPHRASE = "atoll-sandbox";

/** What Pulumi is run for. */
export interface PulumiEnvironmentOptions {
  readonly target: DeployTarget;
  /** Absolute path of the workspace. */
  readonly root: string;
  /** The organization's name. */
  readonly organization: string;
  /** Absolute path of the organization file. */
  readonly organizationFile: string;
  readonly pulumi: FoundPulumi;
  /** The environment that is added to. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

/**
 * The variables that make Pulumi's programs use the right things, in addition to the environment.
 *
 * For AWS and emulators: the path, the organization and the target, and no question about newer versions; home, backend
 * and passphrase stay the user's. For the sandbox also those three, all of them local, and no downloads. A passphrase
 * that the user has set stays.
 */
export function pulumiEnvironment(
  options: PulumiEnvironmentOptions,
): Readonly<Record<string, string>> {
  const { target, root, organization, organizationFile, env } = options;
  const { bin, awsBin } = localFolders(root, organization);
  const compileCache = env["NODE_COMPILE_CACHE"] ?? "";
  const shared = {
    PATH: pathWith(target === "sandbox" ? bin : awsBin, env["PATH"] ?? ""),
    ATOLL_ORGANIZATION: organizationFile,
    ATOLL_TARGET: target,
    PULUMI_SKIP_UPDATE_CHECK: "true",
    NODE_COMPILE_CACHE:
      compileCache === "" ? join(root, "node_modules/.cache/atoll/compile") : compileCache,
  };
  return target === "sandbox" ? { ...shared, ...sandboxVariables(options) } : shared;
}

function sandboxVariables({
  root,
  organization,
  pulumi,
  env,
}: PulumiEnvironmentOptions): Readonly<Record<string, string>> {
  const folders = localFolders(root, organization);
  const hasPassphrase =
    env["PULUMI_CONFIG_PASSPHRASE"] !== undefined ||
    env["PULUMI_CONFIG_PASSPHRASE_FILE"] !== undefined;
  return {
    ATOLL_SANDBOX: folders.sandbox,
    ATOLL_PLANNED: folders.planned,
    PULUMI_HOME: folders.home,
    PULUMI_BACKEND_URL: pathToFileURL(folders.backend).href,
    ...(hasPassphrase ? {} : { PULUMI_CONFIG_PASSPHRASE: SANDBOX_PASSPHRASE }),
    ...(pulumi.ownLanguageHost ? { ATOLL_LANGUAGE_HOST: pulumi.languageHost } : {}),
    // A provider or language host that is on the path would come before those that are meant.
    ...(pulumi.bundled ? { PULUMI_IGNORE_AMBIENT_PLUGINS: "true" } : {}),
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    PULUMI_DISABLE_REGISTRY_RESOLVE: "true",
  };
}

/** The path with a folder first, and nowhere else. */
function pathWith(folder: string, path: string): string {
  const others = path.split(delimiter).filter((each) => each !== folder && each !== "");
  return [folder, ...others].join(delimiter);
}
