import type { VpcOutputs } from "@atoll/networking";

/** What a workload account hands on to its units. */
export interface WorkloadOutputs {
  /** By region; empty for an account that draws no addresses. */
  readonly vpcs: Readonly<Record<string, VpcOutputs>>;
  /** By region: a security group that lets the network account's shared services in over HTTPS. */
  readonly sharedServicesSecurityGroupIds: Readonly<Record<string, string>>;
}

declare module "@atoll/organization" {
  interface StackContracts {
    workload: WorkloadOutputs;
  }
}
