/** The AWS partitions that Atoll knows. */
export type PartitionName = "aws" | "aws-cn" | "aws-us-gov";

/** A partition: accounts, regions and ARNs of one never meet those of another. */
export interface Partition {
  readonly name: PartitionName;
  /** What host names end in, such as `amazonaws.com`. */
  readonly dnsSuffix: string;
  /** The region that global services (IAM, Organizations) answer from. */
  readonly globalRegion: string;
}

interface PartitionFacts extends Partition {
  readonly regionPattern: RegExp;
  /** Services whose principal ends in the partition's DNS suffix instead of `amazonaws.com`. */
  readonly suffixedPrincipals: readonly string[];
}

/**
 * DNS suffix, global region and region pattern: `partitions.json` of botocore 1.44.5, read 2026-11-23. Principals:
 * terraform-provider-aws, `internal/service/meta/service_principal_data_source.go` at 2121ce7, read 2026-11-23.
 */
const partitionFacts: Readonly<Record<PartitionName, PartitionFacts>> = {
  aws: {
    name: "aws",
    dnsSuffix: "amazonaws.com",
    globalRegion: "us-east-1",
    regionPattern: /^(?:us|eu|ap|sa|ca|me|af|il|mx)-\w+-\d+$/,
    suffixedPrincipals: [],
  },
  "aws-cn": {
    name: "aws-cn",
    dnsSuffix: "amazonaws.com.cn",
    globalRegion: "cn-northwest-1",
    regionPattern: /^cn-\w+-\d+$/,
    suffixedPrincipals: ["codedeploy", "elasticmapreduce", "logs"],
  },
  "aws-us-gov": {
    name: "aws-us-gov",
    dnsSuffix: "amazonaws.com",
    globalRegion: "us-gov-west-1",
    regionPattern: /^us-gov-\w+-\d+$/,
    suffixedPrincipals: [],
  },
};

/** The partitions' names, sorted. */
export const partitionNames: readonly PartitionName[] = ["aws", "aws-cn", "aws-us-gov"];

/** True for the name of a partition that Atoll knows. */
export function isPartitionName(text: string): text is PartitionName {
  return partitionNames.some((name) => name === text);
}

/** The facts about a partition. */
export function partition(name: PartitionName): Partition {
  const { dnsSuffix, globalRegion } = partitionFacts[name];
  return { name, dnsSuffix, globalRegion };
}

/**
 * The partition that a region's name belongs to. It goes by the pattern, so it answers for regions that AWS has not
 * opened yet.
 *
 * @returns undefined for anything else, the isolated and the European sovereign partitions included
 */
export function partitionOfRegion(region: string): PartitionName | undefined {
  return partitionNames.find((name) => partitionFacts[name].regionPattern.test(region));
}

/**
 * The principal by which policies name a service, such as `ecs-tasks.amazonaws.com`. It ends in `amazonaws.com` in
 * every partition, but for a few services in China.
 */
export function servicePrincipal(service: string, name: PartitionName): string {
  const facts = partitionFacts[name];
  const suffix = facts.suffixedPrincipals.includes(service) ? facts.dnsSuffix : "amazonaws.com";
  return `${service}.${suffix}`;
}
