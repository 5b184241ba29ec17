import { loadModel, type AwsModel, type PlainRecord, type PlainValue } from "@atoll/aws-model";
import { identityTags } from "@atoll/core";

import { isRecord, withoutBookkeeping } from "./provider/values.ts";
import type { StoredResource } from "./store/account-file.ts";
import { openStore } from "./store/open-store.ts";

/** A resource that a state lost track of. */
export interface IdentityQuery {
  /** Type token. */
  readonly type: string;
  readonly stack: string;
  /** Logical name. */
  readonly name: string;
  /** Its inputs, by which a resource without tags is told: those that it could not change. @default none */
  readonly inputs?: PlainRecord;
}

/** A resource that may be the one. */
export interface IdentityMatch {
  readonly id: string;
  readonly region: string;
  /** What Pulumi made it under; null where nobody did. AWS would not know it. */
  readonly urn: string | null;
  readonly tags: Readonly<Record<string, string>>;
  /** Whether its tags say so, or only what it is. */
  readonly by: "tags" | "key";
}

/**
 * The resources of an account that carry the tags of a stack and a logical name. For types that take no tags: those
 * with the same natural key, which is every input that could only change by a replacement.
 *
 * @throws AtollError as reading a sandbox does
 */
export function findByIdentity(
  folder: string,
  accountId: string,
  query: IdentityQuery,
): readonly IdentityMatch[] {
  const model = loadModel();
  const resources = openStore(folder, model)
    .read(accountId)
    .list(query.type)
    .filter(({ leaving }) => leaving !== true);
  return resources.flatMap((resource) => {
    const by = howFound(resource, query, model);
    const { id, region, urn } = resource;
    return by === undefined ? [] : [{ id, region, urn, tags: tagsOf(resource), by }];
  });
}

function howFound(
  resource: StoredResource,
  { type, stack, name, inputs }: IdentityQuery,
  model: AwsModel,
): IdentityMatch["by"] | undefined {
  if (takesTags(resource)) {
    const tags = tagsOf(resource);
    const isIt = tags[identityTags.stack] === stack && tags[identityTags.name] === name;
    return isIt ? "tags" : undefined;
  }
  if (inputs === undefined) return undefined;
  const wanted = withoutBookkeeping(inputs);
  const { changes } = model.diff(
    type,
    { ...resource.inputs, region: resource.region },
    {
      ...wanted,
      region: wanted["region"] ?? resource.region,
    },
  );
  return changes.some(({ replaces }) => replaces) ? undefined : "key";
}

function takesTags({ outputs, inputs }: StoredResource): boolean {
  return "tagsAll" in outputs || "tags" in inputs;
}

function tagsOf({ outputs, inputs }: StoredResource): Readonly<Record<string, string>> {
  const tags: PlainValue = outputs["tags"] ?? outputs["tagsAll"] ?? inputs["tags"] ?? {};
  const pairs: (readonly [string, PlainValue])[] = Array.isArray(tags)
    ? (tags as readonly PlainValue[]).flatMap((tag) =>
        isRecord(tag) && typeof tag["key"] === "string" ? [[tag["key"], tag["value"] ?? ""]] : [],
      )
    : isRecord(tags)
      ? Object.entries(tags)
      : [];
  return Object.fromEntries(
    pairs.flatMap(([key, value]) => (typeof value === "string" ? [[key, value]] : [])),
  );
}
