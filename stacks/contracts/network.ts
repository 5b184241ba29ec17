import type { VpcOutputs } from "@atoll/networking";

/** What the network account hands on: the VPCs of the services that the whole organization shares. */
export interface NetworkOutputs {
  /** Its VPC in its first region. */
  readonly vpcId: string;
  /** The blocks of all its VPCs, sorted by region: where shared services call from. */
  readonly vpcCidrs: readonly string[];
  /** By region. */
  readonly vpcs: Readonly<Record<string, VpcOutputs>>;
}

declare module "@atoll/organization" {
  interface StackContracts {
    network: NetworkOutputs;
  }
}
