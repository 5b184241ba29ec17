import type { AwsModel } from "@atoll/aws-model";

const found = new WeakMap<AwsModel, Map<string, string | undefined>>();

/** A logical name that no value has by chance. */
const PROBE = "atollprobe";

/**
 * The input that the provider makes a name up for when the program gives none, such as `name` or `bucket`; undefined
 * where the type has none. Found by asking the model for a resource without inputs.
 */
export function autoNamedInput(type: string, model: AwsModel): string | undefined {
  const known = found.get(model) ?? new Map<string, string | undefined>();
  found.set(model, known);
  if (known.has(type)) return known.get(type);
  const scope = { partition: "aws", accountId: "000000000000", region: "us-east-1" } as const;
  const planned = model.plan({ type, name: PROBE, urn: PROBE, inputs: {}, scope });
  const property = Object.entries(planned.outputs).find(
    ([key, value]) =>
      typeof value === "string" &&
      new RegExp(`^(?:alias/)?${PROBE}[-_][0-9a-f]{7}`, "u").test(value) &&
      !planned.computed.includes(key),
  )?.[0];
  known.set(type, property);
  return property;
}
