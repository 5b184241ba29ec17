import { defineStack } from "@atoll/organization/stack";
import { AccountBaseline } from "@atoll/organization/components";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import type {} from "../contracts/index.ts";

/**
 * The security account: in each of its regions an access analyzer that reports what is shared outside of the
 * organization. It needs the management account, which makes this one the analyzer's administrator first.
 */
export default defineStack({
  kind: "security",
  needs: ["management"],
  program: ({ account, provider, settings }) => {
    new AccountBaseline("baseline", { account, settings }, { providers: [provider] });
    const analyzers = account.regions.map((region) => {
      const analyzer = new aws.accessanalyzer.Analyzer(
        `organization-${region}`,
        { region, analyzerName: "organization", type: "ORGANIZATION" },
        { provider },
      );
      return [region, analyzer.arn] as const;
    });
    return { analyzerArns: pulumi.output(Object.fromEntries(analyzers)) };
  },
});
