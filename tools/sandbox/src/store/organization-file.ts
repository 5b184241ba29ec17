import { readFileSync } from "node:fs";
import { join } from "node:path";

import type { PartitionName } from "@atoll/aws-model";
import { AtollError } from "@atoll/core";

import { damaged } from "./damaged.ts";

/** One account of a sandbox. */
export interface SandboxAccount {
  readonly name: string;
  /** 12 digits; null before the account is vended. */
  readonly id: string | null;
  readonly email: string;
  /** Path of its organizational unit; `Root` for the root itself. */
  readonly ou: string;
  readonly regions: readonly string[];
  /** Stage of the account's life, as in the organization file. */
  readonly lifecycle: string;
  /** By `<service>/<quota>`. */
  readonly quotas: Readonly<Record<string, number>>;
}

/** What the provider knows of the organization: the content of `organization.json`. */
export interface SandboxOrganization {
  readonly version: 1;
  /** Its name, which is that of the Pulumi project too. */
  readonly organization: string;
  readonly partition: PartitionName;
  readonly managementAccountId: string;
  /** Such as `o-a1b2c3d4e5`; null: the one that the AWS model gives it. */
  readonly organizationId: string | null;
  readonly deployRoleName: string;
  readonly homeRegion: string;
  /** By `<service>/<quota>`. */
  readonly quotas: Readonly<Record<string, number>>;
  readonly accounts: readonly SandboxAccount[];
}

/** An account that has been vended. */
export type VendedAccount = SandboxAccount & { readonly id: string };

/** Where the organization of a sandbox is written. */
export function organizationFileOf(folder: string): string {
  return join(folder, "organization.json");
}

/**
 * Reads what the provider knows of the organization.
 *
 * @throws AtollError `SANDBOX_NOT_PREPARED`, `SANDBOX_FILE_DAMAGED`, `SANDBOX_FILE_VERSION`
 */
export function readOrganization(folder: string): SandboxOrganization {
  const file = organizationFileOf(folder);
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (cause) {
    throw new AtollError(
      "SANDBOX_NOT_PREPARED",
      `There is no sandbox in ${folder}: start it with \`atoll up --sandbox\`, or with \`eval "$(atoll env --sandbox)"\`.`,
      { cause },
    );
  }
  let organization: SandboxOrganization;
  try {
    organization = JSON.parse(text) as SandboxOrganization;
  } catch (cause) {
    const fix = "Run `atoll sandbox reset`, which writes it anew.";
    throw damaged({ file, text, fix, cause });
  }
  if ((organization as { readonly version: unknown }).version !== 1) {
    throw new AtollError(
      "SANDBOX_FILE_VERSION",
      `${file} is of version ${String(organization.version)}, and this Atoll knows version 1: use the Atoll that wrote it.`,
    );
  }
  return organization;
}

/** The account with that id; undefined where the organization has none. */
export function accountById(
  organization: SandboxOrganization,
  id: string,
): VendedAccount | undefined {
  return organization.accounts.find((account): account is VendedAccount => account.id === id);
}
