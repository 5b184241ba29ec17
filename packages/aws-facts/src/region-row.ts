import type { PartitionName } from "@atoll/core";

/** A row of the generated table of regions. */
export interface RegionRow {
  /** Such as `eu-west-1`. */
  readonly name: string;
  /** AWS's name for people, such as `Europe (Ireland)`. */
  readonly title: string;
  readonly partition: PartitionName;
  /** Ids of its availability zones, by number; no Local Zones, no Wavelength Zones. */
  readonly zones: readonly string[];
}
