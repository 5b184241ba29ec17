import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import type { Account, OrganizationSettings } from "../model.ts";
import { planAccountBaseline, type BudgetPlan } from "../planning/account-baseline.ts";
import { refuseUnknownOverrides } from "./overrides.ts";

type ByRegion<Args> = Readonly<Record<string, Partial<Args>>>;

/** Inputs that replace those the component gives a child; per region where there is one of it in each. */
export interface AccountBaselineOverrides {
  readonly publicAccessBlock?: Partial<aws.s3.AccountPublicAccessBlockArgs>;
  readonly passwordPolicy?: Partial<aws.iam.AccountPasswordPolicyArgs>;
  readonly budget?: Partial<aws.budgets.BudgetArgs>;
  readonly encryptionByDefault?: ByRegion<aws.ebs.EncryptionByDefaultArgs>;
  readonly snapshotAccess?: ByRegion<aws.ebs.SnapshotBlockPublicAccessArgs>;
  readonly imageAccess?: ByRegion<aws.ec2.ImageBlockPublicAccessArgs>;
  readonly instanceMetadata?: ByRegion<aws.ec2.InstanceMetadataDefaultsArgs>;
  readonly defaultVpc?: ByRegion<aws.ec2.DefaultVpcArgs>;
  readonly publicVpcTraffic?: ByRegion<aws.ec2.VpcBlockPublicAccessOptionsArgs>;
  readonly accessAnalyzer?: ByRegion<aws.accessanalyzer.AnalyzerArgs>;
}

/** What the `AccountBaseline` component is made from. */
export interface AccountBaselineArgs {
  readonly account: Account;
  readonly settings: OrganizationSettings;
  /** Forbid traffic between the internet and every VPC. @default true for an account that draws no addresses */
  readonly blockPublicVpcTraffic?: boolean;
  /** Take over the default VPC of each region and close it. @default true */
  readonly lockDefaultVpc?: boolean;
  /** Look for resources that are shared outside the account. @default true */
  readonly accessAnalyzer?: boolean;
  /** @default none */
  readonly overrides?: AccountBaselineOverrides;
}

/**
 * What every account has, whatever its kind: encrypted volumes, no public buckets, snapshots or images, session-based
 * instance metadata, a strict password policy, a closed default VPC, an access analyzer and, if asked for, a budget.
 *
 * The default VPC is taken over, not deleted: Pulumi cannot delete the subnets that AWS made in it. In a region that has
 * none AWS makes one, which is closed too.
 */
export class AccountBaseline extends pulumi.ComponentResource {
  /** ARN of each region's access analyzer, by region; empty where there is none. */
  readonly accessAnalyzerArns: Readonly<Record<string, pulumi.Output<string>>>;

  readonly #name: string;
  readonly #overrides: AccountBaselineOverrides;

  /** @throws ProblemError `OVERRIDE_UNKNOWN_KEY` */
  constructor(name: string, args: AccountBaselineArgs, opts?: pulumi.ComponentResourceOptions) {
    super("atoll:organization:AccountBaseline", name, {}, opts);
    const plan = planAccountBaseline(args.account, args.settings.optInRegions);
    this.#name = name;
    this.#overrides = args.overrides ?? {};
    refuseOverrides(name, this.#overrides, plan.regions);

    this.#createPublicAccessBlock();
    this.#createPasswordPolicy();
    if (plan.budget !== null) this.#createBudget(plan.budget);
    const analyzers: Record<string, pulumi.Output<string>> = {};
    for (const region of plan.regions) {
      const optIn = plan.optInRegions.includes(region) ? this.#createRegion(region) : undefined;
      const opts = { parent: this, dependsOn: optIn ?? [] };
      this.#createComputeDefaults(region, opts);
      if (args.lockDefaultVpc ?? true) this.#createDefaultVpc(region, opts);
      if (args.blockPublicVpcTraffic ?? plan.blockPublicVpcTraffic) {
        this.#createPublicVpcTraffic(region, opts);
      }
      if (args.accessAnalyzer ?? true) {
        analyzers[region] = this.#createAccessAnalyzer(region, opts).arn;
      }
    }
    this.accessAnalyzerArns = analyzers;
    this.registerOutputs({ accessAnalyzerArns: this.accessAnalyzerArns });
  }

  #nameOf(key: string): string {
    return `${this.#name}-${key}`;
  }

  #createPublicAccessBlock(): aws.s3.AccountPublicAccessBlock {
    return new aws.s3.AccountPublicAccessBlock(
      this.#nameOf("public-access"),
      {
        blockPublicAcls: true,
        blockPublicPolicy: true,
        ignorePublicAcls: true,
        restrictPublicBuckets: true,
        ...this.#overrides.publicAccessBlock,
      },
      { parent: this },
    );
  }

  #createPasswordPolicy(): aws.iam.AccountPasswordPolicy {
    return new aws.iam.AccountPasswordPolicy(
      this.#nameOf("passwords"),
      {
        minimumPasswordLength: 14,
        passwordReusePrevention: 24,
        requireLowercaseCharacters: true,
        requireUppercaseCharacters: true,
        requireNumbers: true,
        requireSymbols: true,
        allowUsersToChangePassword: true,
        ...this.#overrides.passwordPolicy,
      },
      { parent: this },
    );
  }

  #createBudget({ limitAmount, email }: BudgetPlan): aws.budgets.Budget {
    const notification = (notificationType: string, threshold: number) => ({
      notificationType,
      threshold,
      thresholdType: "PERCENTAGE",
      comparisonOperator: "GREATER_THAN",
      subscriberEmailAddresses: [email],
    });
    return new aws.budgets.Budget(
      this.#nameOf("budget"),
      {
        name: "atoll-monthly",
        budgetType: "COST",
        timeUnit: "MONTHLY",
        limitAmount,
        limitUnit: "USD",
        notifications: [notification("ACTUAL", 80), notification("FORECASTED", 100)],
        ...this.#overrides.budget,
      },
      { parent: this },
    );
  }

  /** Switches a region on that AWS has off by default. */
  #createRegion(region: string): aws.account.Region {
    return new aws.account.Region(
      this.#nameOf(`opt-in-${region}`),
      { regionName: region, enabled: true },
      { parent: this },
    );
  }

  #createComputeDefaults(region: string, opts: pulumi.CustomResourceOptions): void {
    new aws.ebs.EncryptionByDefault(
      this.#nameOf(`encryption-${region}`),
      { region, enabled: true, ...this.#overrides.encryptionByDefault?.[region] },
      opts,
    );
    new aws.ebs.SnapshotBlockPublicAccess(
      this.#nameOf(`snapshots-${region}`),
      { region, state: "block-all-sharing", ...this.#overrides.snapshotAccess?.[region] },
      opts,
    );
    new aws.ec2.ImageBlockPublicAccess(
      this.#nameOf(`images-${region}`),
      { region, state: "block-new-sharing", ...this.#overrides.imageAccess?.[region] },
      opts,
    );
    new aws.ec2.InstanceMetadataDefaults(
      this.#nameOf(`metadata-${region}`),
      {
        region,
        httpTokens: "required",
        // Two hops: a container on the instance is one further away.
        httpPutResponseHopLimit: 2,
        ...this.#overrides.instanceMetadata?.[region],
      },
      opts,
    );
  }

  /** The default VPC with a security group and a network ACL that let nothing through. */
  #createDefaultVpc(region: string, opts: pulumi.CustomResourceOptions): void {
    const name = this.#nameOf(`default-vpc-${region}`);
    const vpc = new aws.ec2.DefaultVpc(
      name,
      { region, tags: { Name: "default (closed)" }, ...this.#overrides.defaultVpc?.[region] },
      opts,
    );
    new aws.ec2.DefaultSecurityGroup(
      name,
      { region, vpcId: vpc.id, ingress: [], egress: [] },
      opts,
    );
    new aws.ec2.DefaultNetworkAcl(
      name,
      { region, defaultNetworkAclId: vpc.defaultNetworkAclId, ingress: [], egress: [] },
      // AWS puts the default subnets into it; naming none would ask to take them out.
      { ...opts, ignoreChanges: ["subnetIds"] },
    );
  }

  #createPublicVpcTraffic(
    region: string,
    opts: pulumi.CustomResourceOptions,
  ): aws.ec2.VpcBlockPublicAccessOptions {
    return new aws.ec2.VpcBlockPublicAccessOptions(
      this.#nameOf(`public-traffic-${region}`),
      {
        region,
        internetGatewayBlockMode: "block-bidirectional",
        ...this.#overrides.publicVpcTraffic?.[region],
      },
      opts,
    );
  }

  #createAccessAnalyzer(
    region: string,
    opts: pulumi.CustomResourceOptions,
  ): aws.accessanalyzer.Analyzer {
    return new aws.accessanalyzer.Analyzer(
      this.#nameOf(`analyzer-${region}`),
      {
        region,
        analyzerName: "atoll-account",
        type: "ACCOUNT",
        ...this.#overrides.accessAnalyzer?.[region],
      },
      opts,
    );
  }
}

function refuseOverrides(
  name: string,
  overrides: AccountBaselineOverrides,
  regions: readonly string[],
): void {
  refuseUnknownOverrides(name, overrides, {
    encryptionByDefault: regions,
    snapshotAccess: regions,
    imageAccess: regions,
    instanceMetadata: regions,
    defaultVpc: regions,
    publicVpcTraffic: regions,
    accessAnalyzer: regions,
  });
}
