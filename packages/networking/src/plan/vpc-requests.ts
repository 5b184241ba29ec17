import { compareText } from "@atoll/core";
import type { Account, Organization } from "@atoll/organization";
import { lifecycleDecision } from "@atoll/organization/lifecycle";

import { formatAddressKey } from "./address-key.ts";

/** What an organization draws from its pools. */
export type AddressedOrganization = Pick<Organization, "accounts" | "pools">;

/** One VPC that an account wants: a region of its own, and the pool and size it asks for. */
export interface VpcRequest {
  readonly account: Account;
  readonly region: string;
  readonly pool: string;
  readonly prefixLength: number;
}

/** The VPCs that the organization's accounts want, in the order in which they are served: larger ones first. */
export function vpcRequestsOf(organization: AddressedOrganization): readonly VpcRequest[] {
  return organization.accounts.flatMap(vpcRequestsOfAccount).sort(compareRequests);
}

/** The VPCs that one account wants; none when its lifecycle says that it draws no addresses (any more). */
export function vpcRequestsOfAccount(account: Account): readonly VpcRequest[] {
  const { addresses } = account;
  if (addresses === null) return [];
  if (lifecycleDecision(account.lifecycle, "addresses").action !== "run") return [];
  return account.regions.map((region) => ({ account, region, ...addresses }));
}

/** The address book's key for a VPC. */
export function vpcKeyOf({ account, region }: VpcRequest): string {
  return formatAddressKey({ account: account.name, region, zoneId: null, tier: null });
}

function compareRequests(a: VpcRequest, b: VpcRequest): number {
  return (
    a.prefixLength - b.prefixLength ||
    compareText(a.account.name, b.account.name) ||
    compareText(a.region, b.region)
  );
}
