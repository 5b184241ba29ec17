import { defineOrganization } from "@atoll/organization";
import type { OrganizationDefinition } from "@atoll/organization";

import "./contracts.ts";

const FIRST_ACCOUNT_ID = 100_000_000_001;

/** Tags by the name of the account that carries them. */
export type AccountTags = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** Name of the n-th bench account, from 1. */
export function benchAccountName(number: number): string {
  return `bench-${String(number).padStart(4, "0")}`;
}

/**
 * The bench organization: `count` accounts of kind `bench`, each with a VPC over three zones, and a management account
 * with nothing in it, which comes on top and is Atoll's to carry: the peers have none.
 */
export function defineBenchOrganization(
  count: number,
  accountTags: AccountTags = {},
): OrganizationDefinition {
  return defineOrganization({
    name: "atoll-bench",
    homeRegion: "eu-west-1",
    organizationalUnits: { Bench: {} },
    pools: { bench: { cidr: "10.0.0.0/8" } },
    accounts: [
      {
        name: "management",
        id: String(FIRST_ACCOUNT_ID - 1),
        email: "management@example.com",
        kind: "management",
        ou: "Root",
      },
      ...Array.from({ length: count }, (_, index) => {
        const name = benchAccountName(index + 1);
        return {
          name,
          id: String(FIRST_ACCOUNT_ID + index),
          email: `${name}@example.com`,
          kind: "bench",
          ou: "Bench",
          zones: 3,
          addresses: { pool: "bench", prefixLength: 20 },
          tags: accountTags[name] ?? {},
        } as const;
      }),
    ],
  });
}
