import type { AwsModel } from "@atoll/aws-model";

import { AccountStore } from "./account-store.ts";
import { readOrganization } from "./organization-file.ts";
import { resolveAccounts } from "./resolve-accounts.ts";

/** Makes the ids of what AWS has from the start differ from the ones that a preview plans. */
const SALT = "sandbox";

/**
 * The accounts of a prepared sandbox.
 *
 * @throws AtollError as `readOrganization`
 */
export function openStore(folder: string, model: AwsModel): AccountStore {
  const organization = readOrganization(folder);
  const { partition, managementAccountId, organizationId } = organization;
  const seeds = {
    managementAccountId,
    ...(organizationId === null ? {} : { organizationId }),
    accounts: resolveAccounts(organization).map(({ id, name, email, lifecycle }) => ({
      accountId: id,
      name,
      email,
      status: lifecycle === "suspended" || lifecycle === "closed" ? SUSPENDED : ACTIVE,
    })),
  };
  return new AccountStore({
    folder,
    organization,
    seed: ({ id, regions }) =>
      model.cloud.seed({ accountId: id, partition, regions, salt: SALT }, seeds),
  });
}

const ACTIVE = "ACTIVE" as const;
const SUSPENDED = "SUSPENDED" as const;
