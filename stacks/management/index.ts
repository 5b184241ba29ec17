import { defineStack } from "@atoll/organization/stack";
import { AccountBaseline, OrganizationResources } from "@atoll/organization/components";

import type {} from "../contracts/index.ts";

/** The management account: the organization itself, its units, accounts and guardrails. */
export default defineStack({
  kind: "management",
  needs: [],
  program: (context) => {
    const { account, provider, settings } = context;
    const opts = { providers: [provider] };
    new AccountBaseline("baseline", { account, settings }, opts);
    const { organizationId } = context.organization;
    const resources = new OrganizationResources(
      "organization",
      {
        organization: context.organization,
        existing: organizationId === null ? {} : { organizationId },
      },
      opts,
    );
    return {
      organizationId: resources.organizationId,
      rootId: resources.rootId,
    };
  },
});
