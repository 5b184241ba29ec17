import type { PlainValue } from "../../values.ts";
import { UNKNOWN } from "../../values.ts";
import type { PlanContext } from "../context.ts";
import { always, PROVIDER_EXAMPLES } from "../type-rule.ts";
import type { RuleTable } from "../type-rule.ts";

/** A setting of a bucket is known by the bucket, and its expected owner where one is given. */
function bucketSettingId({ values }: PlanContext): PlainValue {
  const { bucket, expectedBucketOwner: owner } = values;
  if (typeof bucket !== "string" || owner === UNKNOWN) return UNKNOWN;
  return typeof owner === "string" && owner !== "" ? `${bucket},${owner}` : bucket;
}

function targetKeyArn({ values, scope }: PlanContext): PlainValue {
  const key = values["targetKeyId"];
  if (typeof key !== "string") return UNKNOWN;
  if (key.startsWith("arn:")) return key;
  return `arn:${scope.partition}:kms:${scope.region}:${scope.accountId}:key/${key}`;
}

/** S3, KMS and CloudWatch Logs. */
export const STORAGE: RuleTable = {
  provenance: PROVIDER_EXAMPLES,
  rules: {
    "aws:s3/bucket:Bucket": {
      id: "{=bucket}",
      outputs: {
        arn: "arn:{partition}:s3:::{id}",
        bucketDomainName: "{id}.s3.{dns}",
        bucketRegion: "{region}",
        bucketRegionalDomainName: "{id}.s3.{region}.{dns}",
        bucketPrefix: always(""),
        requestPayer: always("BucketOwner"),
        versioning: always({ enabled: false, mfaDelete: false }),
        // api: botocore 1.44.5, s3: GetBucketEncryption, 2026-11-27: S3 encrypts with keys of its own.
        serverSideEncryptionConfiguration: always({
          rule: {
            applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256", kmsMasterKeyId: "" },
            blockedEncryptionTypes: [],
            bucketKeyEnabled: false,
          },
        }),
        objectLockEnabled: always(false),
      },
    },
    "aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock": {
      id: ({ values, scope }) => values["accountId"] ?? scope.accountId,
      outputs: { accountId: "{account}" },
    },
    "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": { id: "{=bucket}" },
    "aws:s3/bucketOwnershipControls:BucketOwnershipControls": { id: "{=bucket}" },
    "aws:s3/bucketPolicy:BucketPolicy": { id: "{=bucket}" },
    "aws:s3/bucketVersioning:BucketVersioning": { id: bucketSettingId },
    "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": {
      id: bucketSettingId,
    },
    "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": {
      id: bucketSettingId,
      outputs: {
        expectedBucketOwner: always(""),
        transitionDefaultMinimumObjectSize: always("all_storage_classes_128K"),
      },
    },
    "aws:kms/key:Key": {
      id: ({ values, seed }) =>
        values["multiRegion"] === true ? `mrk-${seed.hex("id", 32)}` : seed.uuid("id"),
      outputs: {
        arn: "arn:{partition}:kms:{region}:{account}:key/{id}",
        keyId: "{id}",
        // api: botocore 1.44.5, kms: EnableKeyRotation, 2026-11-27
        rotationPeriodInDays: ({ values }) =>
          values["enableKeyRotation"] === true ? 365 : UNKNOWN,
      },
    },
    "aws:kms/alias:Alias": {
      id: "{=name}",
      outputs: { arn: "arn:{partition}:kms:{region}:{account}:{=name}", targetKeyArn },
    },
    "aws:cloudwatch/logGroup:LogGroup": {
      id: "{=name}",
      outputs: {
        arn: "arn:{partition}:logs:{region}:{account}:log-group:{=name}",
        logGroupClass: always("STANDARD"),
      },
    },
  },
};
