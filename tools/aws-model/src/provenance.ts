/**
 * Where a rule of the model comes from.
 *
 * - `provider`: the source of the provider or the installed `@pulumi/aws` itself
 * - `spec`: AWS's resource specification (npm `@aws-cdk/aws-service-spec`)
 * - `api`: AWS's API models (PyPI `botocore`)
 * - `doc`: AWS's documentation
 * - `observed`: seen in an account
 * - `assumed`: nobody has checked it
 */
export type ProvenanceKind = "provider" | "spec" | "api" | "doc" | "observed" | "assumed";

/** The source of a rule, with the day on which it was read. */
export interface Provenance {
  readonly kind: ProvenanceKind;
  /** Package and version, file and commit, or page. */
  readonly source: string;
  /** ISO day. */
  readonly date: string;
}
