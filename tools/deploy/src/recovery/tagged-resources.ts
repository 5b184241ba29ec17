import {
  GetResourcesCommand,
  type ResourceGroupsTaggingAPIClient,
} from "@aws-sdk/client-resource-groups-tagging-api";
import { AtollError } from "@atoll/core";

import type { AwsLookupOptions, TaggedResource } from "./aws-lookup.ts";

/**
 * Lists tagged resources by the Resource Groups Tagging API (`tag:GetResources`), page by page.
 *
 * @param clientOf a client with the account's credentials, for a region
 */
export function taggedResources(
  clientOf: (region: string) => Pick<ResourceGroupsTaggingAPIClient, "send">,
): AwsLookupOptions["listTagged"] {
  return async (region, key, value) => {
    const client = clientOf(region);
    const found: TaggedResource[] = [];
    let token: string | undefined;
    do {
      const filters = [{ Key: key, Values: [value] }];
      const command = new GetResourcesCommand({ TagFilters: filters, PaginationToken: token });
      const page = await asked(client.send(command), region);
      for (const { ResourceARN: arn = "", Tags = [] } of page.ResourceTagMappingList ?? []) {
        const tags = Object.fromEntries(Tags.map(({ Key = "", Value = "" }) => [Key, Value]));
        found.push({ arn, tags });
      }
      // The last page has an empty token.
      token = page.PaginationToken === "" ? undefined : page.PaginationToken;
    } while (token !== undefined);
    return found;
  };
}

async function asked<T>(answer: Promise<T>, region: string): Promise<T> {
  try {
    return await answer;
  } catch (cause) {
    const { name, message } = cause as Error;
    throw new AtollError(
      "RECOVERY_LOOKUP_FAILED",
      `What a run that was cut short may have made in ${region} could not be looked for: ${name}: ${message}. The role needs tag:GetResources.`,
      { cause },
    );
  }
}
