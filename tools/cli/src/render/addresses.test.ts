import type { Account, Organization } from "@atoll/organization";

import { accountSummaries, renderAccounts } from "./accounts.ts";
import { addressSummary, renderAddresses } from "./addresses.ts";
import { plainPaint } from "./paint.ts";

function account(name: string, more: Partial<Account> = {}): Account {
  return {
    name,
    id: "111111111111",
    email: `${name}@example.com`,
    kind: "workload",
    ou: "Root",
    regions: ["eu-west-1"],
    lifecycle: "active",
    owner: "team",
    environment: "test",
    serves: null,
    addresses: { pool: "main", prefixLength: 20 },
    zones: 2,
    units: [],
    tags: {},
    monthlyBudgetUsd: null,
    quotas: {},
    ...more,
  };
}

const organization = {
  name: "tiny",
  accounts: [
    account("dev", { units: [{ name: "api" }, { name: "jobs" }] }),
    account("new", {
      id: null,
      lifecycle: "requested",
      regions: ["eu-west-1", "us-east-1"],
    }),
    account("plain", { addresses: null }),
  ],
  pools: [{ name: "main", cidr: "10.0.0.0/18" }],
} as unknown as Organization;

const book = {
  version: 1,
  allocations: {
    "dev/eu-west-1": "10.0.0.0/20",
    "dev/eu-west-1/euw1-az1/private": "10.0.0.0/23",
    "dev/eu-west-1/euw1-az2/private": "10.0.4.0/23",
    "dev/eu-west-1/euw1-az1/public": "10.0.2.0/24",
    "gone/eu-west-1": "10.0.16.0/20",
  },
} as const;

test("accounts: ids, lifecycle, addresses in each region, units", () => {
  expect(renderAccounts(accountSummaries(organization, book), plainPaint)).toBe(
    `ACCOUNT  ID            LIFECYCLE  KIND      OU    REGIONS               ADDRESSES                                         OWNER  ENVIRONMENT  UNITS
dev      111111111111  active     workload  Root  eu-west-1             10.0.0.0/20                                       team   test         api, jobs
new      not vended    requested  workload  Root  eu-west-1, us-east-1  eu-west-1 not allocated, us-east-1 not allocated  team   test         –
plain    111111111111  active     workload  Root  eu-west-1             –                                                 team   test         –
`,
  );
});

test("addresses: pools with what is free, then blocks by account, zone and tier", () => {
  expect(renderAddresses(addressSummary(organization, book), plainPaint)).toBe(
    `POOL  BLOCK        VPCS  FREE ADDRESSES  FREE
main  10.0.0.0/18     2           8,192  50 %

ACCOUNT  REGION     VPC           ZONE                             PRIVATE      PUBLIC
dev      eu-west-1  10.0.0.0/20   2 zones
                                  euw1-az1                         10.0.0.0/23  10.0.2.0/24
                                  euw1-az2                         10.0.4.0/23  –
gone     eu-west-1  10.0.16.0/20  account not in the organization
`,
  );
});

test("an organization without pools and an empty book say so", () => {
  const none = { ...organization, pools: [] } as Organization;
  expect(renderAddresses(addressSummary(none, { version: 1, allocations: {} }), plainPaint)).toBe(
    "The organization has no address pools.\n\nThe address book is empty.\n",
  );
});
