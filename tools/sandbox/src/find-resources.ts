import type { AccountStore } from "./store/account-store.ts";
import type { StoredResource } from "./store/account-file.ts";

/** Every resource of a sandbox that has this URN or this id, account by account. What is being deleted is left out. */
export function findResources(store: AccountStore, urnOrId: string): readonly StoredResource[] {
  return store.accountIds().flatMap((accountId) =>
    store
      .read(accountId)
      .all()
      .filter(({ urn, id, leaving }) => leaving !== true && (urn === urnOrId || id === urnOrId)),
  );
}
