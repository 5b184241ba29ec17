import { compareText } from "@atoll/core";
import type { PlannedResource, PlanRequest, Scope } from "../model.ts";
import type { ResourceTable, Shape } from "../tables/format.ts";
import { containsUnknown, isPlainRecord, UNKNOWN } from "../values.ts";
import type { PlainRecord, PlainValue } from "../values.ts";
import { autoName } from "./auto-name.ts";
import type { PlanContext } from "./context.ts";
import { genericId, genericOutput } from "./generic.ts";
import { ruleOf } from "./rules.ts";
import { seedOf } from "./seed.ts";
import { fillTemplate } from "./template.ts";
import type { OutputRule } from "./type-rule.ts";

/** Outputs that a real preview knows although AWS has the last word: the provider plans them. */
const KNOWN_IN_PREVIEW: ReadonlySet<string> = new Set(["region", "tagsAll"]);

/** A resource of a type that the tables do not have: its inputs, and a made-up id. */
export function planUnknownType(request: PlanRequest): PlannedResource {
  const { name, inputs, scope, urn, id } = request;
  const seed = seedOf(seedKey(scope, urn));
  return { id: id ?? `${name}-${seed.hex("id", 17)}`, outputs: withoutNulls(inputs), computed: [] };
}

/** Plans one resource of a known type. */
export function planResource(request: PlanRequest, table: ResourceTable): PlannedResource {
  const scope = ownScope(request.scope, request.inputs);
  const seed = seedOf(seedKey(scope, request.urn));
  const given = withDocuments(withoutNulls(request.inputs), table);
  const named =
    request.id === undefined
      ? autoName(request.type, table, given, request.name, seed)
      : nameFromId(request.type, request.id);
  const values: Record<string, PlainValue> = { ...named, ...given };
  const defaults = addDefaults(values, table);
  const draft: PlanContext = {
    type: request.type,
    scope,
    seed,
    id: "",
    name: request.name,
    values,
  };
  const id = request.id ?? planId(draft, table);
  const context: PlanContext = { ...draft, id };
  const computed = planOutputs(context, table, values);
  // What exists already may differ from the defaults of a fresh resource.
  if (request.id !== undefined) computed.push(...defaults);
  if ("tagsAll" in table.outputs) values["tagsAll"] = tagsAll(values["tags"], scope);
  return { id, outputs: values, computed: computed.sort(compareText) };
}

/** The input that is the id of an existing resource, such as the name of a bucket. */
function nameFromId(type: string, id: string): Record<string, PlainValue> {
  const rule = ruleOf(type)?.id;
  const property = typeof rule === "string" ? /^\{=(\w+)\}$/u.exec(rule)?.[1] : undefined;
  return property === undefined ? {} : { [property]: id };
}

function seedKey(scope: Scope, urn: string): string {
  return [scope.partition, scope.accountId, scope.region, urn].join("|");
}

function ownScope(scope: Scope, inputs: PlainRecord): Scope {
  const region = inputs["region"];
  return typeof region === "string" && region !== "" ? { ...scope, region } : scope;
}

function withoutNulls(inputs: PlainRecord): Record<string, PlainValue> {
  const given: Record<string, PlainValue> = {};
  for (const [name, value] of Object.entries(inputs)) {
    if (value != null) given[name] = value;
  }
  return given;
}

/** Policy documents may be given as objects; the provider keeps their text. */
function withDocuments(
  given: Record<string, PlainValue>,
  table: ResourceTable,
): Record<string, PlainValue> {
  for (const [name, value] of Object.entries(given)) {
    const shape: Shape | undefined = table.inputs[name];
    const isText = Array.isArray(shape) && shape[0] === "any-of" && shape.includes("s");
    if (!isText || !isPlainRecord(value)) continue;
    given[name] = containsUnknown(value) ? UNKNOWN : JSON.stringify(value);
  }
  return given;
}

function addDefaults(values: Record<string, PlainValue>, table: ResourceTable): string[] {
  const added: string[] = [];
  for (const [name, value] of Object.entries(table.defaults)) {
    if (name in values || !(name in table.outputs)) continue;
    values[name] = value;
    added.push(name);
  }
  return added;
}

function planId(context: PlanContext, table: ResourceTable): string {
  const rule = ruleOf(context.type);
  const planned = rule === undefined ? UNKNOWN : apply(rule.id, context, "id");
  return typeof planned === "string" && planned !== ""
    ? planned
    : genericId(context, rule === undefined ? table.importExample : null);
}

function apply(rule: OutputRule, context: PlanContext, label: string): PlainValue {
  return typeof rule === "string" ? fillTemplate(rule, context, label) : rule(context);
}

/**
 * Adds every output that is not there yet, and returns the names of those that AWS decides. The
 * rules read the same record that they add to.
 */
function planOutputs(
  context: PlanContext,
  table: ResourceTable,
  values: Record<string, PlainValue>,
): string[] {
  const computed: string[] = [];
  const rules = ruleOf(context.type)?.outputs ?? {};
  const add = (name: string, value: PlainValue) => {
    values[name] = value;
    // An input that may stay absent has a default of the provider's, known before deployment.
    const isDefault = name in table.inputs && table.outputs[name]?.endsWith("?") === true;
    if (!isDefault && !KNOWN_IN_PREVIEW.has(name)) computed.push(name);
  };
  for (const [name, rule] of Object.entries(rules)) {
    if (!(name in values) && name in table.outputs) add(name, apply(rule, context, name));
  }
  for (const [name, kind] of Object.entries(table.outputs)) {
    const mayBeAbsent = kind.endsWith("?") && !table.computed.includes(name);
    if (name in values || mayBeAbsent || name === "tagsAll") continue;
    add(name, genericOutput(context, name, kind, table.importExample));
  }
  return computed;
}

function tagsAll(tags: PlainValue | undefined, scope: Scope): PlainValue {
  if (tags === UNKNOWN) return UNKNOWN;
  const own = isPlainRecord(tags) ? tags : {};
  return { ...scope.defaultTags, ...own };
}
