import { rowOf as replacementRow } from "../change/row-table.ts";
import type { PlannedResource, PlanRequest, Scope } from "../model.ts";
import type { ResourceTable } from "../tables/format.ts";
import { isPlainRecord, UNKNOWN } from "../values.ts";
import type { PlainRecord, PlainValue } from "../values.ts";
import { checkLimits } from "./check-limits.ts";
import { checkNames } from "./check-names.ts";
import { checkReferences } from "./check-references.ts";
import type { Cloud, CloudAnswer, CloudResource, CreateRequest, Refusal } from "./cloud.ts";
import { findOne, GLOBAL, isLeaving, NO_CHANGE } from "./look.ts";
import { checkHolders, followersOf } from "./removal.ts";
import { CLOUD_ROWS } from "./rows.ts";
import type { CloudContext, CloudRow } from "./row.ts";
import { seedAccount } from "./seed.ts";
import type { SeedAccount, SeedOrganization } from "./seed.ts";
import { familyOf } from "./type-names.ts";

/** What AWS would answer to calls, given what is there. Pure: a refused call changes nothing, an answered one says what. */
export interface CloudModel {
  create(request: CreateRequest, cloud: Cloud): CloudAnswer;
  /** @param inputs the whole new inputs */
  update(current: CloudResource, inputs: PlainRecord, scope: Scope, cloud: Cloud): CloudAnswer;
  /** As the provider deletes it. What is gone already is no error. */
  remove(current: CloudResource, cloud: Cloud): CloudAnswer;
  /** As the provider reads or imports it; `id` may be the id that an import is given. */
  read(type: string, id: string, scope: Scope, cloud: Cloud): CloudResource | undefined;
  /** What AWS has in a fresh account. */
  seed(account: SeedAccount, organization: SeedOrganization): readonly CloudResource[];
}

/** What the rest of the model does for this part. */
export interface CloudEnvironment {
  plan(request: PlanRequest): PlannedResource;
  table(type: string): ResourceTable | undefined;
}

const NOTHING_KNOWN: CloudRow = { references: "none" };

/** The part of the model that knows what else there is. */
export function cloudModel(environment: CloudEnvironment): CloudModel {
  return {
    create: (request, cloud) => create(request, cloud, environment),
    update: (current, inputs, scope, cloud) => update(current, inputs, scope, cloud, environment),
    remove,
    read: (type, id, scope, cloud) => read(type, id, scope, cloud, environment),
    seed: (account, organization) => seedAccount(account, organization, environment),
  };
}

function rowOf(type: string): CloudRow {
  return Object.hasOwn(CLOUD_ROWS, type) ? (CLOUD_ROWS[type] ?? NOTHING_KNOWN) : NOTHING_KNOWN;
}

function create(request: CreateRequest, cloud: Cloud, environment: CloudEnvironment): CloudAnswer {
  const { type, name, inputs, salt = "" } = request;
  const scope = ownScope(request.scope, inputs);
  const urn = salt === "" ? request.urn : `${request.urn}|${salt}`;
  const row = rowOf(type);
  const planned = request.planned ?? environment.plan({ type, name, urn, inputs, scope });
  const given = withoutNulls(inputs);
  const draft = resourceOf(type, planned, given, scope, environment);
  const adopted = row.adopts?.({ wanted: draft, current: undefined, isNew: true, scope, cloud });
  const wanted =
    adopted === undefined ? draft : { ...takenOver(draft, adopted), origin: adopted.origin };
  const context: CloudContext = {
    wanted: viewed(wanted, row, cloud),
    current: adopted,
    isNew: true,
    scope,
    cloud,
  };
  const refusals = check(context, row);
  return refusals.length > 0 ? { refusals } : done(context, row, adopted);
}

/** A default of AWS's under its own id, with what the program gives; what it does not give stays. */
function takenOver(draft: CloudResource, adopted: CloudResource): CloudResource {
  const { tags: _tags, ...kept } = adopted.outputs;
  const outputs: Record<string, PlainValue> = { ...draft.outputs, ...kept, ...draft.inputs };
  if ("tagsAll" in draft.outputs) outputs["tagsAll"] = draft.outputs["tagsAll"] ?? {};
  return { ...draft, id: adopted.id, outputs };
}

function update(
  current: CloudResource,
  inputs: PlainRecord,
  scope: Scope,
  cloud: Cloud,
  environment: CloudEnvironment,
): CloudAnswer {
  const { type, id } = current;
  const given = withoutNulls(inputs);
  const own = ownScope(scope, { region: current.region === GLOBAL ? null : current.region });
  const planned = environment.plan({ type, name: "", urn: "", inputs: given, scope: own, id });
  const isKept = keptBy(type, environment.table(type));
  const outputs: Record<string, PlainValue> = { ...planned.outputs };
  for (const [name, value] of Object.entries(current.outputs)) {
    if (Object.hasOwn(given, name) || name === "tagsAll") continue;
    // What the program has given and leaves out now goes back to its default; the rest stays as AWS has it.
    const isTakenBack = Object.hasOwn(current.inputs, name) && !isKept(name);
    if (!isTakenBack) outputs[name] = value;
  }
  const wanted: CloudResource = { ...current, inputs: given, outputs: known(outputs, given) };
  const row = rowOf(type);
  const context = {
    wanted: viewed(wanted, row, cloud),
    current,
    isNew: false,
    scope: own,
    cloud,
  };
  const refusals = check(context, row);
  return refusals.length > 0 ? { refusals } : done(context, row, current);
}

/** Whether an input may be left out without a change; where nobody says so, whether its output must be there. */
function keptBy(type: string, table: ResourceTable | undefined): (name: string) => boolean {
  const kept = replacementRow(type)?.kept;
  return (name) => kept?.has(name) ?? table?.outputs[name]?.endsWith("?") !== true;
}

function check(context: CloudContext, row: CloudRow): readonly Refusal[] {
  return [
    ...checkReferences(context, row),
    ...checkNames(context, row.unique ?? []),
    ...(row.checks ?? []).flatMap(({ kind = "conflict", code, rule, provenance, check: find }) =>
      find(context).map((violation) => ({ ...violation, kind, code, rule, provenance })),
    ),
    ...checkLimits(context, row.limits ?? []),
  ];
}

/** The answer to a call that AWS takes. What is replaced under another type goes. */
function done(
  context: CloudContext,
  row: CloudRow,
  former: CloudResource | undefined,
): CloudAnswer {
  const { wanted } = context;
  const effects = row.effects?.(context) ?? NO_CHANGE;
  const isMoved = former !== undefined && former.type !== wanted.type;
  return {
    resource: wanted,
    change: {
      put: [wanted, ...effects.put],
      remove: [...(isMoved ? [former] : []), ...effects.remove],
    },
  };
}

function remove(current: CloudResource, cloud: Cloud): CloudAnswer {
  const found = findOne(cloud, current);
  if (found === undefined || isLeaving(found)) return { resource: null, change: NO_CHANGE };
  const row = rowOf(current.type);
  const context: CloudContext = {
    wanted: current,
    current: found,
    isNew: false,
    scope: { partition: "aws", accountId: current.accountId, region: current.region },
    cloud,
  };
  const instead = row.removal?.change(found, cloud);
  const refusals = [
    ...(row.removals ?? []).flatMap(({ code, rule, provenance, refuses }) => {
      const message = refuses(context);
      return message === undefined
        ? []
        : [{ kind: "in-use" as const, code, rule, provenance, message, path: "" }];
    }),
    ...(instead === undefined ? checkHolders(found, cloud) : []),
  ];
  if (refusals.length > 0) return { refusals };
  const change = instead ?? { put: [], remove: [found, ...followersOf(found, cloud)] };
  return { resource: null, change };
}

function read(
  type: string,
  id: string,
  scope: Scope,
  cloud: Cloud,
  environment: CloudEnvironment,
): CloudResource | undefined {
  const row = rowOf(type);
  const region = isGlobal(type, environment) ? GLOBAL : scope.region;
  const kept = familyOf(type)
    .flatMap((item) => cloud.list(scope.accountId, item))
    .filter((resource) => resource.region === region && !isLeaving(resource));
  const found =
    kept.find((resource) => resource.id === id) ??
    kept.find((resource) => row.importId?.(resource) === id);
  if (found === undefined) return undefined;
  const resource = viewed({ ...found, type }, row, cloud);
  return found.origin === "created" ? resource : withInputs(resource, environment.table(type));
}

/** Inputs as the provider makes them out of what it reads: what is given and no documented default. */
function withInputs(resource: CloudResource, table: ResourceTable | undefined): CloudResource {
  if (table === undefined) return resource;
  const inputs = Object.entries(resource.outputs).filter(
    ([name, value]) =>
      Object.hasOwn(table.inputs, name) && !isEmpty(value) && value !== table.defaults[name],
  );
  return { ...resource, inputs: { ...Object.fromEntries(inputs), ...resource.inputs } };
}

function isEmpty(value: PlainValue): boolean {
  return (
    value === null ||
    value === "" ||
    (Array.isArray(value) && value.length === 0) ||
    (isPlainRecord(value) && Object.keys(value).length === 0)
  );
}

function resourceOf(
  type: string,
  planned: PlannedResource,
  inputs: PlainRecord,
  scope: Scope,
  environment: CloudEnvironment,
): CloudResource {
  return {
    type,
    id: planned.id,
    accountId: scope.accountId,
    region: isGlobal(type, environment) ? GLOBAL : scope.region,
    inputs,
    outputs: known(planned.outputs, inputs),
    origin: "created",
  };
}

/** A type whose resources the provider reports no region for belongs to the account as a whole. */
function isGlobal(type: string, environment: CloudEnvironment): boolean {
  const table = environment.table(type);
  return table !== undefined && !("region" in table.outputs);
}

function viewed(resource: CloudResource, row: CloudRow, cloud: Cloud): CloudResource {
  const view = row.view?.(resource, cloud);
  return view === undefined ? resource : { ...resource, outputs: { ...resource.outputs, ...view } };
}

/** Without what the plan cannot say: nobody has given it, so it is absent. */
function known(outputs: PlainRecord, inputs: PlainRecord): PlainRecord {
  return Object.fromEntries(
    Object.entries(outputs).filter(([name, value]) => value !== UNKNOWN || name in inputs),
  );
}

function withoutNulls(inputs: PlainRecord): PlainRecord {
  return Object.fromEntries(Object.entries(inputs).filter(([, value]) => value !== null));
}

function ownScope(scope: Scope, inputs: PlainRecord): Scope {
  const region = inputs["region"];
  return typeof region === "string" && region !== "" ? { ...scope, region } : scope;
}
