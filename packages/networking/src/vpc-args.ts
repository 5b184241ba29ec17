import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

import type { GatewayService, VpcPlan } from "./plan/index.ts";

/** Where flow logs go. */
export interface FlowLogArgs {
  /** ARN of the bucket, or of a folder in it, that takes the logs. */
  readonly bucketArn: pulumi.Input<string>;
  /** Seconds that records are gathered before they are delivered: 60 or 600. @default 600 */
  readonly aggregationSeconds?: 60 | 600;
}

/**
 * Inputs that replace those that the component gives a child, by the child's kind and its key in the plan. A key that the
 * plan does not have is refused.
 */
export interface VpcOverrides {
  readonly vpc?: Partial<aws.ec2.VpcArgs>;
  readonly internetGateway?: Partial<aws.ec2.InternetGatewayArgs>;
  readonly defaultSecurityGroup?: Partial<aws.ec2.DefaultSecurityGroupArgs>;
  readonly flowLog?: Partial<aws.ec2.FlowLogArgs>;
  /** By `<tier>-<zoneId>`. */
  readonly subnets?: Readonly<Record<string, Partial<aws.ec2.SubnetArgs>>>;
  /** By `public`, `private-<zoneId>` or the tier. */
  readonly routeTables?: Readonly<Record<string, Partial<aws.ec2.RouteTableArgs>>>;
  /** By `<route table>-default`. */
  readonly routes?: Readonly<Record<string, Partial<aws.ec2.RouteArgs>>>;
  /** By `nat-<zoneId>`. */
  readonly natGateways?: Readonly<Record<string, Partial<aws.ec2.NatGatewayArgs>>>;
  /** Elastic addresses of the NAT gateways, by `nat-<zoneId>`. */
  readonly elasticIps?: Readonly<Record<string, Partial<aws.ec2.EipArgs>>>;
  readonly gatewayEndpoints?: Readonly<
    Partial<Record<GatewayService, Partial<aws.ec2.VpcEndpointArgs>>>
  >;
}

/** What the `Vpc` component is made from. */
export interface VpcArgs {
  /** From `planVpc`: it decides how many of what, and under which names. */
  readonly plan: VpcPlan;
  /** Policies of the gateway endpoints, as JSON. @default whatever the caller's own policies allow */
  readonly gatewayEndpointPolicies?: Readonly<
    Partial<Record<GatewayService, pulumi.Input<string>>>
  >;
  /** @default no flow logs */
  readonly flowLogs?: FlowLogArgs;
  /** Tags on every child that takes tags. @default none */
  readonly tags?: Readonly<Record<string, string>>;
  /** @default none */
  readonly overrides?: VpcOverrides;
}
