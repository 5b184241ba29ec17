import { setTimeout as sleep } from "node:timers/promises";

import { identityTags } from "@atoll/core";

import type { Candidate, Identified, IdentityLookup, SoughtResource } from "./identity.ts";
import type { PlannedIdentity } from "./planned-identity.ts";

/** Something that carries tags, in one region of one account. */
export interface TaggedResource {
  readonly arn: string;
  readonly tags: Readonly<Record<string, string>>;
}

/** What looking into an AWS account takes. */
export interface AwsLookupOptions {
  /** Regions of the account; the home region is among them, for what is global. */
  readonly regions: readonly string[];
  /** Lists what carries a tag in a region, by the Resource Groups Tagging API. */
  readonly listTagged: (
    region: string,
    key: string,
    value: string,
  ) => Promise<readonly TaggedResource[]>;
  /** How a resource would be known there. */
  readonly identityOf: (sought: SoughtResource) => PlannedIdentity;
  /** What is not found is looked for again after so many seconds: tags show late. @default [5, 15] */
  readonly retrySeconds?: readonly number[];
}

/**
 * Types that take tags and that GetResources does not return.
 *
 * @see https://docs.aws.amazon.com/resourcegroupstagging/latest/APIReference/supported-services.html, read 2026-11-27
 */
const NOT_LISTED: ReadonlySet<string> = new Set([
  "aws:autoscaling/group:Group",
  "aws:iam/role:Role",
  "aws:iam/user:User",
]);

/**
 * Finds resources in an AWS account by their tags. One that takes none, or that the API does not list, is never certain:
 * where its id follows from its inputs, that id is a candidate; else it is not identifiable.
 */
export function awsLookup(options: AwsLookupOptions): IdentityLookup {
  return {
    find: async (sought) => {
      const answers = new Map<string, Identified>();
      let missing = sought;
      for (const seconds of [0, ...(options.retrySeconds ?? [5, 15])]) {
        if (missing.length === 0) break;
        if (seconds > 0) await sleep(seconds * 1000);
        const tagged = await listAll(options, missing);
        for (const each of missing) answers.set(each.urn, identify(each, tagged, options));
        missing = missing.filter(({ urn, evidence }) => {
          const answer = answers.get(urn);
          return (
            evidence !== "suspected" &&
            answer?.identifiable === true &&
            answer.candidates.length === 0
          );
        });
      }
      return answers;
    },
  };
}

async function listAll(
  { regions, listTagged }: AwsLookupOptions,
  sought: readonly SoughtResource[],
): Promise<readonly TaggedResource[]> {
  const stacks = [...new Set(sought.map(({ stack }) => stack))];
  const lists = await Promise.all(
    stacks.flatMap((stack) =>
      regions.map((region) => listTagged(region, identityTags.stack, stack)),
    ),
  );
  // What is global shows in more than one region.
  return [...new Map(lists.flat().map((each) => [each.arn, each])).values()];
}

function identify(
  sought: SoughtResource,
  tagged: readonly TaggedResource[],
  { identityOf }: AwsLookupOptions,
): Identified {
  const { type, name, stack } = sought;
  const { takesTags, naturalId, idOf } = identityOf(sought);
  if (!takesTags || idOf === undefined || NOT_LISTED.has(type)) {
    if (naturalId === undefined) return { identifiable: false, candidates: [] };
    const description = "the id that it has if it exists; there can be no second one";
    return { identifiable: true, candidates: [{ id: naturalId, certain: false, description }] };
  }
  const candidates = tagged.flatMap(({ arn, tags }): readonly Candidate[] => {
    const isIt = tags[identityTags.stack] === stack && tags[identityTags.name] === name;
    const id = isIt ? idOf(arn) : undefined;
    return id === undefined ? [] : [{ id, certain: true, description: arn }];
  });
  return { identifiable: true, candidates };
}
