import { compareText } from "@atoll/core";

import type { Account } from "../model.ts";

/** The budget of an account. */
export interface BudgetPlan {
  /** US dollars, as text because the API takes text. */
  readonly limitAmount: string;
  /** Who is told. */
  readonly email: string;
}

/** What every account gets: names and counts, without Pulumi. */
export interface AccountBaselinePlan {
  /** The account's regions, sorted. */
  readonly regions: readonly string[];
  /** Those of them that the account must switch on first, sorted. */
  readonly optInRegions: readonly string[];
  /** Whether no VPC of the account may reach or be reached from the internet. */
  readonly blockPublicVpcTraffic: boolean;
  /** Null for none. */
  readonly budget: BudgetPlan | null;
}

/**
 * Plans the baseline of an account. An account that draws no addresses has no VPC of its own making, so nothing in it
 * has business with an internet gateway.
 *
 * @param optInRegions the organization's opt-in regions
 */
export function planAccountBaseline(
  account: Account,
  optInRegions: readonly string[],
): AccountBaselinePlan {
  const regions = [...account.regions].sort(compareText);
  return {
    regions,
    optInRegions: regions.filter((region) => optInRegions.includes(region)),
    blockPublicVpcTraffic: account.addresses === null,
    budget:
      account.monthlyBudgetUsd === null
        ? null
        : { limitAmount: String(account.monthlyBudgetUsd), email: account.email },
  };
}
