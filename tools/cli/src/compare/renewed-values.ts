import type { PlainValue, Scope } from "@atoll/aws-model";
import type { JsonValue } from "@atoll/core";

import { isList, isObject } from "../render/value.ts";
import { sameValue } from "./diff-values.ts";
import type { ChangedResource, ChangeModel } from "./judge-change.ts";
import { plainInputs } from "./plain-inputs.ts";
import type { PlannedAnew } from "./planned-anew.ts";

/** Values of the working tree's preview, each with what it is on AWS now; undefined where AWS will give a new one. */
export type RenewedValues = ReadonlyMap<string, string | undefined>;

/**
 * Values that AWS gives anew when the resource is replaced. Planned values follow from the URN, so the preview has the
 * same ones as before; planned under another URN, they and nothing else come out differently.
 */
export function newValues(resource: ChangedResource, model: ChangeModel): RenewedValues {
  const { was, is } = resource;
  const { after } = plainInputs(was.inputs, is.inputs);
  const planned = (urn: string) => planOf(resource, urn, after, model);
  const found = new Map<string, string | undefined>();
  walk(planned(is.urn), planned(`${is.urn}+`), is.outputs, is.outputs, (one, other, value) => {
    if (one !== other) found.set(value, undefined);
  });
  return found;
}

/**
 * Values that differ in the previews although the inputs give no reason, such as ids of a resource that was renamed:
 * they were planned differently, and AWS keeps what it has.
 */
export function keptValues(
  resource: ChangedResource,
  model: ChangeModel,
  anew: PlannedAnew,
): RenewedValues {
  const { was, is } = resource;
  const found = new Map<string, string | undefined>();
  if (sameValue(was.outputs, is.outputs)) return found;
  const { before, after } = plainInputs(was.inputs, is.inputs);
  const planned = (inputs: typeof before) => planOf(resource, is.urn, inputs, model);
  const now = planned(anew.apply(after).inputs);
  walk(planned(before), now, was.outputs, is.outputs, (one, other, value, old) => {
    if (one === other && value !== old) found.set(value, old);
  });
  return found;
}

/** Where the resource lives counts for both plans alike, so that the partition need not be right. */
function planOf(
  { is, accountId, providerRegion = "us-east-1" }: ChangedResource,
  urn: string,
  inputs: ReturnType<typeof plainInputs>["after"],
  model: ChangeModel,
): PlainValue {
  const scope: Scope = { partition: "aws", accountId, region: providerRegion };
  const { id, outputs } = model.plan({ type: is.type, name: is.name, urn, inputs, scope });
  return { ...outputs, id };
}

/** Calls with each text of the two plans that the previews have at the same place. */
function walk(
  one: PlainValue | undefined,
  other: PlainValue | undefined,
  old: JsonValue | undefined,
  value: JsonValue | undefined,
  found: (one: string, other: string, value: string, old: string) => void,
): void {
  if (typeof one === "string" && typeof other === "string") {
    if (typeof value === "string" && typeof old === "string") found(one, other, value, old);
  } else if (isList(value) && isList(old)) {
    value.forEach((item, index) => {
      walk(at(one, index), at(other, index), old[index], item, found);
    });
  } else if (isObject(value) && isObject(old)) {
    for (const [name, item] of Object.entries(value)) {
      walk(at(one, name), at(other, name), old[name], item, found);
    }
  }
}

function at(value: PlainValue | undefined, key: string | number): PlainValue | undefined {
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return undefined;
  return (value as Readonly<Record<string | number, PlainValue>>)[key];
}
