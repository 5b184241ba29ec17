import type { Cloud } from "@atoll/aws-model";
import type { AccountStore } from "./account-store.ts";
import { accountById } from "./organization-file.ts";

/** All accounts of a sandbox as the AWS model looks at them. An account that the organization lacks has nothing. */
export function storedCloud(store: AccountStore): Cloud {
  const { organization } = store;
  const accountOf = (id: string) =>
    accountById(organization, id) === undefined ? undefined : store.read(id);
  return {
    complete: true,
    accountIds: organization.accounts.flatMap(({ id }) => (id === null ? [] : [id])),
    find: (accountId, type, id, region) => accountOf(accountId)?.find(type, id, region),
    list: (accountId, type) => accountOf(accountId)?.list(type) ?? [],
    quotas: (accountId) => {
      const own = accountById(organization, accountId)?.quotas ?? {};
      return [own, organization.quotas];
    },
  };
}
