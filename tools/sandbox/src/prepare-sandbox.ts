import { loadModel } from "@atoll/aws-model";
import { compareText, stableJson } from "@atoll/core";
import type { Organization } from "@atoll/organization";

import type { AccountStore } from "./store/account-store.ts";
import { openStore } from "./store/open-store.ts";
import {
  organizationFileOf,
  readOrganization,
  type SandboxOrganization,
} from "./store/organization-file.ts";
import { writeAtomic } from "./store/write-atomic.ts";

/** Which sandbox is prepared, for which organization. */
export interface PrepareSandboxOptions {
  /** The sandbox's folder, absolute; made when it is not there. */
  readonly folder: string;
  /** `organizationId` is taken over where the organization has one. */
  readonly organization: Organization & { readonly organizationId?: string | null };
}

/** What preparing a sandbox did. */
export interface PreparedSandbox {
  /** Ids of the accounts that were made, sorted: their files are as AWS hands accounts out. */
  readonly made: readonly string[];
}

/**
 * Makes a sandbox ready for a run: writes what the provider knows of the organization, and a file for each vended
 * account that has none. An account that has a file is left as it is, except that the management account gets to know of
 * new members. An account that the organization had before and has no more stays.
 *
 * @throws AtollError `SANDBOX_NOT_WRITTEN`
 */
export function prepareSandbox({ folder, organization }: PrepareSandboxOptions): PreparedSandbox {
  const written = readWritten(folder);
  const described = withFormer(describe(organization), written);
  // Another run may be reading it: it is written only when it changes.
  if (written === null || stableJson(written) !== stableJson(described)) {
    writeAtomic(organizationFileOf(folder), `${JSON.stringify(described, null, 2)}\n`);
  }
  const store = openStore(folder, loadModel());
  const ids = described.accounts.flatMap(({ id }) => (id === null ? [] : [id]));
  const made = ids.filter((id) => store.ensure(id)).sort(compareText);
  addMembers(store);
  return { made };
}

/**
 * An account that came to be written down after the management account had its file is a member by now: somebody had
 * AWS make it.
 */
function addMembers(store: AccountStore): void {
  const { managementAccountId } = store.organization;
  if (managementAccountId === "") return;
  const seeds = store.seedOf(managementAccountId);
  store.change(managementAccountId, (account) => {
    const missing = new Set(
      seeds.flatMap(({ type, id }) =>
        type === MEMBER && account.find(type, id) === undefined ? [id] : [],
      ),
    );
    if (missing.size === 0) return { result: null };
    const put = seeds.filter(({ id, outputs }) =>
      [id, outputs["targetId"]].some((value) => typeof value === "string" && missing.has(value)),
    );
    return { result: null, change: { put, remove: [] } };
  });
}

const MEMBER = "aws:organizations/account:Account";

/** What was written by the run before; null where nothing is, or it is damaged. */
function readWritten(folder: string): SandboxOrganization | null {
  try {
    return readOrganization(folder);
  } catch {
    return null;
  }
}

/** An account that is taken out of the organization file is not gone for that: its stack can still be destroyed. */
function withFormer(
  described: SandboxOrganization,
  written: SandboxOrganization | null,
): SandboxOrganization {
  const names = new Set(described.accounts.map(({ name }) => name));
  const ids = new Set(described.accounts.map(({ id }) => id));
  const former = (written?.accounts ?? []).filter(
    ({ name, id }) => id !== null && !ids.has(id) && !names.has(name),
  );
  return { ...described, accounts: [...described.accounts, ...former] };
}

function describe(organization: PrepareSandboxOptions["organization"]): SandboxOrganization {
  const management = organization.accounts.find(({ kind }) => kind === "management");
  return {
    version: 1,
    organization: organization.name,
    partition: organization.partition,
    managementAccountId: management?.id ?? "",
    organizationId: organization.organizationId ?? null,
    deployRoleName: organization.deployRoleName,
    homeRegion: organization.homeRegion,
    quotas: organization.quotas,
    accounts: organization.accounts.map(({ name, id, email, ou, regions, lifecycle, quotas }) => ({
      name,
      id,
      email,
      ou,
      regions,
      lifecycle,
      quotas,
    })),
  };
}
