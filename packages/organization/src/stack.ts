import type * as pulumi from "@pulumi/pulumi";

import type { Kind, OutputsOf } from "./contracts.ts";
import type { Account, AddressAllocation, Organization, OrganizationSettings } from "./model.ts";

/** What a program is given: its account, its provider, and the outputs of the kinds it needs. */
export interface StackContext<Needs extends Kind = Kind> {
  /** The stack's name: `<account>`, or `<account>.<unit>`. */
  readonly stack: string;
  /** The unit's name; null in an account's platform stack. */
  readonly unit: string | null;
  /** The account, vended. */
  readonly account: Account & { readonly id: string };
  readonly settings: OrganizationSettings;
  /**
   * The whole organization. Only a program that creates things for every account should read it: a stack that does is
   * previewed again whenever anything in the organization changes.
   */
  readonly organization: Organization;
  /** The account's blocks in the address book, sorted by region, zone id and tier. */
  readonly addresses: readonly AddressAllocation[];
  /** The one provider of this stack. */
  readonly provider: pulumi.ProviderResource;
  /** An output of the account of that kind that serves this one. */
  output<K extends Needs, Name extends keyof OutputsOf<K> & string>(
    kind: K,
    name: Name,
  ): pulumi.Output<OutputsOf<K>[Name]>;
}

/** What a program returns: every output of its kind's contract. */
export type ProgramOutputs<K extends Kind> = {
  readonly [Name in keyof OutputsOf<K>]: pulumi.Input<OutputsOf<K>[Name]>;
};

/** A program with what it needs: the default export of a stack's `index.ts`. */
export interface StackDefinition<
  K extends Kind = Kind,
  Needs extends readonly Kind[] = readonly Kind[],
> {
  readonly kind: K;
  readonly needs: Needs;
  readonly program: (
    context: StackContext<Needs[number]>,
  ) => ProgramOutputs<K> | Promise<ProgramOutputs<K>>;
}

/** A unit's program: `needs` may name the kind of its own account, which is then its own account's platform. */
export interface UnitDefinition<Needs extends readonly Kind[] = readonly Kind[]> {
  readonly unit: string;
  readonly needs: Needs;
  readonly program: (
    context: StackContext<Needs[number]>,
  ) => pulumi.Inputs | Promise<pulumi.Inputs>;
}

/** Declares the program of every account of a kind. */
export function defineStack<K extends Kind, const Needs extends readonly Kind[]>(
  definition: StackDefinition<K, Needs>,
): StackDefinition<K, Needs> {
  return definition;
}

/** Declares the program of a unit. */
export function defineUnit<const Needs extends readonly Kind[]>(
  definition: UnitDefinition<Needs>,
): UnitDefinition<Needs> {
  return definition;
}
