import type { ResourceTable } from "../tables/format.ts";
import { UNKNOWN } from "../values.ts";
import type { PlainRecord, PlainValue } from "../values.ts";
import type { Seed } from "./seed.ts";

/** How a resource type is named when the program gives no name. */
interface NamingRule {
  /** The input that holds the name. */
  readonly property: string;
  readonly separator: string;
  readonly lowerCase: boolean;
  /** What the name starts with, before the logical name. */
  readonly start?: string;
  /** An input that, when true, adds a suffix. */
  readonly suffix?: { readonly when: string; readonly text: string };
}

const DASHED = { property: "name", separator: "-", lowerCase: false } as const;
const SNAKE = { ...DASHED, separator: "_" } as const;

/**
 * The types that are not named `<logical name>-<7 hex>` through `name`.
 *
 * provider: pulumi-aws `provider/autonaming.go` at 0c5f658 and `provider/resource_overrides.go`
 * at 015d343, read 2026-11-23.
 */
const NAMING: Readonly<Record<string, NamingRule>> = {
  "aws:appsync/dataSource:DataSource": SNAKE,
  "aws:appsync/function:Function": SNAKE,
  "aws:athena/database:Database": SNAKE,
  "aws:backup/restoreTestingPlan:RestoreTestingPlan": SNAKE,
  "aws:cloudwatch/eventTarget:EventTarget": { ...DASHED, property: "targetId" },
  "aws:codedeploy/deploymentConfig:DeploymentConfig": {
    ...SNAKE,
    property: "deploymentConfigName",
  },
  "aws:efs/fileSystem:FileSystem": { ...DASHED, property: "creationToken" },
  "aws:eks/fargateProfile:FargateProfile": { ...DASHED, property: "fargateProfileName" },
  "aws:eks/nodeGroup:NodeGroup": { ...DASHED, property: "nodeGroupName" },
  "aws:elasticache/cluster:Cluster": { ...DASHED, property: "clusterId", lowerCase: true },
  "aws:elasticsearch/domain:Domain": { ...DASHED, property: "domainName", lowerCase: true },
  "aws:iot/topicRule:TopicRule": SNAKE,
  "aws:kms/alias:Alias": { ...DASHED, start: "alias/" },
  "aws:s3/bucket:Bucket": { ...DASHED, property: "bucket", lowerCase: true },
  "aws:s3/bucketV2:BucketV2": { ...DASHED, property: "bucket", lowerCase: true },
  "aws:sns/topic:Topic": { ...DASHED, suffix: { when: "fifoTopic", text: ".fifo" } },
  "aws:sqs/queue:Queue": { ...DASHED, suffix: { when: "fifoQueue", text: ".fifo" } },
};

/** Characters of the part that makes an automatic name unique. */
const RANDOM_CHARACTERS = 7;
/** Characters that the provider puts after a name prefix. */
const PREFIXED_CHARACTERS = 26;

/**
 * The name that Pulumi or the provider would make up for a resource whose program gives none:
 * `<logical name>-<7 hex>`, or a given prefix and 26 digits. Empty where the type has no automatic
 * names or the program gives one.
 */
export function autoName(
  type: string,
  table: ResourceTable,
  inputs: PlainRecord,
  logicalName: string,
  seed: Seed,
): Readonly<Record<string, PlainValue>> {
  const rule: NamingRule = NAMING[type] ?? DASHED;
  const { property } = rule;
  if (table.inputs[property] !== "s" || table.required.includes(property)) return {};
  if (isGiven(inputs[property])) return {};
  const prefix = inputs[`${property}Prefix`];
  if (isGiven(prefix)) {
    const known = typeof prefix === "string";
    return { [property]: known ? prefix + seed.digits(property, PREFIXED_CHARACTERS) : UNKNOWN };
  }
  const unique = `${logicalName}${rule.separator}${seed.hex(property, RANDOM_CHARACTERS)}`;
  const name = rule.lowerCase ? unique.toLowerCase() : unique;
  const suffix =
    rule.suffix !== undefined && inputs[rule.suffix.when] === true ? rule.suffix.text : "";
  return { [property]: `${rule.start ?? ""}${name}${suffix}` };
}

function isGiven(value: PlainValue | undefined): boolean {
  return value !== undefined && value !== null;
}
