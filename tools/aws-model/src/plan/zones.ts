import { region as regionFacts, zonesOf } from "@atoll/aws-facts";

const LETTERS = "abcdefghijklmnopqrstuvwxyz";

/*
 * Zone ids name the same place in every account; zone names do not: AWS deals the letters out per
 * account. In a planned account the letters follow the numbers: `euw1-az1` is `eu-west-1a`.
 *
 * assumed, 2026-11-23: no source can tell the letters of an account that has not been asked.
 */

/** A zone's name in a planned account; undefined for Local Zones and what is in another region. */
export function zoneNameOf(zoneId: string, region: string): string | undefined {
  const match = /^([a-z]+\d+)-az(\d+)$/u.exec(zoneId);
  const letter = LETTERS[Number(match?.[2]) - 1];
  const prefix = zonesOf(region)[0]?.split("-")[0];
  if (letter === undefined || (prefix !== undefined && prefix !== match?.[1])) return undefined;
  return region + letter;
}

/** The id of a zone that a planned account calls so; undefined when the region has no such zone. */
export function zoneIdOf(zoneName: string, region: string): string | undefined {
  const facts = regionFacts(region);
  const known = [...(facts?.zones ?? []), ...(facts?.limitedZones ?? [])];
  return known.find((zoneId) => zoneNameOf(zoneId, region) === zoneName);
}
