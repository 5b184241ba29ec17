import * as pulumi from "@pulumi/pulumi";
import { AtollError, compareText } from "@atoll/core";

import { accountProvider } from "./components/account-provider.ts";
import { identityTransformation } from "./components/identity-tags.ts";
import { stackOutputs } from "./components/stack-outputs.ts";
import type { Account, AddressAllocation, Organization, OrganizationSettings } from "./model.ts";
import type { StackPlan } from "./planning/stack-plan.ts";
import type { StackContext, StackDefinition, UnitDefinition } from "./stack.ts";

/** What `runStack` is given. */
export interface RunStackArgs {
  /** The program: what the `index.ts` of a kind or a unit exports. */
  readonly definition: StackDefinition | UnitDefinition;
  readonly organization: Organization;
  /** The stack, out of `planStacks`. */
  readonly plan: StackPlan;
  /** The address book; the other accounts' blocks are left out of what the program sees. */
  readonly addresses: readonly AddressAllocation[];
  /**
   * Whether the engine knows every output of the needed stacks, as one that has just previewed them does: an absent one
   * is then an error in a dry run too, and not merely unknown. @default false
   */
  readonly needsAreComplete?: boolean;
  /** Called when the program reads `context.organization`, and so depends on all of it. @default nothing */
  readonly onOrganizationRead?: () => void;
}

/**
 * Runs a stack's program inside a Pulumi program, in whatever engine: makes the account's provider, tags every resource
 * with its identity, and answers the program's needs.
 *
 * @returns the program's outputs, which are the stack's
 * @throws AtollError `STACK_NOT_RUNNABLE` for a stack that its account's lifecycle keeps from running, `NEED_UNRESOLVED`
 *   when the plan lacks one of the program's needs, `OUTPUTS_INVALID` when the program returns no outputs
 */
export async function runStack(args: RunStackArgs): Promise<Record<string, unknown>> {
  const { definition, organization, plan } = args;
  const account = vendedAccount(plan);
  for (const need of definition.needs) {
    if (Object.hasOwn(plan.needs, need)) continue;
    throw new AtollError(
      "NEED_UNRESOLVED",
      `${plan.stack} needs an account of kind "${need}", and the plan names none: the organization's problems say why`,
    );
  }
  pulumi.runtime.registerStackTransformation(identityTransformation(plan.stack));
  const settings = settingsOf(organization);
  const provider = accountProvider(plan.stack, account, settings);
  const output = stackOutputs(plan, args.needsAreComplete ?? false);
  const context: StackContext = {
    stack: plan.stack,
    unit: plan.unit,
    account,
    settings,
    get organization() {
      args.onOrganizationRead?.();
      return organization;
    },
    addresses: addressesOf(account, args.addresses),
    provider,
    output: (kind, name) => output(kind, name) as pulumi.Output<never>,
  };
  const outputs = await Promise.resolve<unknown>(definition.program(context));
  if (typeof outputs !== "object" || outputs === null || Array.isArray(outputs)) {
    throw new AtollError(
      "OUTPUTS_INVALID",
      `the program of ${plan.stack} returned ${outputs === null ? "null" : typeof outputs}: return an object of outputs, empty if there are none`,
    );
  }
  return { ...outputs };
}

function vendedAccount({ stack, account, status, reason }: StackPlan): Account & { id: string } {
  const { id } = account;
  if (status === "run" && id !== null) return { ...account, id };
  throw new AtollError("STACK_NOT_RUNNABLE", `${stack} is not run: ${reason}`);
}

function settingsOf(organization: Organization): OrganizationSettings {
  const { name, partition, homeRegion, regions, optInRegions, tags } = organization;
  const { deployRoleName, environmentVariables } = organization;
  return {
    name,
    partition,
    homeRegion,
    regions,
    optInRegions,
    tags,
    deployRoleName,
    environmentVariables,
  };
}

function addressesOf(
  account: Account,
  addresses: readonly AddressAllocation[],
): readonly AddressAllocation[] {
  // A VPC's own block has neither zone nor tier and comes before the blocks in it.
  const key = ({ region, zoneId, tier }: AddressAllocation) =>
    [region, zoneId ?? "", tier ?? ""].join("\u0000");
  return addresses
    .filter((allocation) => allocation.account === account.name)
    .sort((a, b) => compareText(key(a), key(b)));
}
