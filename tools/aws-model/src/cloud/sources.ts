import type { Provenance } from "../provenance.ts";

const date = "2026-11-27";

/** AWS's list of the error codes of Amazon EC2. */
export const EC2_ERRORS: Provenance = {
  kind: "doc",
  source: "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html",
  date,
};

/** An operation in AWS's API models. */
export function api(operation: string): Provenance {
  return { kind: "api", source: `botocore 1.44.5, ${operation}`, date };
}

/** A file of terraform-provider-aws, with its commit. */
export function provider(file: string): Provenance {
  return { kind: "provider", source: `terraform-provider-aws internal/service/${file}`, date };
}

/** What the package says of an input. */
export function described(input: string): Provenance {
  return { kind: "provider", source: `@pulumi/aws 7.48.0, description of ${input}`, date };
}

/** What somebody has been answered by AWS, and where it is written down. */
export function observed(where: string): Provenance {
  return { kind: "observed", source: where, date };
}
