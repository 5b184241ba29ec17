import { defineStack, defineUnit } from "@atoll/organization";

import type {} from "../contracts/index.ts";

// What must not compile. An error that does not appear makes `@ts-expect-error` an error itself.

export const wrongKind = defineStack({
  // @ts-expect-error -- there is no kind "netwrok"
  kind: "netwrok",
  needs: [],
  program: () => ({}),
});

export const wrongNeed = defineStack({
  kind: "security",
  // @ts-expect-error -- there is no kind "managment"
  needs: ["managment"],
  program: () => ({ analyzerArns: {} }),
});

export const wrongOutputName = defineStack({
  kind: "security",
  needs: ["network"],
  program: (context) => {
    // @ts-expect-error -- the network account hands on vpcId, not vpcID
    context.output("network", "vpcID");
    context.output("network", "vpcId");
    return { analyzerArns: {} };
  },
});

export const undeclaredNeed = defineStack({
  kind: "security",
  needs: ["management"],
  program: (context) => {
    // @ts-expect-error -- "network" is not among the needs
    context.output("network", "vpcId");
    return { analyzerArns: {} };
  },
});

export const missingOutput = defineStack({
  kind: "delivery",
  needs: [],
  // @ts-expect-error -- the contract also has artifactBucketArn and artifactKeyArn
  program: () => ({ artifactBucket: "bucket" }),
});

export const outputOfOtherType = defineStack({
  kind: "management",
  needs: [],
  // @ts-expect-error -- rootId is text
  program: () => ({ organizationId: "o-1", rootId: 1 }),
});

export const outputIsTyped = defineUnit({
  unit: "shop",
  needs: ["workload"],
  program: (context) => {
    const vpcs = context.output("workload", "vpcs");
    // @ts-expect-error -- a VPC has no vpcName
    vpcs.apply((byRegion) => typeof byRegion["eu-west-1"]?.vpcName);
    return { vpcId: vpcs.apply((byRegion) => byRegion["eu-west-1"]?.vpcId) };
  },
});
