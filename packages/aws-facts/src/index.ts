export { absentProblem } from "./dated.ts";
export type { Absence, Dated } from "./dated.ts";
export { ipv4PrefixLengths, limitTable } from "./limit-table.ts";
export type { Limit, LimitName } from "./limit-table.ts";
export {
  checkLimit,
  checkQuotas,
  effectiveLimit,
  isLimitName,
  limit,
  limitNames,
} from "./limits.ts";
export type { LimitUse, RaisedQuotas } from "./limits.ts";
export { checkRegion, checkZoneId } from "./region-checks.ts";
export { defaultRegions, limitedZones } from "./region-facts.ts";
export type { RegionRow } from "./region-row.ts";
export { regionTable } from "./region-table.ts";
export { isOptIn, region, regionOfZoneId, regions, zonesOf } from "./regions.ts";
export type { Region } from "./regions.ts";
