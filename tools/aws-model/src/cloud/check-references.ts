import type { PlainValue } from "../values.ts";
import type { CloudResource, Refusal } from "./cloud.ts";
import { targetOf, text } from "./look.ts";
import type { CloudContext, CloudRow, Reference } from "./row.ts";
import { referenceRule } from "./rule-names.ts";
import { valuesAt } from "./values-at.ts";
import { vpcOf } from "./vpc-of.ts";

/** What a resource refers to, as far as it is there. */
interface Found {
  readonly reference: Reference;
  readonly path: string;
  readonly target: CloudResource;
}

/** Refuses what names something that is not there, or that is in another VPC. */
export function checkReferences(context: CloudContext, row: CloudRow): readonly Refusal[] {
  if (row.references === "none") return [];
  const { wanted, cloud } = context;
  const refusals: Refusal[] = [];
  const found: Found[] = [];
  for (const reference of row.references) {
    for (const { path, value } of valuesAt(wanted.inputs, reference.path)) {
      if (!names(value, reference)) continue;
      const target = targetOf(reference, value, wanted, cloud);
      if (target !== undefined) found.push({ reference, path, target });
      else if (cloud.complete) refusals.push(notFound(context, reference, path, value));
    }
  }
  return [...refusals, ...checkVpcs(context, found)];
}

function names(value: PlainValue, { except }: Reference): value is string {
  return typeof value === "string" && value !== "" && !(except?.test(value) ?? false);
}

function notFound(
  { wanted }: CloudContext,
  reference: Reference,
  path: string,
  value: string,
): Refusal {
  return {
    kind: "not-found",
    code: reference.code,
    message: `${value} does not exist${reference.within === undefined ? ` in ${wanted.region}` : ""}`,
    path,
    rule: referenceRule(wanted.type, reference),
    provenance: reference.provenance,
  };
}

/** What must be in one VPC: the resource's own comes first, then that of what it names first. */
function checkVpcs({ wanted, cloud }: CloudContext, found: readonly Found[]): readonly Refusal[] {
  let own = text(wanted.inputs, "vpcId");
  const refusals: Refusal[] = [];
  for (const { reference, path, target } of found) {
    if (reference.sameVpc === undefined) continue;
    const vpc = vpcOf(target, cloud);
    own ??= vpc;
    if (vpc === undefined || vpc === own) continue;
    refusals.push({
      kind: "conflict",
      code: reference.sameVpc,
      message: `${target.id} is in ${vpc}, not in ${String(own)}`,
      path,
      rule: referenceRule(wanted.type, reference),
      provenance: reference.provenance,
    });
  }
  return refusals;
}
