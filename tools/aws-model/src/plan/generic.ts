import type { Scope } from "../model.ts";
import { UNKNOWN } from "../values.ts";
import type { PlainValue } from "../values.ts";
import { arnTemplate } from "./arn-templates.ts";
import type { PlanContext } from "./context.ts";

/*
 * What can be said of a type without a rule of its own. Its id follows the id in the import example
 * of `@pulumi/aws`: `ipam-0178368ad2146a492` is a prefix and 17 hexadecimal digits, a UUID is a
 * UUID, an account id is the account. Its ARN follows AWS's specification, else the example.
 */

const HEX_SUFFIX = /^([a-z][a-z-]*-)[0-9a-f]{8,17}$/u;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/u;
const ACCOUNT = /^\d{12}$/u;
const REGION = /^[a-z]{2}(?:-[a-z]+)+-\d$/u;
const ARN = /^arn:aws:([a-z0-9-]+):([a-z0-9-]*):(\d*):([^,\s]+)$/u;

/** Inputs that tend to be the name of a resource. */
const NAMING_INPUTS = ["name", "identifier", "bucket"];

/** The id of a resource whose type has no rule. */
export function genericId(context: PlanContext, importExample: string | null): string {
  const { seed, scope } = context;
  const prefix = HEX_SUFFIX.exec(importExample ?? "")?.[1];
  if (prefix !== undefined) return prefix + seed.hex("id", 17);
  if (importExample !== null) {
    if (UUID.test(importExample)) return seed.uuid("id");
    if (ACCOUNT.test(importExample)) return scope.accountId;
    if (REGION.test(importExample)) return scope.region;
    const own = ownName(context) ?? seed.hex("id", 17);
    const arn = ARN.test(importExample)
      ? arnOf(context.type, scope, own, importExample)
      : undefined;
    if (arn !== undefined) return arn;
  }
  return ownName(context) ?? `${context.name}-${seed.hex("id", 17)}`;
}

function ownName({ values }: PlanContext): string | undefined {
  for (const name of NAMING_INPUTS) {
    const value = values[name];
    if (typeof value === "string" && value !== "") return value;
  }
  return undefined;
}

/** An ARN in the form of the specification or of an example; undefined where there is neither. */
function arnOf(
  type: string,
  scope: Scope,
  own: string,
  example: string | null,
): string | undefined {
  const template = arnTemplate(type);
  if (template !== undefined) {
    return template
      .replace("{partition}", scope.partition)
      .replace("{region}", scope.region)
      .replace("{account}", scope.accountId)
      .replace("{own}", () => own);
  }
  const match = ARN.exec(example ?? "");
  if (match === null) return undefined;
  const [, service = "", region = "", account = "", resource = ""] = match;
  const kind = /^[\w-]+[:/]/u.exec(resource)?.[0] ?? "";
  return [
    "arn",
    scope.partition,
    service,
    region === "" ? "" : scope.region,
    account === "" ? "" : scope.accountId,
    kind + own,
  ].join(":");
}

/**
 * The value of an output that no rule covers: what follows from the account, the region and the
 * name of the output, else `UNKNOWN`.
 */
export function genericOutput(
  context: PlanContext,
  name: string,
  kind: string,
  importExample: string | null,
): PlainValue {
  if (!kind.startsWith("s")) return UNKNOWN;
  switch (name) {
    case "arn":
      return genericArn(context, importExample);
    case "ownerId":
    case "ownerAccountId":
    case "accountId":
    case "awsAccountId":
      return context.scope.accountId;
    case "region":
    case "awsRegion":
      return context.scope.region;
    case "namePrefix":
      // provider: empty unless the name was made from a prefix, which is then an input.
      return "";
    default:
      return UNKNOWN;
  }
}

/** Services outside the scope of a region, whose ARNs leave it out. */
const GLOBAL_SERVICES: ReadonlySet<string> = new Set([
  "budgets",
  "cloudfront",
  "globalaccelerator",
  "iam",
  "networkmanager",
  "organizations",
  "route53",
  "shield",
  "waf",
]);

/** Where neither specification nor example tell, the form that most services follow (assumed). */
function genericArn({ type, id, scope }: PlanContext, example: string | null): string {
  if (id.startsWith("arn:")) return id;
  const known = arnOf(type, scope, id, example);
  if (known !== undefined) return known;
  const [service = "", rest = ""] = type.slice("aws:".length).split("/");
  const kind = rest.slice(0, rest.indexOf(":"));
  const dashed = kind.replace(/[A-Z]/gu, (letter) => `-${letter.toLowerCase()}`);
  const region = GLOBAL_SERVICES.has(service) ? "" : scope.region;
  return ["arn", scope.partition, service, region, scope.accountId, `${dashed}/${id}`].join(":");
}
