import {
  UNKNOWN,
  type AwsModel,
  type PlainRecord,
  type PlainValue,
  type Scope,
} from "@atoll/aws-model";

import { parseUrn } from "./urn.ts";
import { isSame, withoutBookkeeping } from "./values.ts";

/** A resource that a preview is about. */
export interface PreviewRequest {
  readonly urn: string;
  /** Checked inputs. */
  readonly inputs: PlainRecord;
  /** What is there; undefined for a resource that is to be made. */
  readonly old:
    | { readonly id: string; readonly inputs: PlainRecord; readonly outputs: PlainRecord }
    | undefined;
  readonly scope: Scope;
}

/**
 * What a preview knows: inputs and defaults; what AWS decides is unknown for a new resource, and stays what it was for
 * one that is there.
 */
export function previewOutputs(model: AwsModel, request: PreviewRequest): PlainRecord {
  const { urn, inputs, old, scope } = request;
  const { type, name } = parseUrn(urn);
  const given = withoutBookkeeping(inputs);
  const planned = model.plan({ type, name, urn, inputs: given, scope });
  const outputs: Record<string, PlainValue> = { ...planned.outputs };
  for (const key of planned.computed) outputs[key] = UNKNOWN;
  if (old === undefined) return outputs;
  const kept: Record<string, PlainValue> = { ...old.outputs };
  for (const [key, value] of Object.entries(outputs)) {
    const isComputed = planned.computed.includes(key);
    if (!isComputed || !(key in kept)) kept[key] = value;
  }
  for (const key of Object.keys(old.inputs)) {
    const isDropped = !(key in given) && !(key in outputs) && isSame(old.inputs[key], kept[key]);
    if (isDropped) Reflect.deleteProperty(kept, key);
  }
  return kept;
}
