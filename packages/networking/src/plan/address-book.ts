import { compareText } from "@atoll/core";
import type { Account, AddressAllocation } from "@atoll/organization";

import { parseAddressKey } from "./address-key.ts";

/**
 * Who owns which block: the file beside the organization file. It is append-only: a block, once written, is never moved
 * by a command, so subnets are never replaced because something else was added.
 */
export interface AddressBook {
  readonly version: 1;
  /** `<account>/<region>` or `<account>/<region>/<zoneId>/<tier>` to an IPv4 CIDR block. */
  readonly allocations: Readonly<Record<string, string>>;
}

/** The book of an organization that has drawn nothing yet. */
export const EMPTY_ADDRESS_BOOK: AddressBook = { version: 1, allocations: {} };

/** Path of the address book of an organization file: `stacks/organization.ts` → `stacks/organization.ts.addresses.json`. */
export function addressBookPath(organizationFile: string): string {
  return `${organizationFile}.addresses.json`;
}

/** The book as the text of its file: one line an allocation, keys sorted, with a trailing newline. */
export function renderAddressBook(book: AddressBook): string {
  const keys = Object.keys(book.allocations).sort(compareText);
  const allocations = Object.fromEntries(keys.map((key) => [key, book.allocations[key]]));
  return `${JSON.stringify({ version: book.version, allocations }, null, 2)}\n`;
}

/**
 * The blocks that an account uses, sorted by region, zone id and tier, the VPC's own block first. Blocks the book holds
 * for a region or a zone that the account has given up are left out: they stay reserved, but nothing is built in them.
 */
export function allocationsOf(
  book: AddressBook,
  account: Pick<Account, "name" | "regions" | "zones" | "addresses">,
): readonly AddressAllocation[] {
  if (account.addresses === null) return [];
  const all = indexOf(book).get(account.name) ?? [];
  return account.regions
    .toSorted(compareText)
    .flatMap((region) => inZones(all, region, account.zones));
}

/** Every block of an account in the book, used or not, in the order of `allocationsOf`. */
export function heldBy(book: AddressBook, account: string): readonly AddressAllocation[] {
  return indexOf(book).get(account) ?? [];
}

function inZones(
  all: readonly AddressAllocation[],
  region: string,
  zones: number,
): readonly AddressAllocation[] {
  const here = all.filter((allocation) => allocation.region === region);
  const zoneIds = [...new Set(here.flatMap(({ zoneId }) => zoneId ?? []))].slice(0, zones);
  return here.filter(({ zoneId }) => zoneId === null || zoneIds.includes(zoneId));
}

const indexes = new WeakMap<AddressBook, ReadonlyMap<string, readonly AddressAllocation[]>>();

/** By account, so that a thousand accounts do not each read the whole book. Books are never changed in place. */
function indexOf(book: AddressBook): ReadonlyMap<string, readonly AddressAllocation[]> {
  const known = indexes.get(book);
  if (known !== undefined) return known;
  const byAccount = new Map<string, AddressAllocation[]>();
  for (const [text, cidr] of Object.entries(book.allocations)) {
    const key = parseAddressKey(text);
    if (key === undefined) continue;
    const allocations = byAccount.get(key.account) ?? [];
    allocations.push({ ...key, cidr });
    byAccount.set(key.account, allocations);
  }
  for (const allocations of byAccount.values()) allocations.sort(compareAllocations);
  indexes.set(book, byAccount);
  return byAccount;
}

function compareAllocations(a: AddressAllocation, b: AddressAllocation): number {
  return (
    compareText(a.region, b.region) ||
    compareText(a.zoneId ?? "", b.zoneId ?? "") ||
    compareText(a.tier ?? "", b.tier ?? "")
  );
}
