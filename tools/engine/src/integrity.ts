import {
  cloudOf,
  refusalFinding,
  UNKNOWN,
  type AwsModel,
  type Finding,
  type PlainRecord,
  type PlainValue,
  type PlannedResource,
  type Scope,
} from "@atoll/aws-model";

import { holdsSecret, type WireProperties } from "./wire.ts";

/** A resource that the program declares, with what the model has planned for it. */
export interface IntegrityRequest {
  readonly type: string;
  readonly name: string;
  readonly urn: string;
  readonly inputs: PlainRecord;
  /** As the SDK sent them. */
  readonly wire: WireProperties;
  readonly scope: Scope;
  readonly planned: PlannedResource;
  /** It exists: nothing is held against it. */
  readonly isImported: boolean;
}

/** Raised quotas by `<service>/<quota>`, the most particular first. */
export type Quotas = readonly Readonly<Record<string, number>>[];

/**
 * What AWS would refuse in one stack: its resources are made one by one in a cloud in memory that has nothing else, in
 * the order in which the program declares them. Whatever is not this stack's is not known here and passes.
 */
export class StackIntegrity {
  readonly #model: AwsModel;
  readonly #cloud;

  constructor(model: AwsModel, quotas: Quotas) {
    this.#model = model;
    this.#cloud = cloudOf([], { complete: false, quotas: () => quotas });
  }

  /** What would be refused of the next resource; one that is refused is not there for the ones that follow. */
  add(request: IntegrityRequest): readonly Finding[] {
    const { type, name, urn, scope } = request;
    // A secret must not end up in a message.
    const secret = Object.keys(request.wire).filter((key) => holdsSecret(request.wire[key]));
    const inputs = without(secret, request.inputs);
    const outputs = without(secret, request.planned.outputs);
    const planned = { ...request.planned, outputs };
    const made = this.#model.cloud.create({ type, name, urn, inputs, scope, planned }, this.#cloud);
    if (!("refusals" in made)) {
      const { put, remove } = made.change;
      // What is imported was there before, and may be otherwise than the program says.
      const origin = request.isImported ? "seed" : "created";
      this.#cloud.apply({
        put: put.map((one) => (one === made.resource ? { ...one, origin } : one)),
        remove,
      });
      return [];
    }
    return request.isImported ? [] : made.refusals.map(refusalFinding);
  }
}

function without(secret: readonly string[], values: PlainRecord): PlainRecord {
  if (secret.length === 0) return values;
  const rest: Record<string, PlainValue> = { ...values };
  for (const key of secret) if (key in rest) rest[key] = UNKNOWN;
  return rest;
}
