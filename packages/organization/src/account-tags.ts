import type { Account } from "./model.ts";

/** The tags of an account and of everything in it: the organization's, its own, its owner and its environment. */
export function accountTags(
  organization: { readonly tags: Readonly<Record<string, string>> },
  account: Account,
): Readonly<Record<string, string>> {
  const { owner, environment } = account;
  return { ...organization.tags, ...account.tags, owner, environment };
}
