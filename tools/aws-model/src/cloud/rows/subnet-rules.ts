import { zonesOf } from "@atoll/aws-facts";
import { containsCidr, overlapsCidr, parseCidr } from "@atoll/core";
import type { Cidr } from "@atoll/core";
import { zoneNameOf } from "../../plan/zones.ts";
import type { CloudResource } from "../cloud.ts";
import { beside, others, targetOf, text } from "../look.ts";
import type { CheckRule, CloudContext } from "../row.ts";
import { EC2_ERRORS } from "../sources.ts";
import { toVpc } from "./references.ts";

/** A further block of a VPC. */
const SECONDARY_BLOCK = "aws:ec2/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation";

function blockOf({ outputs }: CloudResource): Cidr | undefined {
  const block = text(outputs, "cidrBlock");
  return block === undefined ? undefined : parseCidr(block);
}

function vpcOfSubnet({ wanted, cloud }: CloudContext): CloudResource | undefined {
  const vpcId = text(wanted.outputs, "vpcId");
  return vpcId === undefined ? undefined : targetOf(toVpc("vpcId"), vpcId, wanted, cloud);
}

/** A subnet's block lies in a block of its VPC. */
export const insideVpc: CheckRule = {
  rule: "ec2/subnet-inside-vpc",
  kind: "out-of-range",
  code: "InvalidSubnet.Range",
  text: "A subnet's block lies in one of the blocks of its VPC.",
  provenance: EC2_ERRORS,
  check(context) {
    const vpc = vpcOfSubnet(context);
    const block = blockOf(context.wanted);
    const main = vpc === undefined ? undefined : blockOf(vpc);
    if (vpc === undefined || block === undefined || main === undefined) return [];
    const further = beside(context.cloud, vpc, [SECONDARY_BLOCK])
      .filter(({ outputs }) => outputs["vpcId"] === vpc.id)
      .map(blockOf);
    const isInside = [main, ...further].some(
      (outer) => outer !== undefined && containsCidr(outer, block),
    );
    if (isInside) return [];
    const message = `The CIDR '${block.text}' is invalid: ${vpc.id} has ${main.text}`;
    return [{ path: "cidrBlock", message }];
  },
};

/** Two subnets of a VPC have no address in common. */
export const subnetsApart: CheckRule = {
  rule: "ec2/subnets-apart",
  code: "InvalidSubnet.Conflict",
  text: "The blocks of two subnets of a VPC do not overlap.",
  provenance: EC2_ERRORS,
  check(context) {
    const { wanted } = context;
    const block = blockOf(wanted);
    if (block === undefined) return [];
    const other = others(context).find((subnet) => {
      const theirs = blockOf(subnet);
      const isNeighbour = subnet.outputs["vpcId"] === wanted.outputs["vpcId"];
      return isNeighbour && theirs !== undefined && overlapsCidr(theirs, block);
    });
    if (other === undefined) return [];
    const message = `The CIDR '${block.text}' conflicts with another subnet: ${other.id} has ${text(other.outputs, "cidrBlock") ?? ""}`;
    return [{ path: "cidrBlock", message }];
  },
};

/** A subnet's zone is one of its region. */
export const zoneOfRegion: CheckRule = {
  rule: "ec2/zone-of-region",
  kind: "out-of-range",
  code: "InvalidParameterValue",
  text: "A subnet's Availability Zone is one of the region that the subnet is made in.",
  provenance: EC2_ERRORS,
  check({ wanted }) {
    const { region, inputs } = wanted;
    const zones = zonesOf(region);
    const name = text(inputs, "availabilityZone");
    const id = text(inputs, "availabilityZoneId");
    // A zone that the dated table has not may be new; one of another region is wrong for sure.
    const isWrongName = name !== undefined && !name.startsWith(region);
    const prefix = zones[0]?.split("-")[0];
    const isWrongId = id !== undefined && prefix !== undefined && id.split("-")[0] !== prefix;
    const names = zones.flatMap((zone) => zoneNameOf(zone, region) ?? []).join(", ");
    return [
      ...(isWrongName ? [{ path: "availabilityZone", message: message(name, names) }] : []),
      ...(isWrongId
        ? [{ path: "availabilityZoneId", message: message(id, zones.join(", ")) }]
        : []),
    ];
  },
};

function message(zone: string, zones: string): string {
  return `Value (${zone}) for parameter availabilityZone is invalid. Subnets can be created in: ${zones}`;
}
