import { readFileSync } from "node:fs";
import path from "node:path";

import {
  type JsonValue,
  partition,
  type PartitionName,
  physicalName,
  renderDocument,
} from "@atoll/core";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

/** What an `ArtifactStore` is made from. */
export interface ArtifactStoreArgs {
  /** Name of the organization; begins the bucket's name, which is unique in all of AWS. */
  readonly organization: string;
  /** Id of the organization, whose principals may read. */
  readonly organizationId: pulumi.Input<string>;
  readonly partition: PartitionName;
  readonly accountId: string;
  readonly region: string;
  /** Days that a replaced or deleted version is kept. @default 90 */
  readonly oldVersionDays?: number;
}

/**
 * A bucket for build artifacts: versioned, encrypted with a key of its own, closed to the public and to plain HTTP,
 * readable by the organization's principals. Bucket and key are protected: nothing that Atoll does removes them.
 */
export class ArtifactStore extends pulumi.ComponentResource {
  readonly bucketName: pulumi.Output<string>;
  readonly bucketArn: pulumi.Output<string>;
  readonly keyArn: pulumi.Output<string>;

  constructor(name: string, args: ArtifactStoreArgs, opts?: pulumi.ComponentResourceOptions) {
    super("atoll:delivery:ArtifactStore", name, {}, opts);
    const key = this.#createKey(name, args);
    const bucket = this.#createBucket(name, args, key);
    this.#closeBucket(name, args, bucket);
    this.bucketName = bucket.bucket;
    this.bucketArn = bucket.arn;
    this.keyArn = key.arn;
    this.registerOutputs({
      bucketName: this.bucketName,
      bucketArn: this.bucketArn,
      keyArn: this.keyArn,
    });
  }

  #createKey(name: string, args: ArtifactStoreArgs): aws.kms.Key {
    const { region, accountId } = args;
    const { dnsSuffix } = partition(args.partition);
    const policy = pulumi.output(args.organizationId).apply((organizationId) =>
      renderDocument(readAsset("key-policy.json"), {
        partition: args.partition,
        accountId,
        organizationId,
        region,
        dnsSuffix,
      }),
    );
    const key = new aws.kms.Key(
      name,
      {
        region,
        description: "Encrypts the artifacts of the delivery account",
        enableKeyRotation: true,
        deletionWindowInDays: 30,
        policy,
      },
      { parent: this, protect: true },
    );
    new aws.kms.Alias(
      name,
      { region, name: `alias/${args.organization}/${name}`, targetKeyId: key.id },
      { parent: this },
    );
    return key;
  }

  #createBucket(name: string, args: ArtifactStoreArgs, key: aws.kms.Key): aws.s3.Bucket {
    const { region, organization, accountId } = args;
    const bucket = new aws.s3.Bucket(
      name,
      {
        region,
        bucket: physicalName("aws:s3/bucket:Bucket", [organization, name, accountId, region]),
        forceDestroy: false,
      },
      { parent: this, protect: true },
    );
    const opts = { parent: this };
    const own = { region, bucket: bucket.bucket };
    new aws.s3.BucketVersioning(
      name,
      { ...own, versioningConfiguration: { status: "Enabled" } },
      opts,
    );
    new aws.s3.BucketServerSideEncryptionConfiguration(
      name,
      {
        ...own,
        rules: [
          {
            bucketKeyEnabled: true,
            applyServerSideEncryptionByDefault: {
              sseAlgorithm: "aws:kms",
              kmsMasterKeyId: key.arn,
            },
          },
        ],
      },
      opts,
    );
    new aws.s3.BucketLifecycleConfiguration(
      name,
      {
        ...own,
        rules: [
          {
            id: "old-versions",
            status: "Enabled",
            filter: {},
            noncurrentVersionExpiration: { noncurrentDays: args.oldVersionDays ?? 90 },
            abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
          },
        ],
      },
      opts,
    );
    return bucket;
  }

  #closeBucket(name: string, args: ArtifactStoreArgs, bucket: aws.s3.Bucket): void {
    const own = { region: args.region, bucket: bucket.bucket };
    const block = new aws.s3.BucketPublicAccessBlock(
      name,
      {
        ...own,
        blockPublicAcls: true,
        blockPublicPolicy: true,
        ignorePublicAcls: true,
        restrictPublicBuckets: true,
      },
      { parent: this },
    );
    new aws.s3.BucketOwnershipControls(
      name,
      { ...own, rule: { objectOwnership: "BucketOwnerEnforced" } },
      { parent: this },
    );
    const policy = pulumi
      .all([bucket.arn, args.organizationId])
      .apply(([bucketArn, organizationId]) =>
        renderDocument(readAsset("bucket-policy.json"), { bucketArn, organizationId }),
      );
    // S3 refuses two changes of a bucket's access at the same time.
    new aws.s3.BucketPolicy(name, { ...own, policy }, { parent: this, dependsOn: block });
  }
}

function readAsset(file: string): JsonValue {
  const asset = path.join(import.meta.dirname, "assets", file);
  return JSON.parse(readFileSync(asset, "utf8")) as JsonValue;
}
