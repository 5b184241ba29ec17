import { AtollError } from "./errors.ts";
import { addressBits, formatAddress, parseAddress, type IpFamily } from "./ip.ts";
import { compareText, type Problem } from "./problem.ts";

/** A block of addresses, aligned to its size. Immutable; compare blocks by `text`. */
export interface Cidr {
  /** Canonical text, such as `10.0.0.0/16` or `2001:db8::/56`. */
  readonly text: string;
  readonly family: IpFamily;
  /** Number of leading bits that are fixed: 0 to 32, or 0 to 128. */
  readonly prefixLength: number;
  /** Lowest address. */
  readonly first: bigint;
  /** Highest address. */
  readonly last: bigint;
  /** Number of addresses. */
  readonly size: bigint;
}

interface ParsedCidr {
  readonly cidr: Cidr;
  readonly hasHostBits: boolean;
}

/**
 * Reads a block. Strict: a block whose host bits are set, such as `10.0.0.1/16`, is no block; AWS would silently take
 * `10.0.0.0/16` for it.
 *
 * @returns undefined when {@link cidrProblem} would find something
 */
export function parseCidr(text: string): Cidr | undefined {
  const parsed = parseLoosely(text);
  return parsed === undefined || parsed.hasHostBits ? undefined : parsed.cidr;
}

/**
 * Says what is wrong with a block that people wrote: `CIDR_SYNTAX`, or `CIDR_HOST_BITS` with the block that was
 * probably meant.
 *
 * @returns undefined when {@link parseCidr} reads it
 */
export function cidrProblem(text: string, path: string): Problem | undefined {
  const parsed = parseLoosely(text);
  if (parsed === undefined) {
    return {
      code: "CIDR_SYNTAX",
      severity: "error",
      path,
      message: `"${text}" is not a block of addresses.`,
      got: text,
      expected: "a CIDR block, such as 10.0.0.0/16 or 2001:db8::/56",
      fix: "Write the first address of the block, a slash and the length of the prefix.",
    };
  }
  if (!parsed.hasHostBits) return undefined;
  return {
    code: "CIDR_HOST_BITS",
    severity: "error",
    path,
    message: `"${text}" does not start at the first address of its block.`,
    got: text,
    expected: parsed.cidr.text,
    fix: `Write ${parsed.cidr.text}, or a longer prefix.`,
  };
}

/**
 * Reads a block that is known to be good, such as a literal in code.
 *
 * @throws AtollError `CIDR_SYNTAX` when it is not
 */
export function requireCidr(text: string): Cidr {
  const cidr = parseCidr(text);
  if (cidr === undefined) throw new AtollError("CIDR_SYNTAX", `"${text}" is not a CIDR block`);
  return cidr;
}

/**
 * The block of that prefix length that holds the address.
 *
 * @throws AtollError `CIDR_PREFIX_LENGTH` when the family has no such prefix length
 */
export function cidrAt(family: IpFamily, address: bigint, prefixLength: number): Cidr {
  const size = blockSize(family, prefixLength);
  const first = address - (address % size);
  const text = `${formatAddress({ family, value: first })}/${prefixLength}`;
  return { text, family, prefixLength, first, last: first + size - 1n, size };
}

/**
 * Number of addresses in a block of that prefix length.
 *
 * @throws AtollError `CIDR_PREFIX_LENGTH` when the family has no such prefix length
 */
export function blockSize(family: IpFamily, prefixLength: number): bigint {
  const bits = addressBits(family);
  if (!Number.isInteger(prefixLength) || prefixLength < 0 || prefixLength > bits) {
    throw new AtollError(
      "CIDR_PREFIX_LENGTH",
      `IPv${family} has no prefix of ${prefixLength} bits`,
    );
  }
  return 1n << BigInt(bits - prefixLength);
}

/** True when every address of `inner` is in `outer`. Blocks of different families hold nothing of each other. */
export function containsCidr(outer: Cidr, inner: Cidr): boolean {
  return outer.family === inner.family && outer.first <= inner.first && inner.last <= outer.last;
}

/** True when the blocks share an address; then one of them contains the other. */
export function overlapsCidr(a: Cidr, b: Cidr): boolean {
  return a.family === b.family && a.first <= b.last && b.first <= a.last;
}

/** Order by family, then first address, then the larger block first. */
export function compareCidr(a: Cidr, b: Cidr): number {
  if (a.family !== b.family) return a.family - b.family;
  if (a.first !== b.first) return a.first < b.first ? -1 : 1;
  return a.prefixLength - b.prefixLength;
}

/** How many blocks of that prefix length a block splits into; 0 when they are larger than it. */
export function subnetCount(cidr: Cidr, prefixLength: number): bigint {
  return cidr.size / blockSize(cidr.family, prefixLength);
}

/**
 * The index-th block of that prefix length inside a block, counted from 0.
 *
 * @returns undefined when there is no such block in it
 * @throws AtollError `CIDR_PREFIX_LENGTH` when the family has no such prefix length
 */
export function subnetAt(
  cidr: Cidr,
  prefixLength: number,
  index: number | bigint,
): Cidr | undefined {
  const position = BigInt(index);
  if (position < 0n || position >= subnetCount(cidr, prefixLength)) return undefined;
  const address = cidr.first + position * blockSize(cidr.family, prefixLength);
  return cidrAt(cidr.family, address, prefixLength);
}

/** All blocks of that prefix length inside a block, lowest first, made one at a time. */
export function* subnetsOf(cidr: Cidr, prefixLength: number): Generator<Cidr, void> {
  const count = subnetCount(cidr, prefixLength);
  const size = blockSize(cidr.family, prefixLength);
  for (let index = 0n; index < count; index += 1n) {
    yield cidrAt(cidr.family, cidr.first + index * size, prefixLength);
  }
}

/** Two blocks that share addresses, as positions in the list that was asked about. */
export interface CidrOverlap {
  /** Position of the larger block, or of the earlier one when they are equal. */
  readonly outer: number;
  readonly inner: number;
}

/**
 * Finds overlapping blocks in O(n log n): for each block that lies inside others, the smallest of those others, so
 * that n equal blocks make n - 1 overlaps and not n².
 */
export function findOverlaps(cidrs: readonly Cidr[]): readonly CidrOverlap[] {
  const sorted = cidrs
    .map((cidr, position) => ({ cidr, position }))
    .sort((a, b) => compareCidr(a.cidr, b.cidr) || a.position - b.position);
  const enclosing: { cidr: Cidr; position: number }[] = [];
  const overlaps: CidrOverlap[] = [];
  for (const entry of sorted) {
    let top = enclosing.at(-1);
    while (top !== undefined && !containsCidr(top.cidr, entry.cidr)) {
      enclosing.pop();
      top = enclosing.at(-1);
    }
    if (top !== undefined) overlaps.push({ outer: top.position, inner: entry.position });
    enclosing.push(entry);
  }
  return overlaps.sort((a, b) => a.inner - b.inner || a.outer - b.outer);
}

/** The blocks without repeats, in the order of {@link compareCidr}. */
export function sortCidrs(cidrs: readonly Cidr[]): readonly Cidr[] {
  const byText = new Map(cidrs.map((cidr) => [cidr.text, cidr]));
  return [...byText.values()].sort((a, b) => compareCidr(a, b) || compareText(a.text, b.text));
}

/** Addresses that AWS keeps in every subnet: the first four and the last one. */
export const reservedAddressesPerSubnet = 5n;

/**
 * Addresses of a subnet that can be given to network interfaces: its size without the five that AWS keeps; never less
 * than 0. It holds for IPv4 and IPv6.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html (read 2026-11-23)
 */
export function usableAddresses(subnet: Cidr): bigint {
  return subnet.size > reservedAddressesPerSubnet ? subnet.size - reservedAddressesPerSubnet : 0n;
}

function parseLoosely(text: string): ParsedCidr | undefined {
  const [addressText, prefixText, ...rest] = text.split("/");
  if (addressText === undefined || prefixText === undefined || rest.length > 0) return undefined;
  const address = parseAddress(addressText);
  if (address === undefined || !/^(?:0|[1-9]\d{0,2})$/.test(prefixText)) return undefined;
  const prefixLength = Number(prefixText);
  if (prefixLength > addressBits(address.family)) return undefined;
  const cidr = cidrAt(address.family, address.value, prefixLength);
  return { cidr, hasHostBits: cidr.first !== address.value };
}
