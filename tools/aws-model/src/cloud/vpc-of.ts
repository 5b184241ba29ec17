import type { Cloud, CloudResource } from "./cloud.ts";
import { beside, text } from "./look.ts";
import { GATEWAY_ATTACHMENT, INTERNET_GATEWAY, VPCS } from "./type-names.ts";

/** The VPC that a resource is in; undefined where it is in none, or in one that is not known. */
export function vpcOf(resource: CloudResource, cloud: Cloud): string | undefined {
  if (VPCS.includes(resource.type)) return resource.id;
  const vpcId = text(resource.outputs, "vpcId");
  if (vpcId !== undefined || resource.type !== INTERNET_GATEWAY) return vpcId;
  const attachment = beside(cloud, resource, [GATEWAY_ATTACHMENT]).find(
    ({ inputs }) => inputs["internetGatewayId"] === resource.id,
  );
  return attachment === undefined ? undefined : text(attachment.outputs, "vpcId");
}

/** The internet gateway of a VPC. */
export function internetGatewayOf(
  vpcId: string,
  from: Pick<CloudResource, "accountId" | "region">,
  cloud: Cloud,
): CloudResource | undefined {
  return beside(cloud, from, [INTERNET_GATEWAY]).find((item) => vpcOf(item, cloud) === vpcId);
}
