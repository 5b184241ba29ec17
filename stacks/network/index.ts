import { ProblemError } from "@atoll/core";
import { vpcOutputs, vpcPerRegion } from "@atoll/networking";
import { defineStack } from "@atoll/organization/stack";
import { AccountBaseline } from "@atoll/organization/components";
import * as pulumi from "@pulumi/pulumi";

import type {} from "../contracts/index.ts";

/** The network account: a VPC in each of its regions, for services that the whole organization shares. */
export default defineStack({
  kind: "network",
  needs: ["management"],
  program: (context) => {
    const { account, addresses, provider, settings } = context;
    const opts = { providers: [provider] };
    new AccountBaseline("baseline", { account, settings }, opts);
    const vpcs = vpcPerRegion(
      {
        account,
        addresses,
        nat: "per-zone",
        organization: {
          organizationId: context.output("management", "organizationId"),
          partition: settings.partition,
        },
      },
      opts,
    );
    const first = account.regions.flatMap((region) => vpcs[region] ?? [])[0];
    if (first === undefined) throw new ProblemError([withoutAddresses(account.name)]);
    return {
      vpcId: first.vpcId,
      vpcCidrs: Object.values(vpcs).map(({ cidrBlock }) => cidrBlock),
      vpcs: pulumi.output(
        Object.fromEntries(Object.entries(vpcs).map(([region, vpc]) => [region, vpcOutputs(vpc)])),
      ),
    };
  },
});

function withoutAddresses(account: string) {
  return {
    code: "NETWORK_WITHOUT_ADDRESSES",
    severity: "error",
    path: `${account}.addresses`,
    message: `${account} is of kind network and draws no addresses.`,
    got: null,
    expected: "addresses for at least one region",
    fix: "Give the account `addresses` in the organization file and run `atoll addresses allocate`.",
  } as const;
}
