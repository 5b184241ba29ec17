import { hasErrors } from "@atoll/core";

import { POLICY_ASSETS } from "./assets.ts";
import { buildOrganization } from "./define/build-organization.ts";
import { checkAccounts } from "./define/check-accounts.ts";
import { checkGuardrails } from "./define/check-guardrails.ts";
import { checkNames } from "./define/check-names.ts";
import { checkPools } from "./define/check-pools.ts";
import { checkReferences } from "./define/check-references.ts";
import { checkRegions } from "./define/check-regions.ts";
import { checkShape } from "./define/check-shape.ts";
import { checkUnits } from "./define/check-units.ts";
import { draftOrganization } from "./define/draft.ts";
import { sortByPath } from "./define/problems.ts";
import type {
  AddressPoolInput,
  OrganizationalUnitTree,
  OrganizationInput,
  OwnPolicyInput,
} from "./input.ts";
import type { OrganizationDefinition } from "./model.ts";

/** What `defineOrganization` returns: the definition, and the accounts' names as literal types. */
export interface TypedOrganizationDefinition<Name extends string> extends OrganizationDefinition {
  /** In the order written; empty where `organization` is null. */
  readonly accountNames: readonly Name[];
}

/**
 * Reads an organization: checks everything at once, fills in the defaults, and returns plain data. It never throws for
 * bad data; what is wrong is in `problems`, each with its path, sorted by path. A reference to an account, an
 * organizational unit, an address pool or a policy that does not exist does not compile, and is checked again here.
 *
 * @example
 * export default defineOrganization({
 *   name: "acme",
 *   homeRegion: "eu-west-1",
 *   organizationalUnits: { Workloads: {} },
 *   accounts: [
 *     { name: "management", id: "111111111111", email: "aws@example.com", kind: "management", ou: "Root" },
 *   ],
 * });
 */
export function defineOrganization<
  const Name extends string,
  const Tree extends OrganizationalUnitTree = Readonly<Record<never, never>>,
  const Pools extends Readonly<Record<string, AddressPoolInput>> = Readonly<Record<never, never>>,
  const Own extends Readonly<Record<string, OwnPolicyInput>> = Readonly<Record<never, never>>,
>(input: OrganizationInput<Name, Tree, Pools, Own>): TypedOrganizationDefinition<Name> {
  markEvaluated();
  return readOrganization(input) as TypedOrganizationDefinition<Name>;
}

/**
 * Leaves a mark that an organization file was evaluated here. A preview that finds it where programs run knows that a
 * program imported the file itself, and may depend on anything in it.
 */
function markEvaluated(): void {
  // eslint-disable-next-line no-restricted-globals -- the mark is what this is for; nothing here reads it
  Reflect.set(globalThis, Symbol.for("atoll.organization.defined"), true);
}

/** `defineOrganization` for data that no compiler has seen, such as JSON. */
export function readOrganization(input: unknown): TypedOrganizationDefinition<string> {
  const shape = checkShape(input);
  if (shape.usable === null)
    return { organization: null, problems: shape.problems, accountNames: [] };
  const draft = draftOrganization(shape.usable);
  const problems = sortByPath([
    ...shape.problems,
    ...checkNames(draft),
    ...checkUnits(draft),
    ...checkRegions(draft),
    ...checkPools(draft),
    ...checkAccounts(draft),
    ...checkReferences(draft),
    ...checkGuardrails(draft, POLICY_ASSETS),
  ]);
  if (hasErrors(problems)) return { organization: null, problems, accountNames: [] };
  const organization = buildOrganization(draft);
  return {
    organization,
    problems,
    accountNames: organization.accounts.map((account) => account.name),
  };
}
