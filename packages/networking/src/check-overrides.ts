import { compareText, type Problem } from "@atoll/core";

import type { VpcPlan } from "./plan/index.ts";
import type { VpcOverrides } from "./vpc-args.ts";

/** `VPC_OVERRIDE_UNKNOWN_KEY` for each override of a child that the plan does not have. */
export function checkOverrides(
  name: string,
  plan: VpcPlan,
  overrides: VpcOverrides,
): readonly Problem[] {
  const keysOf = (items: readonly { readonly key: string }[]) => items.map(({ key }) => key);
  const natKeys = keysOf(plan.natGateways);
  return [
    ...unknownKeys(`${name}.overrides.subnets`, overrides.subnets, keysOf(plan.subnets)),
    ...unknownKeys(
      `${name}.overrides.routeTables`,
      overrides.routeTables,
      keysOf(plan.routeTables),
    ),
    ...unknownKeys(`${name}.overrides.routes`, overrides.routes, keysOf(plan.routes)),
    ...unknownKeys(`${name}.overrides.natGateways`, overrides.natGateways, natKeys),
    ...unknownKeys(`${name}.overrides.elasticIps`, overrides.elasticIps, natKeys),
    ...unknownKeys(
      `${name}.overrides.gatewayEndpoints`,
      overrides.gatewayEndpoints,
      keysOf(plan.gatewayEndpoints),
    ),
  ];
}

function unknownKeys(
  path: string,
  overrides: object | undefined,
  known: readonly string[],
): readonly Problem[] {
  return Object.keys(overrides ?? {})
    .filter((key) => !known.includes(key))
    .sort(compareText)
    .map((key) => ({
      code: "VPC_OVERRIDE_UNKNOWN_KEY",
      severity: "error",
      path: `${path}.${key}`,
      message: `The plan of this VPC has no ${key} to override.`,
      got: key,
      expected: known.join(", ") || "no override: the plan has none of these",
      fix: "Use a key of the plan.",
    }));
}
