import { type Vpc, vpcOutputs, vpcPerRegion } from "@atoll/networking";
import { defineStack } from "@atoll/organization/stack";
import { AccountBaseline } from "@atoll/organization/components";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import type {} from "../contracts/index.ts";

/** A workload account: a VPC in each of its regions, for the units that product teams run in it. */
export default defineStack({
  kind: "workload",
  needs: ["management", "network"],
  program: (context) => {
    const { account, addresses, provider, settings } = context;
    const opts = { providers: [provider] };
    new AccountBaseline("baseline", { account, settings }, opts);
    const vpcs = vpcPerRegion(
      {
        account,
        addresses,
        // One gateway is a third of the price, and one zone that can stop the others: fit for development alone.
        nat: account.environment === "production" ? "per-zone" : "single",
        organization: {
          organizationId: context.output("management", "organizationId"),
          partition: settings.partition,
        },
      },
      opts,
    );
    const sharedServices = context.output("network", "vpcCidrs");
    const groups = Object.entries(vpcs).map(
      ([region, vpc]) =>
        [region, sharedServicesGroup(region, vpc, sharedServices, provider).id] as const,
    );
    return {
      vpcs: pulumi.output(
        Object.fromEntries(Object.entries(vpcs).map(([region, vpc]) => [region, vpcOutputs(vpc)])),
      ),
      sharedServicesSecurityGroupIds: pulumi.output(Object.fromEntries(groups)),
    };
  },
});

/** Lets the network account's VPCs in over HTTPS, and nothing out: a unit puts what shared services watch into it. */
function sharedServicesGroup(
  region: string,
  vpc: Vpc,
  cidrBlocks: pulumi.Output<readonly string[]>,
  provider: pulumi.ProviderResource,
): aws.ec2.SecurityGroup {
  const name = `shared-services-${region}`;
  return new aws.ec2.SecurityGroup(
    name,
    {
      region,
      vpcId: vpc.vpcId,
      description: "HTTPS from the network account's shared services",
      ingress: [
        {
          description: "HTTPS from shared services",
          protocol: "tcp",
          fromPort: 443,
          toPort: 443,
          cidrBlocks: cidrBlocks.apply((blocks) => [...blocks]),
        },
      ],
      egress: [],
      tags: { Name: name },
    },
    { provider },
  );
}
