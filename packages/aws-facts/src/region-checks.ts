import { partitionOfRegion, type PartitionName, type Problem } from "@atoll/core";

import { absentProblem } from "./dated.ts";
import { limitedZones } from "./region-facts.ts";
import { regionTable } from "./region-table.ts";
import { region, regionOfZoneId, regions } from "./regions.ts";

/**
 * Checks the name of a region. Errors: `REGION_SYNTAX` for a text that is no region's name, `REGION_IN_OTHER_PARTITION`.
 * Warning: `REGION_UNKNOWN`, with the table's date.
 */
export function checkRegion(
  name: string,
  partition: PartitionName,
  path: string,
): readonly Problem[] {
  const known = regions().filter((facts) => facts.partition === partition);
  const names = known.map((facts) => facts.name);
  if (!/^[a-z]+(?:-[a-z]+)+-\d+$/.test(name)) {
    return [
      {
        code: "REGION_SYNTAX",
        severity: "error",
        path,
        message: `"${name}" is not the name of a region.`,
        got: name,
        expected: "a region's name, such as eu-west-1",
        fix: "Write the region's code, in lower case.",
      },
    ];
  }
  const found = region(name)?.partition ?? partitionOfRegion(name);
  if (found !== undefined && found !== partition) {
    return [
      {
        code: "REGION_IN_OTHER_PARTITION",
        severity: "error",
        path,
        message: `The region ${name} belongs to the partition ${found}, not ${partition}.`,
        got: name,
        expected: `a region of the partition ${partition}, such as ${names[0] ?? ""}`,
        fix: `Choose a region of ${partition}: an organization never leaves its partition.`,
      },
    ];
  }
  if (region(name) !== undefined) return [];
  return [
    absentProblem({
      code: "REGION_UNKNOWN",
      path,
      got: name,
      what: "region",
      table: regionTable,
      known: names,
    }),
  ];
}

/**
 * Checks the id of an availability zone. Errors: `ZONE_SYNTAX` for a text that is no zone id (a zone *name* such as
 * `eu-west-1a` means other zones in other accounts), `ZONE_IN_OTHER_REGION`. Warnings: `ZONE_UNKNOWN`, with the table's
 * date, and `ZONE_LIMITED` for a zone that only some accounts or services have.
 */
export function checkZoneId(zoneId: string, regionName: string, path: string): readonly Problem[] {
  const zones = region(regionName)?.zones ?? [];
  const example = zones[0] ?? "euw1-az1";
  if (!/^[a-z]+\d+(?:-[a-z]+\d+)*-az\d+$/.test(zoneId)) {
    return [
      {
        code: "ZONE_SYNTAX",
        severity: "error",
        path,
        message: `"${zoneId}" is not the id of an availability zone.`,
        got: zoneId,
        expected: `a zone id, such as ${example}`,
        fix: "Write the zone's id, not its name: a name means different zones in different accounts.",
      },
    ];
  }
  const owner = regionOfZoneId(zoneId);
  if (owner !== undefined && owner !== regionName) {
    return [
      {
        code: "ZONE_IN_OTHER_REGION",
        severity: "error",
        path,
        message: `The zone ${zoneId} is in ${owner}, not in ${regionName}.`,
        got: zoneId,
        expected: `a zone of ${regionName}, such as ${zones.join(", ")}`,
        fix: `Choose a zone of ${regionName}.`,
      },
    ];
  }
  return zones.includes(zoneId) ? [] : [unusualZone(zoneId, regionName, zones, path)];
}

function unusualZone(
  zoneId: string,
  regionName: string,
  zones: readonly string[],
  path: string,
): Problem {
  if (region(regionName)?.limitedZones.includes(zoneId) !== true) {
    const what = `availability zone of ${regionName}`;
    return absentProblem({
      code: "ZONE_UNKNOWN",
      path,
      got: zoneId,
      what,
      table: regionTable,
      known: zones,
    });
  }
  return {
    code: "ZONE_LIMITED",
    severity: "warning",
    path,
    message: `Some accounts or some services do not have the zone ${zoneId} (as of ${limitedZones.date}).`,
    got: zoneId,
    expected: `one of ${zones.join(", ")}`,
    fix: "Choose another zone, unless your account has it and your services run in it.",
  };
}
