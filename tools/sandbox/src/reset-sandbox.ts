import { loadModel } from "@atoll/aws-model";
import { openStore } from "./store/open-store.ts";
import { resolveAccounts } from "./store/resolve-accounts.ts";

/**
 * Makes accounts of a sandbox as AWS hands them out, whatever their files hold. Pulumi's state is not touched.
 *
 * @param account name or id. @default every vended account
 * @returns the ids of the accounts
 * @throws AtollError `SANDBOX_ACCOUNT_UNKNOWN` and the codes of writing a sandbox
 */
export function resetSandbox(folder: string, account?: string): readonly string[] {
  const store = openStore(folder, loadModel());
  return resolveAccounts(store.organization, account).map(({ id }) => {
    store.reset(id);
    return id;
  });
}
