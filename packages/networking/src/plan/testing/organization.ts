import type { Account, AddressPool } from "@atoll/organization";

import type { AddressedOrganization } from "../vpc-requests.ts";

/** An active account that draws a /20 from pool `main` in eu-west-1 over three zones; `overrides` change it. */
export function account(name: string, overrides: Partial<Account> = {}): Account {
  return {
    name,
    id: "111122223333",
    email: `${name}@example.com`,
    kind: "workload",
    ou: "Root",
    regions: ["eu-west-1"],
    lifecycle: "active",
    owner: "platform",
    environment: "test",
    serves: null,
    addresses: { pool: "main", prefixLength: 20 },
    zones: 3,
    units: [],
    tags: {},
    monthlyBudgetUsd: null,
    quotas: {},
    ...overrides,
  };
}

/** An organization of these accounts with one pool, `main`. */
export function organizationOf(
  accounts: readonly Account[],
  pools: readonly AddressPool[] = [{ name: "main", cidr: "10.0.0.0/8" }],
): AddressedOrganization {
  return { accounts, pools };
}
