import { AtollError, suggest } from "@atoll/core";

import type { SandboxAccount, SandboxOrganization, VendedAccount } from "./organization-file.ts";

/**
 * The vended accounts that a name or an id stands for.
 *
 * @param account @default every vended account
 * @throws AtollError `SANDBOX_ACCOUNT_UNKNOWN`
 */
export function resolveAccounts(
  organization: SandboxOrganization,
  account?: string,
): readonly VendedAccount[] {
  const vended = organization.accounts.filter(isVended);
  if (account === undefined) return vended;
  const found = vended.filter(({ name, id }) => name === account || id === account);
  if (found.length > 0) return found;
  const names = vended.map(({ name }) => name);
  const near = suggest(account, names);
  throw new AtollError(
    "SANDBOX_ACCOUNT_UNKNOWN",
    `The sandbox has no account "${account}". ` +
      (near === undefined ? `It has: ${names.join(", ")}.` : `Did you mean ${near}?`),
  );
}

function isVended(account: SandboxAccount): account is VendedAccount {
  return account.id !== null;
}
