/** Who a line of the address book belongs to: an account's VPC in a region, or a tier of it in a zone. */
export interface AddressKey {
  readonly account: string;
  readonly region: string;
  /** Availability zone id; null for the VPC's own block. */
  readonly zoneId: string | null;
  /** Null for the VPC's own block. */
  readonly tier: string | null;
}

const NAME = /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/;

/** `<account>/<region>` or `<account>/<region>/<zoneId>/<tier>`. */
export function formatAddressKey(key: AddressKey): string {
  const vpc = `${key.account}/${key.region}`;
  return key.zoneId === null || key.tier === null ? vpc : `${vpc}/${key.zoneId}/${key.tier}`;
}

/** The key that a text stands for; undefined when it is neither form. */
export function parseAddressKey(text: string): AddressKey | undefined {
  const parts = text.split("/");
  if (!parts.every((part) => NAME.test(part))) return undefined;
  const [account, region, zoneId, tier] = parts;
  if (account === undefined || region === undefined) return undefined;
  if (parts.length === 2) return { account, region, zoneId: null, tier: null };
  if (parts.length !== 4 || zoneId === undefined || tier === undefined) return undefined;
  return { account, region, zoneId, tier };
}
