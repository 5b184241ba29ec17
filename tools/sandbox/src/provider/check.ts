import {
  UNKNOWN,
  type AwsModel,
  type PlainRecord,
  type PlainValue,
  type Scope,
} from "@atoll/aws-model";
import { compareText } from "@atoll/core";

import type { CheckFailure } from "./configuration.ts";
import { autoNamedInput } from "./auto-named-input.ts";
import { DEFAULTS_KEY, holdsUnknown, isRecord } from "./values.ts";
import { parseUrn } from "./urn.ts";

/** How Pulumi wants names to be made up, where the user configured it. */
export interface Autonaming {
  /** Empty where the provider decides. */
  readonly proposedName: string;
  readonly mode: "propose" | "enforce" | "disable";
}

/** What `Check` is asked. */
export interface CheckRequest {
  readonly urn: string;
  /** Inputs of the last deployment, checked; empty for a new resource. */
  readonly olds: PlainRecord;
  /** What the program gives. */
  readonly news: PlainRecord;
  /** Makes two names differ that are made up for the same URN. */
  readonly randomSeed: string;
  readonly autonaming?: Autonaming;
}

/** What `Check` answers: the inputs to deploy, or why they cannot be. */
export interface CheckAnswer {
  readonly inputs: PlainRecord;
  readonly failures: readonly CheckFailure[];
}

/** Outputs that the provider works out from its own configuration. */
const MERGED: readonly string[] = ["region", "tagsAll"];

/**
 * Checks a resource's inputs and completes them: a name where the program gives none, the provider's defaults (named in
 * `__defaults`), its region and the merged tags. A made-up name stays what it was.
 *
 * source: pulumi-terraform-bridge `pkg/tfbridge/schema.go` and pulumi-aws `provider/{tags,region}.go`, read 2026-11-27
 */
export function checkResource(request: CheckRequest, model: AwsModel, scope: Scope): CheckAnswer {
  const { urn, news, olds, randomSeed } = request;
  const { type, name } = parseUrn(urn);
  if (!model.knows(type)) {
    const reason = `The package aws has no resource type ${type}.`;
    return { inputs: news, failures: [{ property: "", reason }] };
  }
  const failures = model
    .check(type, news, scope)
    .filter(({ severity }) => severity === "error")
    .map(({ path, message, fix }) => ({ property: path, reason: `${message} ${fix}` }));
  if (failures.length > 0) return { inputs: news, failures };

  const planned = model.plan({
    type,
    name,
    urn: `${urn}|${randomSeed}`,
    inputs: news,
    scope,
  });
  const defaults: Record<string, PlainValue> = {};
  const isDecidedLater = new Set([...planned.computed, ...MERGED]);
  for (const [key, value] of Object.entries(planned.outputs)) {
    if (isGiven(news[key]) || isGiven(news[`${key}Prefix`]) || isDecidedLater.has(key)) continue;
    if (!holdsUnknown(value)) defaults[key] = value;
  }
  const named = nameOf(request, autoNamedInput(type, model), defaults, olds);
  const inputs: Record<string, PlainValue> = { ...defaults, ...named, ...withoutNulls(news) };
  for (const key of MERGED) {
    if (key in planned.outputs) inputs[key] = planned.outputs[key] ?? UNKNOWN;
  }
  inputs[DEFAULTS_KEY] = Object.keys(inputs)
    .filter((key) => key in defaults)
    .sort(compareText);
  return { inputs, failures: [] };
}

/** The made-up name, if the type has one: the old one, the one that Pulumi proposes, or the model's. */
function nameOf(
  { autonaming, news }: CheckRequest,
  property: string | undefined,
  defaults: Record<string, PlainValue>,
  olds: PlainRecord,
): Record<string, PlainValue> {
  if (property === undefined || !(property in defaults)) return {};
  if (isGiven(news[`${property}Prefix`])) return {};
  const made = olds[DEFAULTS_KEY];
  const old = olds[property];
  if (Array.isArray(made) && made.includes(property) && isGiven(old)) return { [property]: old };
  if (autonaming?.mode === "disable") {
    // Left out for AWS to make one up, or to refuse.
    Reflect.deleteProperty(defaults, property);
    return {};
  }
  const proposed = autonaming?.proposedName ?? "";
  return proposed === "" ? {} : { [property]: proposed };
}

function isGiven(value: PlainValue | undefined): value is Exclude<PlainValue, null> {
  return value !== undefined && value !== null;
}

function withoutNulls(record: PlainRecord): PlainRecord {
  const result: Record<string, PlainValue> = {};
  for (const [key, value] of Object.entries(record)) {
    if (value === null) continue;
    result[key] = isRecord(value) ? withoutNulls(value) : value;
  }
  return result;
}
