import type { Reference } from "./row.ts";

/** `ec2/subnet` of `aws:ec2/subnet:Subnet`. */
export function shortType(type: string): string {
  return type.slice(type.indexOf(":") + 1, type.lastIndexOf(":"));
}

/** Name of the rule that a reference makes, such as `ec2/subnet.vpcId`. */
export function referenceRule(type: string, reference: Reference): string {
  return `${shortType(type)}.${reference.path}`;
}
