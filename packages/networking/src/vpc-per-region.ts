import { compareText } from "@atoll/core";
import type { Account, AddressAllocation } from "@atoll/organization";
import type * as pulumi from "@pulumi/pulumi";

import { type OrganizationEndpointPolicyArgs, s3EndpointPolicy } from "./endpoint-policies.ts";
import { type NatMode, planVpc } from "./plan/index.ts";
import type { VpcOverrides } from "./vpc-args.ts";
import { Vpc } from "./vpc.ts";

/** What an account's VPCs are made from. */
export interface VpcPerRegionArgs {
  readonly account: Pick<Account, "name" | "regions">;
  /** The account's blocks in the address book. */
  readonly addresses: readonly AddressAllocation[];
  readonly nat: NatMode;
  /** The organization that the S3 gateway endpoints keep to. */
  readonly organization: Omit<OrganizationEndpointPolicyArgs, "region">;
  /** By region. @default none */
  readonly overrides?: Readonly<Record<string, VpcOverrides>>;
}

/**
 * One VPC, named `vpc-<region>`, in each region in which the account has addresses; by region.
 *
 * @throws ProblemError with what `planVpc` finds
 */
export function vpcPerRegion(
  args: VpcPerRegionArgs,
  opts: pulumi.ComponentResourceOptions,
): Readonly<Record<string, Vpc>> {
  const { account, addresses, nat, organization, overrides } = args;
  const drawn = new Set(addresses.map(({ region }) => region));
  const regions = account.regions.filter((region) => drawn.has(region)).toSorted(compareText);
  return Object.fromEntries(
    regions.map((region) => {
      const plan = planVpc({ account: account.name, region, allocations: addresses, nat });
      const s3 = s3EndpointPolicy({ ...organization, region });
      const regional = overrides?.[region];
      const vpc = new Vpc(
        `vpc-${region}`,
        {
          plan,
          gatewayEndpointPolicies: { s3 },
          ...(regional === undefined ? {} : { overrides: regional }),
        },
        opts,
      );
      return [region, vpc];
    }),
  );
}
