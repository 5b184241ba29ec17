import * as aws from "@pulumi/aws";
import { formatArn } from "@atoll/core";

import { accountTags } from "../account-tags.ts";
import type { Account, OrganizationSettings } from "../model.ts";

/**
 * Makes the one provider of a stack. It assumes the deploy role of the account and refuses any other account, so
 * whatever credentials are around can never reach the wrong one.
 *
 * @param stack becomes the session's name, which CloudTrail shows
 */
export function accountProvider(
  stack: string,
  account: Account & { readonly id: string },
  settings: OrganizationSettings,
): aws.Provider {
  const { homeRegion, partition, deployRoleName } = settings;
  const region = account.regions.includes(homeRegion) ? homeRegion : account.regions[0];
  return new aws.Provider("aws", {
    region: region ?? homeRegion,
    allowedAccountIds: [account.id],
    assumeRoles: [
      {
        roleArn: formatArn({
          partition,
          service: "iam",
          account: account.id,
          resource: `role/${deployRoleName}`,
        }),
        sessionName: sessionName(stack),
      },
    ],
    defaultTags: { tags: accountTags(settings, account) },
  });
}

/** A role session's name has 2 to 64 characters: `RoleSessionNameType` in the API model of STS. */
function sessionName(stack: string): string {
  return `atoll-${stack}`.slice(0, 64);
}
