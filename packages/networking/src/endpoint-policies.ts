import { readFileSync } from "node:fs";
import path from "node:path";

import { type JsonValue, type PartitionName, renderDocument } from "@atoll/core";
import * as pulumi from "@pulumi/pulumi";

/** What an endpoint policy that keeps to one organization is made from. */
export interface OrganizationEndpointPolicyArgs {
  readonly organizationId: pulumi.Input<string>;
  readonly partition: PartitionName;
  readonly region: string;
}

/**
 * A policy for the S3 gateway endpoint, as JSON: the organization's principals reach the organization's buckets, AWS
 * services do their work, and the buckets from which AWS gives out container layers, Amazon Linux packages, patches and
 * agents can be read. Everything else, another organization's bucket above all, is out of reach through this endpoint.
 *
 * @see https://github.com/aws-samples/data-perimeter-policy-examples for the names of AWS's buckets (read 2026-11-23)
 */
export function s3EndpointPolicy(args: OrganizationEndpointPolicyArgs): pulumi.Output<string> {
  const { partition, region } = args;
  const document = s3Document();
  return pulumi
    .output(args.organizationId)
    .apply((organizationId) => renderDocument(document, { organizationId, partition, region }));
}

let loaded: JsonValue | undefined;

function s3Document(): JsonValue {
  const file = path.join(import.meta.dirname, "..", "assets", "endpoint-policies", "s3.json");
  loaded ??= JSON.parse(readFileSync(file, "utf8")) as JsonValue;
  return loaded;
}
