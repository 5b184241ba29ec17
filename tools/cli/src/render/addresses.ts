import { compareText, containsCidr, parseCidr, totalFree, type Cidr } from "@atoll/core";
import { parseAddressKey, type AddressBook } from "@atoll/networking/plan";
import type { AddressPool, Organization } from "@atoll/organization";

import { plural, renderTable, thousands, type Cell } from "./table.ts";
import type { Paint } from "./paint.ts";

/** A pool and how much of it is taken. */
export interface PoolSummary {
  readonly name: string;
  readonly cidr: string;
  /** Number of addresses in it, and of those that no VPC's block takes. */
  readonly size: number;
  readonly free: number;
  /** VPC blocks of the address book that lie in it. */
  readonly blocks: number;
}

/** A VPC's block and its subnets' blocks. */
export interface VpcSummary {
  readonly account: string;
  readonly region: string;
  /** Null when the book has subnets of it alone. */
  readonly cidr: string | null;
  /** False when no account of the organization has that name. */
  readonly inOrganization: boolean;
  /** Blocks by tier, by zone id. */
  readonly zones: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** The address book as `atoll addresses --json` prints it. */
export interface AddressSummary {
  readonly pools: readonly PoolSummary[];
  readonly vpcs: readonly VpcSummary[];
}

/** Sums an address book up: pools in the organization's order, VPCs sorted by account and region. */
export function addressSummary(organization: Organization, book: AddressBook): AddressSummary {
  const names = new Set(organization.accounts.map(({ name }) => name));
  const vpcs = new Map<string, Omit<VpcSummary, "zones"> & { zones: Zones }>();
  for (const [text, block] of Object.entries(book.allocations)) {
    const key = parseAddressKey(text);
    if (key === undefined) continue;
    const { account, region, zoneId, tier } = key;
    const id = `${account}/${region}`;
    const known = vpcs.get(id) ?? {
      account,
      region,
      cidr: null,
      inOrganization: names.has(account),
      zones: {},
    };
    if (zoneId === null || tier === null) {
      vpcs.set(id, { ...known, cidr: block });
    } else {
      (known.zones[zoneId] ??= {})[tier] = block;
      vpcs.set(id, known);
    }
  }
  const blocks = [...vpcs.values()].flatMap(({ cidr }) => parseCidr(cidr ?? "") ?? []);
  return {
    pools: organization.pools.map((pool) => poolSummary(pool, blocks)),
    vpcs: [...vpcs].sort(([a], [b]) => compareText(a, b)).map(([, vpc]) => vpc),
  };
}

/** The pools, and below them the blocks by account, region, zone and tier, as two tables. */
export function renderAddresses(summary: AddressSummary, paint: Paint): string {
  return `${poolTable(summary.pools, paint)}\n${vpcTable(summary.vpcs, paint)}`;
}

type Zones = Record<string, Record<string, string>>;

function poolSummary({ name, cidr }: AddressPool, blocks: readonly Cidr[]): PoolSummary {
  const pool = parseCidr(cidr);
  if (pool === undefined) return { name, cidr, size: 0, free: 0, blocks: 0 };
  return {
    name,
    cidr,
    size: Number(pool.size),
    free: Number(totalFree(pool, blocks)),
    blocks: blocks.filter((block) => containsCidr(pool, block)).length,
  };
}

function poolTable(pools: readonly PoolSummary[], paint: Paint): string {
  if (pools.length === 0) return "The organization has no address pools.\n";
  const rows = pools.map(({ name, cidr, size, free, blocks }): Cell[] => [
    { text: name, style: "name" },
    { text: cidr },
    { text: String(blocks) },
    { text: thousands(free), ...(free === 0 ? { style: "warning" as const } : {}) },
    { text: size === 0 ? "–" : `${String(Math.floor((free / size) * 100))} %` },
  ]);
  const columns = [
    { title: "POOL" },
    { title: "BLOCK" },
    { title: "VPCS", align: "right" },
    { title: "FREE ADDRESSES", align: "right" },
    { title: "FREE", align: "right" },
  ] as const;
  return renderTable(columns, rows, paint);
}

function vpcTable(vpcs: readonly VpcSummary[], paint: Paint): string {
  if (vpcs.length === 0) return "The address book is empty.\n";
  const tiers = [
    ...new Set(vpcs.flatMap(({ zones }) => Object.values(zones).flatMap(Object.keys))),
  ];
  tiers.sort(compareText);
  const rows = vpcs.flatMap((vpc): Cell[][] => {
    const zones = Object.entries(vpc.zones).sort(([a], [b]) => compareText(a, b));
    const head: Cell[] = [
      { text: vpc.account, style: "name" },
      { text: vpc.region },
      { text: vpc.cidr ?? "missing" },
      {
        text: vpc.inOrganization ? plural(zones.length, "zone") : "account not in the organization",
      },
    ];
    const inside = zones.map(([zoneId, blocks]): Cell[] => [
      { text: "" },
      { text: "" },
      { text: "" },
      { text: zoneId },
      ...tiers.map((tier) => ({ text: blocks[tier] ?? "–" })),
    ]);
    return [head, ...inside];
  });
  const titles = ["ACCOUNT", "REGION", "VPC", "ZONE", ...tiers.map((tier) => tier.toUpperCase())];
  const columns = titles.map((title) => ({ title }));
  return renderTable(columns, rows, paint);
}
