import type { PlainRecord, PlainValue } from "../values.ts";
import type { Cloud, CloudChange, CloudKey, CloudResource } from "./cloud.ts";
import type { CloudContext, Reference } from "./row.ts";
import { familyOf } from "./type-names.ts";

/** The region of what belongs to an account as a whole. */
export const GLOBAL = "global";

/** A change of nothing. */
export const NO_CHANGE: CloudChange = { put: [], remove: [] };

/** Whether two keys name the same resource, a default one also by the type that takes it over. */
export function isSame(a: CloudKey, b: CloudKey): boolean {
  return (
    a.id === b.id &&
    a.accountId === b.accountId &&
    a.region === b.region &&
    familyOf(a.type).includes(b.type)
  );
}

/** Everything but that resource. */
export function isNot(resource: CloudKey): (other: CloudKey) => boolean {
  return (other) => !isSame(other, resource);
}

/** A resource under whichever of its types it is kept. */
export function findOne(cloud: Cloud, key: CloudKey): CloudResource | undefined {
  for (const type of familyOf(key.type)) {
    const found = cloud.find(key.accountId, type, key.id, key.region);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** All resources of these types in the account and region of another. */
export function beside(
  cloud: Cloud,
  { accountId, region }: Pick<CloudKey, "accountId" | "region">,
  types: readonly string[],
): readonly CloudResource[] {
  return types.flatMap((type) =>
    cloud.list(accountId, type).filter((resource) => resource.region === region),
  );
}

/** As `beside`, for a resource that is made or changed: what else there is, which may have its very id. */
export function others(
  { wanted, current, cloud }: Pick<CloudContext, "wanted" | "current" | "cloud">,
  types: readonly string[] = familyOf(wanted.type),
): readonly CloudResource[] {
  return beside(cloud, wanted, types).filter(
    (other) => current === undefined || !isSame(other, current),
  );
}

/** Whether a value names a resource, as a reference of that kind does. */
export function names(reference: Reference, value: PlainValue, target: CloudResource): boolean {
  return (reference.by ?? ["id"]).some(
    (by) => value === (by === "id" ? target.id : target.outputs[by]),
  );
}

/** What a reference's value names, seen from where the reference stands; undefined where there is no such thing. */
export function targetOf(
  reference: Reference,
  value: PlainValue,
  from: Pick<CloudKey, "accountId" | "region">,
  cloud: Cloud,
): CloudResource | undefined {
  const within = reference.within ?? "region";
  const accounts = within === "organization" ? cloud.accountIds : [from.accountId];
  for (const accountId of accounts) {
    for (const type of reference.to) {
      const found = cloud
        .list(accountId, type)
        .find(
          (resource) =>
            names(reference, value, resource) &&
            !isLeaving(resource) &&
            (within !== "region" || resource.region === from.region || resource.region === GLOBAL),
        );
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

/** A key that waits for its deletion is there, and can be used no more. */
export function isLeaving(resource: CloudResource): boolean {
  return resource.leaving === true;
}

/** A text output; undefined where it is absent or unknown. */
export function text(record: PlainRecord, name: string): string | undefined {
  const value = record[name];
  return typeof value === "string" && value !== "" ? value : undefined;
}
