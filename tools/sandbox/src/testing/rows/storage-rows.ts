import { arnPattern, type TypeRow, type World } from "./row.ts";

const BUCKET = "aws:s3/bucket:Bucket";
const KEY = "aws:kms/key:Key";
const UUID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";
const NO_BUCKET = { inputs: { bucket: "acme-missing" }, code: "NoSuchBucket" };

async function bucketOf(world: World): Promise<string> {
  return (await world.make(BUCKET, { bucket: "acme-artifacts" })).id;
}

/** Another bucket of that account, for what replaces. */
const anotherBucket = async (world: World) => ({
  bucket: (await world.make(BUCKET, { bucket: "acme-others" })).id,
});

/** Keys and buckets. */
export const STORAGE_ROWS: readonly TypeRow[] = [
  {
    type: KEY,
    inputs: () => ({ description: "artifacts" }),
    adds: { keyUsage: "ENCRYPT_DECRYPT", isEnabled: true },
    computed: {
      id: new RegExp(`^${UUID}$`, "u"),
      arn: arnPattern("kms", "eu-west-1", "333333333333", `key/${UUID}`),
    },
    replaces: { keyUsage: "SIGN_VERIFY", customerMasterKeySpec: "RSA_2048" },
    keeps: { description: "others" },
    refuses: {
      none: "A key refers to no resource unless it is in a custom key store (@pulumi/aws 7.48.0).",
    },
  },
  {
    type: "aws:kms/alias:Alias",
    inputs: async (world) => ({ targetKeyId: (await world.make(KEY, {})).id }),
    adds: { region: "eu-west-1" },
    computed: {
      name: /^alias\/subject-[0-9a-f]{7}$/u,
      arn: arnPattern("kms", "eu-west-1", "333333333333", "alias/subject-[0-9a-f]{7}"),
    },
    replaces: { name: "alias/another" },
    keeps: async (world) => ({ targetKeyId: (await world.make(KEY, {})).id }),
    refuses: {
      inputs: { targetKeyId: "00000000-0000-0000-0000-000000000000" },
      code: "NotFoundException",
    },
  },
  {
    type: BUCKET,
    inputs: () => ({}),
    adds: { requestPayer: "BucketOwner" },
    computed: {
      id: /^subject-[0-9a-f]{7}$/u,
      arn: arnPattern("s3", "", "", "subject-[0-9a-f]{7}"),
      bucketDomainName: /^subject-[0-9a-f]{7}\.s3\.amazonaws\.com$/u,
    },
    replaces: { bucket: "acme-another" },
    keeps: { forceDestroy: true },
    refuses: { none: "A bucket refers to nothing (@pulumi/aws 7.48.0)." },
  },
  {
    type: "aws:s3/bucketPolicy:BucketPolicy",
    inputs: async (world) => ({
      bucket: await bucketOf(world),
      policy: '{"Version":"2012-10-17"}',
    }),
    adds: { region: "eu-west-1" },
    computed: { id: /^acme-artifacts$/u },
    replaces: anotherBucket,
    keeps: { policy: '{"Version":"2012-10-17","Statement":[]}' },
    refuses: NO_BUCKET,
  },
  {
    type: "aws:s3/bucketVersioning:BucketVersioning",
    inputs: async (world) => ({
      bucket: await bucketOf(world),
      versioningConfiguration: { status: "Enabled" },
    }),
    adds: { region: "eu-west-1" },
    computed: { id: /^acme-artifacts$/u },
    replaces: anotherBucket,
    keeps: { versioningConfiguration: { status: "Suspended" } },
    refuses: NO_BUCKET,
  },
  {
    type: "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
    inputs: async (world) => ({ bucket: await bucketOf(world), blockPublicAcls: true }),
    adds: { blockPublicPolicy: false, restrictPublicBuckets: false },
    computed: { id: /^acme-artifacts$/u },
    replaces: anotherBucket,
    keeps: { blockPublicPolicy: true },
    refuses: NO_BUCKET,
  },
  {
    type: "aws:s3/bucketOwnershipControls:BucketOwnershipControls",
    inputs: async (world) => ({
      bucket: await bucketOf(world),
      rule: { objectOwnership: "BucketOwnerEnforced" },
    }),
    adds: { region: "eu-west-1" },
    computed: { id: /^acme-artifacts$/u },
    replaces: anotherBucket,
    keeps: { rule: { objectOwnership: "ObjectWriter" } },
    refuses: NO_BUCKET,
  },
  {
    type: "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
    inputs: async (world) => ({
      bucket: await bucketOf(world),
      rules: [{ id: "old", status: "Enabled", filter: {}, expiration: { days: 30 } }],
    }),
    adds: { region: "eu-west-1" },
    computed: { id: /^acme-artifacts$/u },
    replaces: anotherBucket,
    keeps: { rules: [{ id: "old", status: "Disabled", filter: {}, expiration: { days: 30 } }] },
    refuses: NO_BUCKET,
  },
  {
    type: "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
    inputs: async (world) => ({
      bucket: await bucketOf(world),
      rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }],
    }),
    adds: { region: "eu-west-1" },
    computed: { id: /^acme-artifacts$/u },
    replaces: anotherBucket,
    keeps: { rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms" } }] },
    refuses: NO_BUCKET,
  },
];
