import type { Scope } from "@atoll/aws-model";
import { formatArn, partition as partitionFacts } from "@atoll/core";
import type { Organization } from "@atoll/organization";

import type { Target } from "../deploy/target.ts";

import { awsLookup } from "./aws-lookup.ts";
import type { IdentityLookup } from "./identity.ts";
import { plannedIdentity } from "./planned-identity.ts";
import { sandboxLookup } from "./sandbox-lookup.ts";

/** Where is looked for what a run lost track of. */
export interface IdentityLookupOptions {
  readonly target: Target;
  readonly organization: Organization;
  /** 12 digits; null before the account is vended: then there is nothing to be found. */
  readonly accountId: string | null;
}

/** What looks for resources of an account in a target. On AWS it assumes the account's deploy role. */
export function identityLookup(options: IdentityLookupOptions): IdentityLookup {
  const { target, accountId } = options;
  if (accountId === null) return NOTHING;
  if (target.sandboxFolder !== null) {
    return sandboxLookup({ folder: target.sandboxFolder, accountId });
  }
  // Loaded when something is sought: it rarely is.
  return { find: async (sought) => (await lookIntoAws(options, accountId)).find(sought) };
}

const NOTHING: IdentityLookup = {
  find: (sought) =>
    Promise.resolve(
      new Map(sought.map(({ urn }) => [urn, { identifiable: true, candidates: [] }])),
    ),
};

async function lookIntoAws(
  { target, organization }: IdentityLookupOptions,
  accountId: string,
): Promise<IdentityLookup> {
  const [tagging, credentials, { taggedResources }, { loadModel }] = await Promise.all([
    import("@aws-sdk/client-resource-groups-tagging-api"),
    import("@aws-sdk/credential-providers"),
    import("./tagged-resources.ts"),
    import("@atoll/aws-model"),
  ]);
  const { partition, homeRegion, deployRoleName, accounts } = organization;
  const { globalRegion } = partitionFacts(partition);
  const own = accounts.find(({ id }) => id === accountId)?.regions ?? [];
  const resource = `role/${deployRoleName}`;
  const role = formatArn({ partition, service: "iam", account: accountId, resource });
  const assumed = credentials.fromTemporaryCredentials({
    params: { RoleArn: role, RoleSessionName: "atoll-recovery" },
    clientConfig: { region: homeRegion },
  });
  const endpoint = target.pulumi.env["AWS_ENDPOINT_URL"];
  const scope: Scope = { partition, accountId, region: homeRegion };
  const model = loadModel();
  return awsLookup({
    regions: [...new Set([...own, homeRegion, globalRegion])],
    listTagged: taggedResources(
      (region) =>
        new tagging.ResourceGroupsTaggingAPIClient({
          region,
          credentials: assumed,
          ...(endpoint === undefined ? {} : { endpoint }),
        }),
    ),
    identityOf: (sought) => plannedIdentity(model, scope, sought),
  });
}
