import type { AwsModel, PlainRecord, Scope } from "@atoll/aws-model";

import type { SoughtResource } from "./identity.ts";

/** What the AWS model says of how a resource would be known. */
export interface PlannedIdentity {
  readonly takesTags: boolean;
  /** The id follows from the inputs alone, as that of an attachment does; undefined where AWS decides it. */
  readonly naturalId: string | undefined;
  /**
   * The id of such a resource that has this ARN; undefined for another kind of resource. Absent where nothing says what
   * its ARN looks like.
   */
  readonly idOf?: (arn: string) => string | undefined;
}

/**
 * ARNs of types that have no output `arn`, with `{id}` for their id.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html, read 2026-11-27
 */
const FURTHER_ARNS: ReadonlyMap<string, string> = new Map([
  ["aws:ec2/natGateway:NatGateway", "arn:{partition}:ec2:{region}:{account}:natgateway/{id}"],
]);

/** Says how a resource would be known in an account. */
export function plannedIdentity(
  model: Pick<AwsModel, "plan" | "check">,
  scope: Scope,
  sought: SoughtResource,
): PlannedIdentity {
  const inputs = sought.inputs as PlainRecord;
  const region = typeof inputs["region"] === "string" ? inputs["region"] : scope.region;
  const at = { ...scope, region };
  const { type } = sought;
  const planAs = (mark: string) => {
    const { name, urn } = sought;
    return model.plan({ type, name: `${name}${mark}`, urn: `${urn}${mark}`, inputs, scope: at });
  };
  const { id, outputs } = planAs("");
  const tags = model.check(type, { tags: {} }, at).filter(({ path }) => path === "tags");
  const further = FURTHER_ARNS.get(type)
    ?.replace("{partition}", at.partition)
    .replace("{region}", region)
    .replace("{account}", at.accountId)
    .replace("{id}", id);
  const arn = outputs["arn"] ?? further;
  return {
    takesTags: !tags.some(({ code }) => code === "UNKNOWN_PROPERTY"),
    naturalId: planAs("'").id === id ? id : undefined,
    ...(typeof arn === "string" ? { idOf: (other: string) => idLike(other, arn, id) } : {}),
  };
}

/** Takes the id out of an ARN that is built as a planned one is. */
function idLike(arn: string, planned: string, plannedId: string): string | undefined {
  const own = plannedId === planned ? planned.replace(/^.*[/:]/u, "") : plannedId;
  const at = planned.lastIndexOf(own);
  if (at < 0 || own === "") return undefined;
  const before = planned.slice(0, at);
  const after = planned.slice(at + own.length);
  const isLike =
    arn.length > before.length + after.length && arn.startsWith(before) && arn.endsWith(after);
  if (!isLike) return undefined;
  return plannedId === planned ? arn : arn.slice(before.length, arn.length - after.length);
}
