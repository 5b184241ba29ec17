import { AtollError, partition } from "@atoll/core";
import { UNKNOWN } from "../values.ts";
import type { PlainValue } from "../values.ts";
import type { PlanContext } from "./context.ts";

/**
 * A text with places in braces, which a rule table keeps instead of code:
 *
 * - `{partition}`, `{account}`, `{region}`, `{dns}` (the partition's DNS suffix), `{id}`
 * - `{hex:17}`, `{digits:4}`, `{lower:8}`, `{upper:17}`, `{uuid}`: stable, made from the resource's
 *   identity and the property's name; `{hex:17@other}` is the one of the property `other`
 * - `{=name}`: an input or output of the resource; a value that is unknown makes the text unknown
 */
type Part = string | ((context: PlanContext, label: string) => PlainValue | undefined);

const parsed = new Map<string, readonly Part[]>();
const PLACE = /\{([^{}]+)\}/u;

/** Fills a template; `UNKNOWN` where a value that it needs is unknown or absent. */
export function fillTemplate(
  template: string,
  context: PlanContext,
  label: string,
): string | typeof UNKNOWN {
  let parts = parsed.get(template);
  if (parts === undefined) {
    parts = template.split(PLACE).map((text, index) => (index % 2 === 0 ? text : placeOf(text)));
    parsed.set(template, parts);
  }
  let text = "";
  for (const part of parts) {
    if (typeof part === "string") {
      text += part;
      continue;
    }
    const value = part(context, label);
    if (typeof value !== "string" && typeof value !== "number") return UNKNOWN;
    text += String(value);
  }
  return text;
}

function placeOf(place: string): Part {
  if (place.startsWith("=")) {
    const name = place.slice(1);
    return ({ values }) => values[name];
  }
  const [kind = "", argument = ""] = place.split(":");
  const [length = "", other] = argument.split("@");
  const of = (label: string) => other ?? label;
  const size = Number(length);
  switch (kind) {
    case "partition":
      return ({ scope }) => scope.partition;
    case "account":
      return ({ scope }) => scope.accountId;
    case "region":
      return ({ scope }) => scope.region;
    case "dns":
      return ({ scope }) => partition(scope.partition).dnsSuffix;
    case "id":
      return ({ id }) => id;
    case "hex":
      return ({ seed }, label) => seed.hex(of(label), size);
    case "digits":
      return ({ seed }, label) => seed.digits(of(label), size);
    case "lower":
      return ({ seed }, label) => seed.lower(of(label), size);
    case "upper":
      return ({ seed }, label) => seed.upper(of(label), size);
    case "uuid":
      return ({ seed }, label) => seed.uuid(of(label));
    default:
      throw new AtollError("MODEL_RULE", `A rule of the model has an unknown place "{${place}}".`);
  }
}
