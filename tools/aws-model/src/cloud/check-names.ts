import { others } from "./look.ts";
import type { CloudResource, Refusal } from "./cloud.ts";
import type { CloudContext, UniqueRule } from "./row.ts";
import { familyOf } from "./type-names.ts";

/** Refuses a name, or another set of values, that is taken. */
export function checkNames(
  context: CloudContext,
  rules: readonly UniqueRule[],
): readonly Refusal[] {
  const { wanted } = context;
  return rules.flatMap((rule) => {
    const key = keyOf(wanted, rule);
    if (key === undefined) return [];
    const taken = holderOf(key, context, rule);
    if (taken === undefined) return [];
    const isElsewhere = taken.accountId !== wanted.accountId;
    return [
      {
        kind: "conflict" as const,
        code: isElsewhere ? (rule.elsewhere ?? rule.code) : rule.code,
        message: `${key} is taken${isElsewhere ? " in another account" : ` by ${taken.id}`}`,
        path: rule.path ?? rule.of[0] ?? "",
        rule: rule.rule,
        provenance: rule.provenance,
      },
    ];
  });
}

function holderOf(key: string, context: CloudContext, rule: UniqueRule): CloudResource | undefined {
  const { wanted, cloud } = context;
  const here = others(context).find((other) => keyOf(other, rule) === key);
  if (here !== undefined || rule.within === "region") return here;
  const accounts = rule.within === "everywhere" ? cloud.accountIds : [wanted.accountId];
  return accounts
    .flatMap((accountId) => familyOf(wanted.type).flatMap((type) => cloud.list(accountId, type)))
    .filter(({ accountId, region }) => accountId !== wanted.accountId || region !== wanted.region)
    .find((other) => keyOf(other, rule) === key);
}

/** Undefined where a part is absent or unknown: then there is no name to be taken. */
function keyOf(resource: CloudResource, { of }: UniqueRule): string | undefined {
  const parts = of.map((name) => resource.outputs[name]);
  const known = parts.every((part) => typeof part === "string" || typeof part === "number");
  return known ? parts.join(" ") : undefined;
}
