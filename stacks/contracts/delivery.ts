/** What the delivery account hands on: where artifacts are kept. The whole organization may read them. */
export interface DeliveryOutputs {
  readonly artifactBucket: string;
  readonly artifactBucketArn: string;
  /** KMS key that the artifacts are encrypted with. */
  readonly artifactKeyArn: string;
}

declare module "@atoll/organization" {
  interface StackContracts {
    delivery: DeliveryOutputs;
  }
}
