import { effectiveLimit } from "@atoll/aws-facts";
import type { Refusal } from "./cloud.ts";
import type { CloudContext, LimitRule } from "./row.ts";

/** Refuses what goes over a quota, as it is raised in the account or the organization. */
export function checkLimits(
  context: CloudContext,
  rules: readonly LimitRule[],
): readonly Refusal[] {
  return rules.flatMap((rule) => {
    const use = rule.used(context);
    if (use === undefined) return [];
    const most = effectiveLimit(rule.limit, ...context.cloud.quotas(context.wanted.accountId));
    const isRaised = use.existing !== undefined && use.existing > most;
    if (use.count <= most || isRaised) return [];
    return [
      {
        kind: "quota" as const,
        code: rule.code,
        message: `${rule.what}: this makes ${String(use.count)}, and the quota is ${String(most)} (${rule.limit})`,
        path: use.path,
        rule: rule.rule,
        provenance: rule.provenance,
      },
    ];
  });
}
