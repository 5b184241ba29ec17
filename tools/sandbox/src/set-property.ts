import { loadModel, type PlainRecord, type PlainValue, type Scope } from "@atoll/aws-model";
import { AtollError } from "@atoll/core";

import { findResources } from "./find-resources.ts";
import { parsePath, withValueAt, type PropertyPath } from "./property-path.ts";
import { isRecord } from "./provider/values.ts";
import type { StoredResource } from "./store/account-file.ts";
import { openStore } from "./store/open-store.ts";
import { storedCloud } from "./store/stored-cloud.ts";

/** A change behind Pulumi's back. */
export interface SetPropertyOptions {
  /** The sandbox's folder. */
  readonly folder: string;
  /** URN or id of a resource. */
  readonly resource: string;
  /** Such as `tags.Name` or `routes[0].gatewayId`. */
  readonly property: string;
  /** JSON, or text that is none. `null` takes the property away. */
  readonly value: string;
}

/** What was changed. */
export interface SetPropertyResult {
  readonly accountId: string;
  readonly type: string;
  readonly id: string;
  readonly urn: string | null;
}

/**
 * Changes a property of a resource in the sandbox, as somebody does in the console: AWS checks it, Pulumi knows nothing.
 *
 * @throws AtollError `SANDBOX_RESOURCE_UNKNOWN`, `SANDBOX_RESOURCE_AMBIGUOUS`, `SANDBOX_PROPERTY_INVALID`,
 * `SANDBOX_SET_REFUSED` and the codes of reading and writing a sandbox
 */
export function setProperty(options: SetPropertyOptions): SetPropertyResult {
  const { folder, property } = options;
  const path = parsePath(property);
  if (path === undefined) {
    throw new AtollError(
      "SANDBOX_PROPERTY_INVALID",
      `"${property}" is no path of a property: write it as in tags.Name, routes[0].gatewayId or tags["a.b"].`,
    );
  }
  const model = loadModel();
  const store = openStore(folder, model);
  const { accountId, type, id, region, urn } = theOne(
    findResources(store, options.resource),
    options,
  );
  const cloud = storedCloud(store);
  store.change(accountId, (account) => {
    const current = account.find(type, id, region);
    if (current === undefined) throw notFound(options.resource);
    const next = withValueAt(inputsAt(current, path), path, valueOf(options.value));
    const scope = scopeOf(current, store.organization.partition);
    const findings = model.check(type, next, scope).filter(({ severity }) => severity === "error");
    const isOutputOnly = path[0] in current.outputs && !(path[0] in current.inputs);
    if (findings.length > 0 && !isOutputOnly) throw refused(findings.map(({ message }) => message));
    if (findings.length > 0) {
      const outputs = withValueAt(current.outputs, path, valueOf(options.value));
      return { result: null, change: { put: [{ ...current, outputs }], remove: [] } };
    }
    const answer = model.cloud.update(current, next, scope, cloud);
    if ("refusals" in answer) {
      throw refused(answer.refusals.map(({ code, message }) => `${code}: ${message}`));
    }
    return { result: null, change: answer.change };
  });
  return { accountId, type, id, urn };
}

/** The inputs, with the property as it stands where nobody gave it. */
function inputsAt({ inputs, outputs }: StoredResource, [top]: PropertyPath): PlainRecord {
  const output = outputs[top];
  return top in inputs || output === undefined ? inputs : { ...inputs, [top]: output };
}

/** The scope that the resource was made in: what is in the merged tags and not in its own came from the provider. */
function scopeOf(
  { accountId, region, outputs }: StoredResource,
  partition: Scope["partition"],
): Scope {
  const own = isRecord(outputs["tags"]) ? outputs["tags"] : {};
  const merged = isRecord(outputs["tagsAll"]) ? outputs["tagsAll"] : {};
  const defaultTags = Object.fromEntries(
    Object.entries(merged).filter(([key, value]) => !(key in own) && typeof value === "string"),
  ) as Record<string, string>;
  return { partition, accountId, region, defaultTags };
}

function valueOf(text: string): PlainValue {
  try {
    return JSON.parse(text) as PlainValue;
  } catch {
    return text;
  }
}

function theOne(
  found: readonly StoredResource[],
  { resource }: SetPropertyOptions,
): StoredResource {
  const [first, ...others] = found;
  if (first === undefined) throw notFound(resource);
  if (others.length === 0) return first;
  const list = found.map(({ accountId, type, id, urn }) => `${accountId} ${type} ${urn ?? id}`);
  throw new AtollError(
    "SANDBOX_RESOURCE_AMBIGUOUS",
    `${resource} names ${String(found.length)} resources; take the URN of one of them:\n${list.join("\n")}`,
  );
}

function notFound(resource: string): AtollError {
  return new AtollError(
    "SANDBOX_RESOURCE_UNKNOWN",
    `The sandbox has no resource ${resource}: \`atoll sandbox show\` lists what there is.`,
  );
}

function refused(reasons: readonly string[]): AtollError {
  return new AtollError("SANDBOX_SET_REFUSED", `AWS would refuse that: ${reasons.join("; ")}`);
}
