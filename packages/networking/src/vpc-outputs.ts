import * as pulumi from "@pulumi/pulumi";

import type { Vpc } from "./vpc.ts";

/** What a stack hands on of a VPC. */
export interface VpcOutputs {
  readonly vpcId: string;
  readonly cidrBlock: string;
  /** Subnet ids by tier and zone id. */
  readonly subnetIds: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Route table ids by key: `public`, `private-<zoneId>`, or the tier. */
  readonly routeTableIds: Readonly<Record<string, string>>;
  /** Public addresses of the NAT gateways, by zone id. */
  readonly natPublicIps: Readonly<Record<string, string>>;
}

/** A VPC's outputs as one value. */
export function vpcOutputs(vpc: Vpc): pulumi.Output<VpcOutputs> {
  const { vpcId, cidrBlock, subnetIds, routeTableIds, natPublicIps } = vpc;
  return pulumi.output({ vpcId, cidrBlock, subnetIds, routeTableIds, natPublicIps });
}
