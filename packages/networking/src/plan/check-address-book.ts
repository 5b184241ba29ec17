import {
  type Cidr,
  compareText,
  containsCidr,
  parseCidr,
  type Problem,
  sortProblems,
} from "@atoll/core";
import type { Account, AddressPool } from "@atoll/organization";

import { type AddressBook, allocationsOf, heldBy } from "./address-book.ts";
import { formatAddressKey, parseAddressKey } from "./address-key.ts";
import { addressPath } from "./address-lines.ts";
import { TIERS } from "./vpc-layout.ts";
import {
  type AddressedOrganization,
  vpcKeyOf,
  type VpcRequest,
  vpcRequestsOfAccount,
} from "./vpc-requests.ts";

/**
 * Holds a whole address book against its organization.
 *
 * Problem codes: `ADDRESS_BOOK_MISSING_ENTRY`, `ADDRESS_BOOK_OUTSIDE_POOL`, `ADDRESS_BOOK_OTHER_SIZE` and, as a warning,
 * `ADDRESS_BOOK_UNUSED_ENTRY`. Add the lines of the file with `locateAddressProblems`.
 *
 * @param book a book without errors, such as `parseAddressBook` returns
 */
export function checkAddressBook(
  organization: AddressedOrganization,
  book: AddressBook,
): readonly Problem[] {
  const pools = poolsByName(organization.pools);
  return sortProblems([
    ...organization.accounts.flatMap((account) => accountProblems(account, pools, book)),
    ...unusedProblems(organization, book),
  ]);
}

/** The errors of `checkAddressBook` that concern one account: what its preview is refused for. */
export function checkAccountAddresses(
  organization: AddressedOrganization,
  account: Account,
  book: AddressBook,
): readonly Problem[] {
  return sortProblems(accountProblems(account, poolsByName(organization.pools), book));
}

function poolsByName(pools: readonly AddressPool[]): ReadonlyMap<string, AddressPool> {
  return new Map(pools.map((pool) => [pool.name, pool]));
}

function accountProblems(
  account: Account,
  pools: ReadonlyMap<string, AddressPool>,
  book: AddressBook,
): readonly Problem[] {
  return vpcRequestsOfAccount(account).flatMap((request) => {
    const key = vpcKeyOf(request);
    const cidr = parseCidr(book.allocations[key] ?? "");
    if (cidr === undefined) return [missingEntry(request, key)];
    const problems: Problem[] = [];
    const pool = pools.get(request.pool);
    if (pool !== undefined && !isInside(cidr, pool)) problems.push(outsidePool(key, cidr, pool));
    if (cidr.prefixLength !== request.prefixLength) problems.push(otherSize(request, key, cidr));
    return [...problems, ...missingTiers(request, book)];
  });
}

function isInside(cidr: Cidr, pool: AddressPool): boolean {
  const outer = parseCidr(pool.cidr);
  return outer === undefined || containsCidr(outer, cidr);
}

function missingTiers(request: VpcRequest, book: AddressBook): readonly Problem[] {
  const { account, region } = request;
  const here = allocationsOf(book, account).filter((allocation) => allocation.region === region);
  const zoneIds = [...new Set(here.flatMap(({ zoneId }) => zoneId ?? []))];
  const keys = zoneIds.flatMap((zoneId) =>
    TIERS.map((tier) => formatAddressKey({ account: account.name, region, zoneId, tier })),
  );
  const missing = keys.filter((key) => book.allocations[key] === undefined);
  if (zoneIds.length === account.zones) return missing.map((key) => missingEntry(request, key));
  const zones = `${account.zones - zoneIds.length} more zone(s)`;
  return [
    missingEntry(request, vpcKeyOf(request), zones),
    ...missing.map((key) => missingEntry(request, key)),
  ];
}

function missingEntry({ account, region }: VpcRequest, key: string, what = "a block"): Problem {
  return {
    code: "ADDRESS_BOOK_MISSING_ENTRY",
    severity: "error",
    path: addressPath(key),
    message: `The address book lacks ${what} for ${account.name} in ${region}.`,
    got: null,
    expected: `a line for ${what === "a block" ? key : `each tier of ${what}`}`,
    fix: "Run `atoll addresses allocate` and commit the address book.",
  };
}

function outsidePool(key: string, cidr: Cidr, pool: AddressPool): Problem {
  return {
    code: "ADDRESS_BOOK_OUTSIDE_POOL",
    severity: "error",
    path: addressPath(key),
    message: `The block of ${key} lies outside of pool ${pool.name}.`,
    got: cidr.text,
    expected: `a block inside ${pool.cidr}`,
    fix: "Name the pool that the block was drawn from, or widen the pool; a block in use cannot move.",
  };
}

function otherSize(request: VpcRequest, key: string, cidr: Cidr): Problem {
  return {
    code: "ADDRESS_BOOK_OTHER_SIZE",
    severity: "error",
    path: addressPath(key),
    message: `${request.account.name} asks for a /${request.prefixLength} and has a /${cidr.prefixLength}.`,
    got: cidr.text,
    expected: `a /${request.prefixLength}`,
    fix: `Ask for \`prefixLength\` ${cidr.prefixLength}. Only if nothing is built in it: remove the VPC's lines and run \`atoll addresses allocate\`.`,
  };
}

function unusedProblems(
  organization: AddressedOrganization,
  book: AddressBook,
): readonly Problem[] {
  const accounts = new Map(organization.accounts.map((account) => [account.name, account]));
  const names = Object.keys(book.allocations).flatMap((key) => parseAddressKey(key)?.account ?? []);
  return [...new Set(names)].sort(compareText).flatMap((name) => {
    const account = accounts.get(name);
    const used = account === undefined ? [] : allocationsOf(book, account);
    const usedKeys = new Set(used.map(formatAddressKey));
    return heldBy(book, name)
      .map(formatAddressKey)
      .filter((key) => !usedKeys.has(key))
      .map((key) => unusedEntry(key, book.allocations[key] ?? "", account));
  });
}

function unusedEntry(key: string, cidr: string, account: Account | undefined): Problem {
  return {
    code: "ADDRESS_BOOK_UNUSED_ENTRY",
    severity: "warning",
    path: addressPath(key),
    message:
      account === undefined
        ? `${key} belongs to an account that the organization does not have.`
        : `${account.name} no longer uses ${key}.`,
    got: cidr,
    expected: "a block that an account of the organization uses",
    fix: "Leave the line to keep the addresses reserved, or remove it once nothing is built in them.",
  };
}
