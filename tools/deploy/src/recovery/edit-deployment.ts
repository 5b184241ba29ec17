import { AtollError } from "@atoll/core";

import type { StackDeployment, StateResource } from "../state/deployment.ts";
import { realValues } from "../state/real-values.ts";

import type { DeclaredResource } from "./declared.ts";
import { orderResources } from "./order-resources.ts";
import { IMPORTED_MARK, type RecoveryDecision, type RecoveryPlan } from "./plan-recovery.ts";

/**
 * The state as a recovery leaves it, before anything is read: without pending operations, and with what was found. What
 * a person gave the id of has no outputs, so that its provider reads it as it reads an import. The others have what they
 * were asked for as outputs: so they are read as what is known already, and keep the names that were made up for them.
 *
 * @throws AtollError `RECOVERY_WITHOUT_PROVIDER` when the state has no provider or parent for a resource that was found
 */
export function editDeployment(
  deployment: StackDeployment,
  plan: RecoveryPlan,
  declared: readonly DeclaredResource[],
): StackDeployment {
  const { pending_operations: pending = [], resources = [], ...rest } = deployment;
  let edited: readonly StateResource[] = resources;
  for (const decision of plan.decisions) {
    if (decision.id === null) continue;
    const asked = pending.find(
      ({ type, resource }) => type === "creating" && resource.urn === decision.urn,
    )?.resource;
    const made = asked ?? fromDeclared(decision, declared, resources);
    edited = withImported(edited, importedFrom(made, decision.id, decision.answered));
  }
  return { ...rest, resources: orderResources(edited) };
}

function importedFrom(made: StateResource, id: string, answered: boolean): StateResource {
  const { outputs: _outputs, delete: _delete, pendingReplacement: _pending, ...rest } = made;
  const { __defaults: _defaults, ...values } = made.inputs ?? {};
  const known = answered ? {} : { outputs: { ...values, id } };
  return { ...rest, id, ...known, initErrors: [IMPORTED_MARK] };
}

/** Puts a resource into the place of the one that it replaces, which is left to be deleted if it still exists. */
function withImported(
  resources: readonly StateResource[],
  imported: StateResource,
): readonly StateResource[] {
  const place = resources.findIndex((each) => each.urn === imported.urn && each.delete !== true);
  const old = resources[place];
  if (old === undefined) return [...resources, imported];
  const left = old.pendingReplacement === true ? [] : [{ ...old, delete: true }];
  return [...resources.slice(0, place), imported, ...resources.slice(place + 1), ...left];
}

/** What the state would have of a resource that was asked for: Pulumi kept nothing of it. */
function fromDeclared(
  { urn }: RecoveryDecision,
  declared: readonly DeclaredResource[],
  resources: readonly StateResource[],
): StateResource {
  const resource = declared.find((each) => each.urn === urn);
  if (resource === undefined) throw withoutProvider(urn, "its declaration");
  const live = new Map(
    resources.filter((each) => each.delete !== true).map((each) => [each.urn, each]),
  );
  const { type, parent, dependencies, options } = resource;
  const real = realValues(declared, resources);
  const providerUrn = resource.provider?.split("::").slice(0, -1).join("::") ?? "";
  const provider = live.get(providerUrn);
  if (provider?.id === undefined) throw withoutProvider(urn, "its provider");
  if (parent !== null && !live.has(parent)) throw withoutProvider(urn, "its parent");
  return {
    urn,
    custom: true,
    type,
    inputs: askedFor(resource, real),
    ...(parent === null ? {} : { parent }),
    provider: `${providerUrn}::${provider.id}`,
    // The next update writes them as they are; of these only what exists may be named.
    dependencies: dependencies.filter((dependency) => live.has(dependency)),
    ...(options.protect === true ? { protect: true } : {}),
    ...(options.retainOnDelete === true ? { retainOnDelete: true } : {}),
    ...(options.additionalSecretOutputs === undefined
      ? {}
      : { additionalSecretOutputs: options.additionalSecretOutputs }),
  };
}

/**
 * What Pulumi would have asked the provider for: a made-up name is among it, as a default whose value is still to be
 * read. Without that the next update would make up another name, and replace the resource.
 */
function askedFor(
  { name, inputs, outputs }: DeclaredResource,
  real: <T>(value: T) => T,
): Readonly<Record<string, unknown>> {
  const given = real(inputs as Readonly<Record<string, unknown>>);
  const madeUp = Object.entries(outputs as Readonly<Record<string, unknown>>)
    .filter(([key, value]) => key !== "id" && !Object.hasOwn(given, key) && isMadeUp(value, name))
    .map(([key]) => key);
  const defaults = Object.fromEntries(madeUp.map((key) => [key, ""]));
  return { ...defaults, ...given, __defaults: madeUp };
}

/** The provider makes a name up of the logical one and seven random digits. */
function isMadeUp(value: unknown, name: string): boolean {
  if (typeof value !== "string" || !/[-_][0-9a-f]{7}$/u.test(value)) return false;
  return (
    value
      .slice(0, -8)
      .toLowerCase()
      .replace(/^alias\//u, "") === name.toLowerCase()
  );
}

function withoutProvider(urn: string, what: string): AtollError {
  return new AtollError(
    "RECOVERY_WITHOUT_PROVIDER",
    `${urn} was found in the account, but the stack's state lacks ${what}: it does not come from this state's last run. Restore the state, or remove the resource.`,
  );
}
