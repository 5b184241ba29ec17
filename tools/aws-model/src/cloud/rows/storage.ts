import { isPlainRecord } from "../../values.ts";
import type { CloudChange, CloudResource } from "../cloud.ts";
import { NO_CHANGE } from "../look.ts";
import type { CloudTable, Reference } from "../row.ts";
import { api, described, provider } from "../sources.ts";
import { BUCKET, KEY, KEY_ALIAS, LOG_GROUP } from "../type-names.ts";
import { toKey } from "./references.ts";

const TO_BUCKET: Reference = {
  path: "bucket",
  to: [BUCKET],
  code: "NoSuchBucket",
  within: "account",
  follows: true,
  provenance: api("s3: NoSuchBucket"),
};

/** A setting of a bucket: setting it writes over what is set, and it goes with the bucket. */
const BUCKET_SETTING = { references: [TO_BUCKET], setting: true } as const;

function suspended(versioning: CloudResource): CloudChange | undefined {
  const set = versioning.outputs["versioningConfiguration"];
  if (!isPlainRecord(set) || set["status"] === "Disabled") return undefined;
  const outputs = {
    ...versioning.outputs,
    versioningConfiguration: { ...set, status: "Suspended" },
  };
  return { put: [{ ...versioning, inputs: outputs, outputs }], remove: [] };
}

/** S3, KMS and CloudWatch Logs. */
export const STORAGE_ROWS: CloudTable = {
  [BUCKET]: {
    references: "none",
    unique: [
      {
        rule: "s3/bucket-name",
        code: "BucketAlreadyOwnedByYou",
        elsewhere: "BucketAlreadyExists",
        text: "A bucket's name is taken once in all of AWS.",
        of: ["bucket"],
        within: "everywhere",
        provenance: api("s3: CreateBucket, BucketAlreadyExists"),
      },
    ],
  },
  "aws:s3/bucketPolicy:BucketPolicy": BUCKET_SETTING,
  "aws:s3/bucketVersioning:BucketVersioning": {
    ...BUCKET_SETTING,
    removal: {
      change: suspended,
      text: "Versioning that was switched on is suspended: AWS does not take it away.",
      provenance: provider("s3/bucket_versioning.go@01c0800"),
    },
  },
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": {
    ...BUCKET_SETTING,
    removal: {
      change: ({ inputs }) => (inputs["skipDestroy"] === true ? NO_CHANGE : undefined),
      text: "A public access block with skipDestroy stays.",
      provenance: described("skipDestroy"),
    },
  },
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls": BUCKET_SETTING,
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": BUCKET_SETTING,
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration":
    BUCKET_SETTING,
  "aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock": { references: "none", setting: true },
  [KEY]: {
    references: "none",
    removal: {
      change: (key) => ({ put: [{ ...key, leaving: true }], remove: [] }),
      text: "A key waits 7 to 30 days for its deletion and can be used no more.",
      provenance: api("kms: ScheduleKeyDeletion"),
    },
  },
  [KEY_ALIAS]: {
    references: [
      toKey("targetKeyId", "NotFoundException", api("kms: CreateAlias, NotFoundException"), {
        within: "region",
      }),
    ],
    unique: [
      {
        rule: "kms/alias-name",
        code: "AlreadyExistsException",
        text: "An alias is unique in its account and region.",
        of: ["name"],
        within: "region",
        provenance: api("kms: CreateAlias"),
      },
    ],
  },
  [LOG_GROUP]: {
    references: [toKey("kmsKeyId", "InvalidParameterException", api("logs: CreateLogGroup"))],
    unique: [
      {
        rule: "logs/log-group-name",
        code: "ResourceAlreadyExistsException",
        text: "Two log groups of a region have two names.",
        of: ["name"],
        within: "region",
        provenance: api("logs: CreateLogGroup, ResourceAlreadyExistsException"),
      },
    ],
    removals: [
      {
        rule: "logs/deletion-protection",
        code: "ValidationException",
        text: "A log group whose deletion protection is on is not deleted.",
        provenance: api("logs: CreateLogGroup.deletionProtectionEnabled"),
        refuses: ({ current }) =>
          current?.outputs["deletionProtectionEnabled"] === true
            ? `Deletion protection is enabled for ${current.id}`
            : undefined,
      },
    ],
    removal: {
      change: ({ inputs }) => (inputs["skipDestroy"] === true ? NO_CHANGE : undefined),
      text: "A log group with skipDestroy stays.",
      provenance: described("skipDestroy"),
    },
  },
};
