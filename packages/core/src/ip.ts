import { parseIp, stringifyIp } from "ip-bigint";

/** IPv4 or IPv6. */
export type IpFamily = 4 | 6;

/** Bits of an address: 32 or 128. */
export function addressBits(family: IpFamily): number {
  return family === 4 ? 32 : 128;
}

/** An address as a number. */
export interface IpAddress {
  readonly family: IpFamily;
  readonly value: bigint;
}

/**
 * Reads one address. IPv4 is four decimal octets without leading zeros (`010` means 8 to some tools and 10 to others);
 * IPv6 is RFC 4291 text without an embedded IPv4 tail and without a scope, because AWS writes neither.
 *
 * @returns undefined when the text is anything else
 */
export function parseAddress(text: string): IpAddress | undefined {
  // The library converts but does not validate: it reads `1.2.3.400` without complaint.
  if (isIpv4(text)) return { family: 4, value: parseIp(text).number };
  if (isIpv6(text)) return { family: 6, value: parseIp(text).number };
  return undefined;
}

/** Writes an address the one canonical way: dotted decimal, or RFC 5952 text. */
export function formatAddress(address: IpAddress): string {
  return stringifyIp({ number: address.value, version: address.family });
}

function isIpv4(text: string): boolean {
  const octets = text.split(".");
  return (
    octets.length === 4 &&
    octets.every((octet) => /^(?:0|[1-9]\d{0,2})$/.test(octet) && Number(octet) <= 255)
  );
}

function isIpv6(text: string): boolean {
  const halves = text.split("::");
  const groups = (half: string): readonly string[] => (half === "" ? [] : half.split(":"));
  const all = halves.flatMap(groups);
  if (!all.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return false;
  // `::` stands for at least one group, and may stand only once.
  return halves.length === 1 ? all.length === 8 : halves.length === 2 && all.length <= 7;
}
