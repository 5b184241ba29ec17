import { isPartitionName, type PartitionName } from "./partition.ts";

/** The parts of an Amazon Resource Name. */
export interface Arn {
  readonly partition: PartitionName;
  /** Service namespace, such as `iam`. */
  readonly service: string;
  /** Empty for global services. */
  readonly region: string;
  /** 12 digits; empty where the resource's name is unique in the partition; `aws` for what AWS itself owns. */
  readonly account: string;
  /** Everything after the account, colons and slashes included, such as `role/deploy`. */
  readonly resource: string;
}

/** What {@link formatArn} takes: region and account may be left out. */
export interface ArnParts {
  readonly partition: PartitionName;
  readonly service: string;
  /** @default "" */
  readonly region?: string;
  /** @default "" */
  readonly account?: string;
  readonly resource: string;
}

/** Writes an ARN. */
export function formatArn(parts: ArnParts): string {
  const { partition, service, region = "", account = "", resource } = parts;
  return ["arn", partition, service, region, account, resource].join(":");
}

/**
 * Reads an ARN of a partition that Atoll knows.
 *
 * @returns undefined when the text is none
 */
export function parseArn(text: string): Arn | undefined {
  const [prefix, partition = "", service = "", region = "", account = "", ...rest] =
    text.split(":");
  const resource = rest.join(":");
  if (prefix !== "arn" || !isPartitionName(partition) || resource === "") return undefined;
  if (!/^[a-z0-9-]+$/.test(service)) return undefined;
  if (!/^(?:[a-z0-9-]*|\*)$/.test(region)) return undefined;
  if (!/^(?:|\d{12}|aws|\*)$/.test(account)) return undefined;
  return { partition, service, region, account, resource };
}
