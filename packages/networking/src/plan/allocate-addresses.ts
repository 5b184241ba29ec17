import {
  allocateBlocks,
  type Cidr,
  compareText,
  parseCidr,
  type Problem,
  sortProblems,
} from "@atoll/core";

import { type AddressBook, heldBy } from "./address-book.ts";
import { poolExhausted } from "./pool-exhausted.ts";
import { splitVpc } from "./split-vpc.ts";
import { TIERS } from "./vpc-layout.ts";
import {
  type AddressedOrganization,
  vpcKeyOf,
  type VpcRequest,
  vpcRequestsOf,
} from "./vpc-requests.ts";

/** Choices of an allocation. */
export interface AllocateOptions {
  /** Tiers that each VPC has in each of its zones. @default isolated, private and public */
  readonly tiers?: readonly string[];
}

/** The outcome of an allocation: the book as it was, and what was added to it. */
export interface AddressAllocationResult {
  readonly book: AddressBook;
  /** Keys that the book did not have before, sorted. */
  readonly added: readonly string[];
  readonly problems: readonly Problem[];
}

/**
 * Adds what the organization lacks to its address book. Nothing that the book holds is ever moved, resized or removed;
 * what belongs to nobody any more stays reserved. The result depends on the organization and the book alone, not on the
 * order of either. New VPCs take the lowest free aligned block of their pool, the larger ones first.
 *
 * Problem codes: `POOL_EXHAUSTED`, `VPC_TOO_SMALL`, `VPC_WITHOUT_ROOM`, `REGION_WITHOUT_ENOUGH_ZONES`.
 *
 * @param book a book without errors, such as `parseAddressBook` returns
 */
export function allocateAddresses(
  organization: AddressedOrganization,
  book: AddressBook,
  options: AllocateOptions = {},
): AddressAllocationResult {
  const requests = vpcRequestsOf(organization);
  const vpcs = allocateVpcs(organization, requests, book);
  const problems: Problem[] = [...vpcs.problems];
  const added = new Map(vpcs.added);
  for (const request of requests) {
    const { region } = request;
    const vpcKey = vpcKeyOf(request);
    const cidr = parseCidr(added.get(vpcKey) ?? book.allocations[vpcKey] ?? "");
    if (cidr === undefined) continue;
    const existing = heldBy(book, request.account.name).filter((held) => held.region === region);
    const split = splitVpc(request, cidr, existing, options.tiers ?? TIERS);
    problems.push(...split.problems);
    for (const { key, cidr: block } of split.added) added.set(key, block);
  }
  const keys = [...added.keys()].sort(compareText);
  return {
    book: keys.length === 0 ? book : withAdded(book, added),
    added: keys,
    problems: sortProblems(problems),
  };
}

interface AllocatedVpcs {
  readonly added: ReadonlyMap<string, string>;
  readonly problems: readonly Problem[];
}

function allocateVpcs(
  organization: AddressedOrganization,
  requests: readonly VpcRequest[],
  book: AddressBook,
): AllocatedVpcs {
  const added = new Map<string, string>();
  const problems: Problem[] = [];
  const taken = Object.values(book.allocations).flatMap((text) => parseCidr(text) ?? []);
  const missing = requests.filter((request) => book.allocations[vpcKeyOf(request)] === undefined);
  for (const pool of organization.pools) {
    const cidr = parseCidr(pool.cidr);
    if (cidr === undefined) continue;
    const wanted = missing.filter((request) => request.pool === pool.name);
    const blocks = allocateBlocks(
      cidr,
      taken,
      wanted.map(({ prefixLength }) => prefixLength),
    );
    const unserved = wanted.filter((request, index) => {
      const block = blocks[index];
      if (block !== undefined) added.set(vpcKeyOf(request), block.text);
      return block === undefined;
    });
    if (unserved.length === 0) continue;
    const given = blocks.flatMap((block): readonly Cidr[] => (block === undefined ? [] : [block]));
    problems.push(poolExhausted(pool.name, cidr, unserved, [...taken, ...given]));
  }
  return { added, problems };
}

function withAdded(book: AddressBook, added: ReadonlyMap<string, string>): AddressBook {
  const allocations = { ...book.allocations, ...Object.fromEntries(added) };
  const keys = Object.keys(allocations).sort(compareText);
  return {
    version: book.version,
    allocations: Object.fromEntries(keys.map((key) => [key, allocations[key] ?? ""])),
  };
}
