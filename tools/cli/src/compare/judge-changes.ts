import type { JsonValue } from "@atoll/core";
import type { ResourcePreview, StackPreview } from "@atoll/engine";

import { isObject } from "../render/value.ts";
import { sameValue } from "./diff-values.ts";
import { judgeChange, type ChangedResource, type ChangeModel } from "./judge-change.ts";
import type { ResourcePair } from "./pair-resources.ts";
import { PlannedAnew } from "./planned-anew.ts";
import { keptValues, newValues } from "./renewed-values.ts";
import type { Effect } from "./types.ts";

/** A stack on both sides, its resources paired. */
export interface PairedStack {
  readonly was: StackPreview;
  readonly is: StackPreview;
  readonly pairs: readonly ResourcePair[];
}

/**
 * What Pulumi and the provider would do about the resources of all stacks, by the working tree's URN; those about which
 * nothing is to be done and nothing differs are left out, and so is what is not managed on AWS.
 *
 * A resource that is replaced gets a new id, which may replace what refers to it, in its stack and in others: judging
 * goes on until no more follow.
 */
export function judgeChanges(
  stacks: readonly PairedStack[],
  model: ChangeModel,
): ReadonlyMap<string, Effect> {
  const resources = stacks.flatMap((stack) => changedResources(stack, model));
  const anew = new PlannedAnew();
  // First what was only planned differently: else it would look like a change of what refers to it.
  untilNothingIsNew(resources, (resource) => noteValues(resource, "kept"));
  const effects = new Map<string, Effect>();
  untilNothingIsNew(resources, (resource) => {
    const { urn } = resource.is;
    const wasReplaced = effects.get(urn)?.action === "replace";
    const effect = judgeChange(resource, model, anew);
    effects.set(urn, effect);
    return effect.action === "replace" && !wasReplaced && noteValues(resource, "replaced");
  });
  for (const { was, is } of resources) {
    const isSame =
      sameValue(was.inputs, is.inputs) && sameValue({ ...was.options }, { ...is.options });
    if (effects.get(is.urn)?.action === "none" && isSame) effects.delete(is.urn);
  }
  return effects;

  function noteValues(resource: ChangedResource, how: "kept" | "replaced"): boolean {
    const values = how === "kept" ? keptValues(resource, model, anew) : newValues(resource, model);
    const news = [...values].map(([value, was]) => anew.note(value, { urn: resource.is.urn, was }));
    return news.includes(true);
  }
}

/** Goes over the resources again and again, until `visit` says for none of them that there is news. */
function untilNothingIsNew(
  resources: readonly ChangedResource[],
  visit: (resource: ChangedResource) => boolean,
): void {
  while (resources.map(visit).includes(true));
}

function changedResources(
  { was: before, is: after, pairs }: PairedStack,
  model: ChangeModel,
): readonly ChangedResource[] {
  const accountId = after.accountId ?? before.accountId ?? "";
  const regions = [before, after].map(providerRegions);
  return pairs.flatMap(({ was, is }): readonly ChangedResource[] => {
    if (was === undefined || is === undefined || !isManaged(is) || !model.knows(is.type)) return [];
    const [old, now] = [was, is].map((side, index) => regions[index]?.get(providerOf(side)));
    return [{ was, is, accountId, providerRegion: old === now ? now : undefined }];
  });
}

/** On AWS, and not only read. */
function isManaged({ type, options }: ResourcePreview): boolean {
  return type.startsWith("aws:") && options.external !== true;
}

/** The regions of a stack's providers, by their URNs. */
function providerRegions({ resources }: StackPreview): ReadonlyMap<string, string> {
  const providers = resources.filter(({ type }) => type.startsWith("pulumi:providers:"));
  return new Map(
    providers.flatMap(({ urn, inputs }) => {
      const region = regionOf(inputs);
      return region === undefined ? [] : [[urn, region] as const];
    }),
  );
}

function regionOf(inputs: JsonValue): string | undefined {
  const region = isObject(inputs) ? inputs["region"] : undefined;
  return typeof region === "string" ? region : undefined;
}

function providerOf({ provider }: ResourcePreview): string {
  return (provider ?? "").replace(/::[^:]*$/u, "");
}
