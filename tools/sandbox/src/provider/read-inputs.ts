import type { AwsModel, CloudResource, PlainRecord, PlainValue } from "@atoll/aws-model";

import { takesInput } from "./takes-input.ts";
import { DEFAULTS_KEY, isRecord, withoutUnknowns } from "./values.ts";

/**
 * The inputs that the provider reads back. For a resource whose inputs are known, the same ones with the values that
 * they have by now; for an import, whatever is set and could have been given.
 *
 * source: pulumi-terraform-bridge `pkg/tfbridge/schema.go`, extractInputsFromOutputs, read 2026-11-27
 */
export function readInputs(
  found: CloudResource,
  known: PlainRecord | null,
  model: AwsModel,
): PlainRecord {
  const outputs = withoutUnknowns(found.outputs);
  if (known === null) return importedInputs(found, outputs, model);
  const inputs: Record<string, PlainValue> = {};
  for (const [key, value] of Object.entries(known)) {
    if (key === DEFAULTS_KEY) inputs[key] = value;
    else if (key in outputs) inputs[key] = outputs[key] ?? null;
    // What AWS never gives back is as it was given; what is neither given nor there has been taken away.
    else if (key in found.inputs) inputs[key] = found.inputs[key] ?? null;
  }
  // A tag that somebody added by hand is a difference even where the program gives none.
  const { tags } = outputs;
  if (isRecord(tags) && Object.keys(tags).length > 0) inputs["tags"] = tags;
  return inputs;
}

function importedInputs(found: CloudResource, outputs: PlainRecord, model: AwsModel): PlainRecord {
  const inputs: Record<string, PlainValue> = { [DEFAULTS_KEY]: [] };
  for (const [key, value] of Object.entries({ ...outputs, ...found.inputs })) {
    const isMerged = key === "tagsAll";
    if (isMerged || (!isEmpty(value) && takesInput(found.type, key, model))) inputs[key] = value;
  }
  return inputs;
}

function isEmpty(value: PlainValue): boolean {
  if (value === null || value === "" || value === false) return true;
  if (Array.isArray(value)) return value.length === 0;
  return isRecord(value) && Object.keys(value).length === 0;
}
