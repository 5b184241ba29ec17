import type { Provenance } from "../provenance.ts";
import type { PlainValue } from "../values.ts";
import type { PlanContext } from "./context.ts";

/** How one output is planned: a template, or code where a template cannot say it. */
export type OutputRule = string | ((context: PlanContext) => PlainValue);

/** How AWS names and numbers the resources of one type. */
export interface TypeRule {
  /** Planned before all outputs, so it may use inputs, automatic names and defaults alone. */
  readonly id: OutputRule;
  /** Outputs by name, in the order in which they are planned; later ones may use earlier ones. */
  readonly outputs?: Readonly<Record<string, OutputRule>>;
  /** @default that of the table it is in */
  readonly provenance?: Provenance;
}

/** Rules of the types of one service, by type token. */
export interface RuleTable {
  readonly provenance: Provenance;
  readonly rules: Readonly<Record<string, TypeRule>>;
}

/** A rule for a value that is the same for every resource of the type. */
export function always(value: PlainValue): OutputRule {
  return () => value;
}

/** The provenance of what no source tells. */
export const ASSUMED: Provenance = { kind: "assumed", source: "no source", date: "2026-11-23" };

/** The provenance that most rules share: id shapes as the package's import examples show them. */
export const PROVIDER_EXAMPLES: Provenance = {
  kind: "provider",
  source: "@pulumi/aws 7.48.0, import examples and output descriptions",
  date: "2026-11-23",
};
