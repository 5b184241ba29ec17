import { defineStack } from "@atoll/organization/stack";

import "../contracts.ts";
import { createAccountContent } from "./account-content.ts";

/** A bench account: the content that the peers are measured with, in the blocks that the address book gives it. */
export default defineStack({
  kind: "bench",
  needs: [],
  program: (context) => {
    const subnets = context.addresses.flatMap(({ zoneId, tier, cidr }) =>
      zoneId === null || tier === null ? [] : [{ zoneId, tier, cidr }],
    );
    const vpc = context.addresses.find(({ zoneId }) => zoneId === null);
    return createAccountContent({
      name: context.account.name,
      partition: context.settings.partition,
      vpcCidr: vpc?.cidr ?? "",
      subnets,
      provider: context.provider,
    });
  },
});
