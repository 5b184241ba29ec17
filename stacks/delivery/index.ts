import { defineStack } from "@atoll/organization/stack";
import { AccountBaseline } from "@atoll/organization/components";

import type {} from "../contracts/index.ts";
import { ArtifactStore } from "./artifact-store.ts";

/** The delivery account: where build artifacts are kept. */
export default defineStack({
  kind: "delivery",
  needs: ["management"],
  program: (context) => {
    const { account, provider, settings } = context;
    const opts = { providers: [provider] };
    const { homeRegion } = settings;
    const region = account.regions.includes(homeRegion)
      ? homeRegion
      : (account.regions[0] ?? homeRegion);
    new AccountBaseline("baseline", { account, settings }, opts);
    const store = new ArtifactStore(
      "artifacts",
      {
        organization: settings.name,
        organizationId: context.output("management", "organizationId"),
        partition: settings.partition,
        accountId: account.id,
        region,
      },
      opts,
    );
    return {
      artifactBucket: store.bucketName,
      artifactBucketArn: store.bucketArn,
      artifactKeyArn: store.keyArn,
    };
  },
});
