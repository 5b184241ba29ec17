import type { Cloud, CloudKey, CloudResource, Refusal } from "./cloud.ts";
import { isLeaving, isSame, names } from "./look.ts";
import type { Reference } from "./row.ts";
import { referenceRule } from "./rule-names.ts";
import { CLOUD_ROWS } from "./rows.ts";
import { valuesAt } from "./values-at.ts";

/** A reference with the type that has it. */
interface Referring {
  readonly type: string;
  readonly reference: Reference;
}

let index: ReadonlyMap<string, readonly Referring[]> | undefined;

/** Every reference that may mean a type. */
function referencesTo(target: string): readonly Referring[] {
  if (index === undefined) {
    const made = new Map<string, Referring[]>();
    for (const [type, { references }] of Object.entries(CLOUD_ROWS)) {
      if (references === "none") continue;
      for (const reference of references) {
        for (const to of reference.to) made.set(to, [...(made.get(to) ?? []), { type, reference }]);
      }
    }
    index = made;
  }
  return index.get(target) ?? [];
}

function* referring(
  target: CloudResource,
  cloud: Cloud,
): Generator<{ readonly resource: CloudResource; readonly by: Referring }, void> {
  for (const by of referencesTo(target.type)) {
    for (const resource of cloud.list(target.accountId, by.type)) {
      const isHere = by.reference.within !== undefined || resource.region === target.region;
      if (!isHere || isSame(resource, target) || isLeaving(resource)) continue;
      const refers = valuesAt(resource.outputs, by.reference.path).some(({ value }) =>
        names(by.reference, value, target),
      );
      if (refers) yield { resource, by };
    }
  }
}

/** Everything that goes along with a resource, at any depth. */
export function followersOf(target: CloudResource, cloud: Cloud): readonly CloudKey[] {
  const found: CloudKey[] = [];
  const queue = [target];
  for (let item = queue.pop(); item !== undefined; item = queue.pop()) {
    for (const { resource, by } of referring(item, cloud)) {
      if (by.reference.follows !== true) continue;
      if (found.some((known) => isSame(known, resource)) || isSame(target, resource)) continue;
      const { accountId, region, type, id } = resource;
      found.push({ accountId, region, type, id });
      queue.push(resource);
    }
  }
  return found;
}

/** Refuses deletion while something that does not go along refers to the resource. */
export function checkHolders(target: CloudResource, cloud: Cloud): readonly Refusal[] {
  const leaving = followersOf(target, cloud);
  const refusals = new Map<string, Refusal>();
  for (const { resource, by } of referring(target, cloud)) {
    const { holds, follows, provenance } = by.reference;
    if (holds === undefined || follows === true) continue;
    if (leaving.some((key) => isSame(key, resource))) continue;
    // AWS says that something is in the way, once; the message names the first.
    if (refusals.has(holds)) continue;
    refusals.set(holds, {
      kind: "in-use",
      code: holds,
      message: `${target.id} is in use by ${resource.id}`,
      path: "",
      rule: referenceRule(by.type, by.reference),
      provenance,
    });
  }
  return [...refusals.values()];
}
