import type { Provenance } from "../provenance.ts";

/** One thing that is known of a subject, and from where. */
export interface Fact {
  /** A sentence. */
  readonly what: string;
  readonly provenance: Provenance;
}

/** What is known of a type, an input, an output or a code. */
export interface Explanation {
  /** In full: `aws:ec2/subnet:Subnet.cidrBlock`, or a code; the query where it is unknown. */
  readonly subject: string;
  readonly kind: "type" | "input" | "output" | "code" | "unknown";
  /** From the general to the particular; empty for what is unknown. */
  readonly facts: readonly Fact[];
  /** For what is unknown: the query that was probably meant. */
  readonly suggestion?: string;
}

/** A code of a finding or a rule, such as `WRONG_TYPE` or `ec2/subnet-inside-vpc`. */
export interface CodeExplanation {
  readonly code: string;
  /** What it means and what to do, in one or two sentences. */
  readonly text: string;
  readonly provenance: Provenance;
}
