import { join } from "node:path";

import type { FoundPulumi } from "../pulumi-cli/types.ts";

import { localFolders } from "./local-folders.ts";
import { pulumiEnvironment } from "./pulumi-environment.ts";
import { linkTo } from "./write-file.ts";

/** What running Pulumi on AWS is prepared for. */
export interface PrepareAwsOptions {
  /** Absolute path of the workspace. */
  readonly root: string;
  /** The organization's name. */
  readonly organization: string;
  /** Absolute path of the organization file. */
  readonly organizationFile: string;
  /** What was found for AWS. */
  readonly pulumi: FoundPulumi;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/**
 * Puts the official programs and Node first on the path, and nothing else: home, backend, passphrase, settings and
 * credentials are the user's.
 *
 * @returns the variables to add to the environment
 */
export function prepareAws(options: PrepareAwsOptions): Readonly<Record<string, string>> {
  const { root, organization, pulumi } = options;
  const { awsBin } = localFolders(root, organization);
  const link = (name: string, file: string) => {
    linkTo(file, join(awsBin, name));
  };
  link("pulumi", pulumi.file);
  link("pulumi-language-nodejs", pulumi.languageHost);
  link("node", process.execPath);
  // Pulumi's other language hosts stay where they are: beside the file that the link leads to.
  return pulumiEnvironment({ ...options, target: "aws" });
}
