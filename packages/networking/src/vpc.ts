import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { ProblemError } from "@atoll/core";

import { byKey, childOf } from "./by-key.ts";
import { checkOverrides } from "./check-overrides.ts";
import type {
  GatewayEndpointPlan,
  NatGatewayPlan,
  RoutePlan,
  RouteTablePlan,
  SubnetPlan,
  VpcPlan,
} from "./plan/index.ts";
import type { FlowLogArgs, VpcArgs, VpcOverrides } from "./vpc-args.ts";

type ById<Child> = ReadonlyMap<string, Child>;

/**
 * A VPC with its tiers, as planned: subnets pinned to zone ids, route tables, NAT, gateway endpoints, and a default
 * security group that lets nothing through. Nothing gets a public address by itself.
 */
export class Vpc extends pulumi.ComponentResource {
  readonly vpcId: pulumi.Output<string>;
  readonly vpcArn: pulumi.Output<string>;
  readonly cidrBlock: string;
  /** Subnet ids by tier and zone id. */
  readonly subnetIds: Readonly<Record<string, Readonly<Record<string, pulumi.Output<string>>>>>;
  /** Route table ids by key: `public`, `private-<zoneId>`, or the tier. */
  readonly routeTableIds: Readonly<Record<string, pulumi.Output<string>>>;
  /** Public addresses of the NAT gateways, by zone id. */
  readonly natPublicIps: Readonly<Record<string, pulumi.Output<string>>>;

  readonly #name: string;
  readonly #plan: VpcPlan;
  readonly #tags: Readonly<Record<string, string>>;
  readonly #overrides: VpcOverrides;

  /** @throws ProblemError `VPC_OVERRIDE_UNKNOWN_KEY` */
  constructor(name: string, args: VpcArgs, opts?: pulumi.ComponentResourceOptions) {
    super("atoll:networking:Vpc", name, {}, opts);
    const { plan, overrides = {}, tags = {} } = args;
    const problems = checkOverrides(name, plan, overrides);
    if (problems.length > 0) throw new ProblemError(problems);
    this.#name = name;
    this.#plan = plan;
    this.#tags = tags;
    this.#overrides = overrides;

    const vpc = this.#createVpc();
    this.#createDefaultSecurityGroup(vpc);
    const gateway = plan.internetGateway ? this.#createInternetGateway(vpc) : undefined;
    const subnets = byKey(plan.subnets, (item) => this.#createSubnet(item, vpc));
    const tables = byKey(plan.routeTables, (item) => this.#createRouteTable(item, vpc));
    for (const item of plan.subnets) this.#associate(item, subnets, tables);
    const addresses = byKey(plan.natGateways, (item) => this.#createElasticIp(item, gateway));
    const nats = byKey(plan.natGateways, (item) =>
      this.#createNatGateway(item, subnets, addresses, gateway),
    );
    for (const item of plan.routes) this.#createRoute(item, tables, gateway, nats);
    for (const item of plan.gatewayEndpoints) {
      this.#createGatewayEndpoint(item, vpc, tables, args.gatewayEndpointPolicies?.[item.key]);
    }
    if (args.flowLogs !== undefined) this.#createFlowLog(vpc, args.flowLogs);

    this.vpcId = vpc.id;
    this.vpcArn = vpc.arn;
    this.cidrBlock = plan.cidr;
    this.subnetIds = idsByTier(plan, subnets);
    this.routeTableIds = Object.fromEntries([...tables].map(([key, table]) => [key, table.id]));
    this.natPublicIps = Object.fromEntries(
      plan.natGateways.map(({ key, zoneId }) => [zoneId, childOf(addresses, key).publicIp]),
    );
    this.registerOutputs({
      vpcId: this.vpcId,
      vpcArn: this.vpcArn,
      cidrBlock: this.cidrBlock,
      subnetIds: this.subnetIds,
      routeTableIds: this.routeTableIds,
      natPublicIps: this.natPublicIps,
    });
  }

  #nameOf(key: string): string {
    return `${this.#name}-${key}`;
  }

  /** What every child that takes tags has in common. */
  #tagged(displayName: string) {
    return { region: this.#plan.region, tags: { ...this.#tags, Name: displayName } };
  }

  #createVpc(): aws.ec2.Vpc {
    return new aws.ec2.Vpc(
      this.#name,
      {
        ...this.#tagged(this.#name),
        cidrBlock: this.#plan.cidr,
        enableDnsSupport: true,
        enableDnsHostnames: true,
        ...this.#overrides.vpc,
      },
      { parent: this },
    );
  }

  /** AWS makes this group with every VPC and lets its members talk to each other: taken over and emptied. */
  #createDefaultSecurityGroup(vpc: aws.ec2.Vpc): aws.ec2.DefaultSecurityGroup {
    const name = this.#nameOf("default");
    return new aws.ec2.DefaultSecurityGroup(
      name,
      {
        ...this.#tagged(name),
        vpcId: vpc.id,
        ingress: [],
        egress: [],
        ...this.#overrides.defaultSecurityGroup,
      },
      { parent: this },
    );
  }

  #createInternetGateway(vpc: aws.ec2.Vpc): aws.ec2.InternetGateway {
    return new aws.ec2.InternetGateway(
      this.#name,
      { ...this.#tagged(this.#name), vpcId: vpc.id, ...this.#overrides.internetGateway },
      { parent: this },
    );
  }

  #createSubnet({ key, zoneId, cidr }: SubnetPlan, vpc: aws.ec2.Vpc): aws.ec2.Subnet {
    return new aws.ec2.Subnet(
      this.#nameOf(key),
      {
        ...this.#tagged(this.#nameOf(key)),
        vpcId: vpc.id,
        // Ids name the same zone in every account; names such as `eu-west-1a` do not.
        availabilityZoneId: zoneId,
        cidrBlock: cidr,
        mapPublicIpOnLaunch: false,
        ...this.#overrides.subnets?.[key],
      },
      { parent: this },
    );
  }

  #createRouteTable({ key }: RouteTablePlan, vpc: aws.ec2.Vpc): aws.ec2.RouteTable {
    return new aws.ec2.RouteTable(
      this.#nameOf(key),
      {
        ...this.#tagged(this.#nameOf(key)),
        vpcId: vpc.id,
        ...this.#overrides.routeTables?.[key],
      },
      { parent: this },
    );
  }

  #associate(
    { key, routeTable }: SubnetPlan,
    subnets: ById<aws.ec2.Subnet>,
    tables: ById<aws.ec2.RouteTable>,
  ): aws.ec2.RouteTableAssociation {
    return new aws.ec2.RouteTableAssociation(
      this.#nameOf(key),
      {
        region: this.#plan.region,
        subnetId: childOf(subnets, key).id,
        routeTableId: childOf(tables, routeTable).id,
      },
      { parent: this },
    );
  }

  #createElasticIp(
    { key }: NatGatewayPlan,
    gateway: aws.ec2.InternetGateway | undefined,
  ): aws.ec2.Eip {
    return new aws.ec2.Eip(
      this.#nameOf(key),
      {
        ...this.#tagged(this.#nameOf(key)),
        domain: "vpc",
        ...this.#overrides.elasticIps?.[key],
      },
      { parent: this, dependsOn: gateway ?? [] },
    );
  }

  #createNatGateway(
    { key, subnet }: NatGatewayPlan,
    subnets: ById<aws.ec2.Subnet>,
    addresses: ById<aws.ec2.Eip>,
    gateway: aws.ec2.InternetGateway | undefined,
  ): aws.ec2.NatGateway {
    return new aws.ec2.NatGateway(
      this.#nameOf(key),
      {
        ...this.#tagged(this.#nameOf(key)),
        subnetId: childOf(subnets, subnet).id,
        allocationId: childOf(addresses, key).allocationId,
        connectivityType: "public",
        ...this.#overrides.natGateways?.[key],
      },
      { parent: this, dependsOn: gateway ?? [] },
    );
  }

  #createRoute(
    { key, routeTable, destination, target }: RoutePlan,
    tables: ById<aws.ec2.RouteTable>,
    gateway: aws.ec2.InternetGateway | undefined,
    nats: ById<aws.ec2.NatGateway>,
  ): aws.ec2.Route {
    const hop =
      target.kind === "nat-gateway"
        ? { natGatewayId: childOf(nats, target.key).id }
        : gateway && { gatewayId: gateway.id };
    return new aws.ec2.Route(
      this.#nameOf(key),
      {
        region: this.#plan.region,
        routeTableId: childOf(tables, routeTable).id,
        destinationCidrBlock: destination,
        ...hop,
        ...this.#overrides.routes?.[key],
      },
      { parent: this },
    );
  }

  #createGatewayEndpoint(
    { key, routeTables }: GatewayEndpointPlan,
    vpc: aws.ec2.Vpc,
    tables: ById<aws.ec2.RouteTable>,
    policy: pulumi.Input<string> | undefined,
  ): aws.ec2.VpcEndpoint {
    return new aws.ec2.VpcEndpoint(
      this.#nameOf(key),
      {
        ...this.#tagged(this.#nameOf(key)),
        vpcId: vpc.id,
        vpcEndpointType: "Gateway",
        serviceName: `com.amazonaws.${this.#plan.region}.${key}`,
        routeTableIds: routeTables.map((table) => childOf(tables, table).id),
        ...(policy === undefined ? {} : { policy }),
        ...this.#overrides.gatewayEndpoints?.[key],
      },
      { parent: this },
    );
  }

  #createFlowLog(vpc: aws.ec2.Vpc, flowLogs: FlowLogArgs): aws.ec2.FlowLog {
    return new aws.ec2.FlowLog(
      this.#name,
      {
        ...this.#tagged(this.#name),
        vpcId: vpc.id,
        trafficType: "ALL",
        logDestinationType: "s3",
        logDestination: flowLogs.bucketArn,
        maxAggregationInterval: flowLogs.aggregationSeconds ?? 600,
        ...this.#overrides.flowLog,
      },
      { parent: this },
    );
  }
}

function idsByTier(
  plan: VpcPlan,
  subnets: ById<aws.ec2.Subnet>,
): Readonly<Record<string, Readonly<Record<string, pulumi.Output<string>>>>> {
  const ids: Record<string, Record<string, pulumi.Output<string>>> = {};
  for (const { key, tier, zoneId } of plan.subnets) {
    ids[tier] = { ...ids[tier], [zoneId]: childOf(subnets, key).id };
  }
  return ids;
}
