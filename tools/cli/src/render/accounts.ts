import type { AddressBook } from "@atoll/networking/plan";
import type { Account, LifecycleState, Organization } from "@atoll/organization";

import { renderTable, type Cell } from "./table.ts";
import type { Paint, Style } from "./paint.ts";

/** An account as `atoll accounts --json` prints it. */
export interface AccountSummary {
  readonly name: string;
  /** Null before the account is vended. */
  readonly id: string | null;
  readonly email: string;
  readonly lifecycle: LifecycleState;
  readonly kind: string;
  readonly ou: string;
  readonly regions: readonly string[];
  /** Null when it draws no addresses. */
  readonly addressSpace: readonly AddressSpace[] | null;
  readonly owner: string;
  readonly environment: string;
  readonly units: readonly string[];
}

/** An account's VPC block in a region. */
export interface AddressSpace {
  readonly region: string;
  /** Null: the address book has no block for it yet. */
  readonly cidr: string | null;
}

const LIFECYCLE_STYLE: Readonly<Record<LifecycleState, Style>> = {
  requested: "faint",
  vended: "warning",
  quarantined: "warning",
  baselined: "good",
  active: "good",
  draining: "warning",
  suspended: "error",
  closed: "faint",
};

const COLUMNS = [
  "ACCOUNT",
  "ID",
  "LIFECYCLE",
  "KIND",
  "OU",
  "REGIONS",
  "ADDRESSES",
  "OWNER",
  "ENVIRONMENT",
  "UNITS",
];

/** The organization's accounts with their blocks in the address book, in the organization's order. */
export function accountSummaries(
  organization: Organization,
  book: AddressBook | null,
): readonly AccountSummary[] {
  return organization.accounts.map((account) => ({
    name: account.name,
    id: account.id,
    email: account.email,
    lifecycle: account.lifecycle,
    kind: account.kind,
    ou: account.ou,
    regions: account.regions,
    addressSpace: addressSpaceOf(account, book),
    owner: account.owner,
    environment: account.environment,
    units: account.units.map(({ name }) => name),
  }));
}

/** The accounts as a table. */
export function renderAccounts(accounts: readonly AccountSummary[], paint: Paint): string {
  const rows = accounts.map((account): Cell[] => [
    { text: account.name, style: "name" },
    { text: account.id ?? "not vended" },
    { text: account.lifecycle, style: LIFECYCLE_STYLE[account.lifecycle] },
    { text: account.kind },
    { text: account.ou },
    { text: account.regions.join(", ") },
    { text: addressText(account.addressSpace) },
    { text: account.owner },
    { text: account.environment },
    { text: account.units.length === 0 ? "–" : account.units.join(", ") },
  ]);
  const columns = COLUMNS.map((title) => ({ title }));
  return renderTable(columns, rows, paint);
}

function addressSpaceOf(
  { name, regions, addresses }: Account,
  book: AddressBook | null,
): readonly AddressSpace[] | null {
  if (addresses === null) return null;
  return regions.map((region) => ({
    region,
    cidr: book?.allocations[`${name}/${region}`] ?? null,
  }));
}

/** Regions are named only where there are several. */
function addressText(space: readonly AddressSpace[] | null): string {
  if (space === null) return "–";
  const one = (block: AddressSpace) => block.cidr ?? "not allocated";
  if (space.length === 1 && space[0] !== undefined) return one(space[0]);
  return space.map((block) => `${block.region} ${one(block)}`).join(", ");
}
