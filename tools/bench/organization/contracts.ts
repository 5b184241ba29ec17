/** What a bench account hands on. */
export interface BenchOutputs {
  readonly vpcId: string;
  readonly clusterArn: string;
}

declare module "@atoll/organization" {
  interface StackContracts {
    bench: BenchOutputs;
    /** There must be a management account; the bench gives it nothing to do. */
    management: Readonly<Record<string, never>>;
  }
}
