import type { PartitionName } from "@atoll/core";

import { defaultRegions, limitedZones } from "./region-facts.ts";
import { regionTable } from "./region-table.ts";

/** What is known of a region. */
export interface Region {
  /** Such as `eu-west-1`. */
  readonly name: string;
  /** AWS's name for people, such as `Europe (Ireland)`. */
  readonly title: string;
  readonly partition: PartitionName;
  /** True when an account must enable the region before it can use it. */
  readonly optIn: boolean;
  /** Ids of the availability zones to plan on, by number. */
  readonly zones: readonly string[];
  /** Ids of zones that only some accounts or some services have, by number; see `limitedZones`. */
  readonly limitedZones: readonly string[];
}

const all: ReadonlyMap<string, Region> = new Map(
  regionTable.data.map((row) => {
    const limited = limitedZones.data[row.name] ?? [];
    const optIn = row.partition === "aws" && !defaultRegions.data.includes(row.name);
    const zones = row.zones.filter((zone) => !limited.includes(zone));
    return [row.name, { ...row, optIn, zones, limitedZones: limited }];
  }),
);

const regionByZone: ReadonlyMap<string, string> = new Map(
  [...all.values()].flatMap((facts) =>
    [...facts.zones, ...facts.limitedZones].map((zone) => [zone, facts.name] as const),
  ),
);

const regionByZonePrefix: ReadonlyMap<string, string> = new Map(
  [...regionByZone].map(([zone, name]) => [zonePrefix(zone), name]),
);

/** Every region in the table, sorted by name. */
export function regions(): readonly Region[] {
  return [...all.values()];
}

/** The facts about a region; undefined when the table has it not. */
export function region(name: string): Region | undefined {
  return all.get(name);
}

/** Ids of the availability zones of a region to plan on, by number; empty for a region that the table has not. */
export function zonesOf(name: string): readonly string[] {
  return all.get(name)?.zones ?? [];
}

/** Whether an account must enable the region first; undefined for a region that the table has not. */
export function isOptIn(name: string): boolean | undefined {
  return all.get(name)?.optIn;
}

/** The region that a zone id belongs to, also of a zone that AWS added after the table; undefined for a prefix of none. */
export function regionOfZoneId(zoneId: string): string | undefined {
  return regionByZone.get(zoneId) ?? regionByZonePrefix.get(zonePrefix(zoneId));
}

function zonePrefix(zoneId: string): string {
  // `usw2-lax1-az1` is a Local Zone of the region whose zones start with `usw2`.
  return zoneId.split("-")[0] ?? zoneId;
}
