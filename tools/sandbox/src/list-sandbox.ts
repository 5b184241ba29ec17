import { loadModel } from "@atoll/aws-model";
import type { StoredResource } from "./store/account-file.ts";
import { openStore } from "./store/open-store.ts";
import { resolveAccounts } from "./store/resolve-accounts.ts";

/** What an account of a sandbox holds. */
export interface AccountListing {
  readonly account: string;
  readonly accountId: string;
  /** In the order in which they were made, seeds first. */
  readonly resources: readonly StoredResource[];
}

/**
 * What the accounts of a sandbox hold.
 *
 * @param account name or id. @default every vended account
 * @throws AtollError `SANDBOX_ACCOUNT_UNKNOWN` and the codes of reading a sandbox
 */
export function listSandbox(folder: string, account?: string): readonly AccountListing[] {
  const store = openStore(folder, loadModel());
  return resolveAccounts(store.organization, account).map(({ name, id }) => ({
    account: name,
    accountId: id,
    resources: store.read(id).all(),
  }));
}
