import { jsonInputs } from "../check/check-json.ts";
import type { Constraint } from "../check/constraint.ts";
import { constraintsOf, constraintTable } from "../check/constraint-table.ts";
import type { InputShape } from "../change/input-shape.ts";
import { replacementOf } from "../change/replacement.ts";
import type { ReplacementAnswer } from "../change/replacement.ts";
import { rowOf } from "../change/row-table.ts";
import type { Provenance, ProvenanceKind } from "../provenance.ts";
import type { ResourceTable, ServiceTable } from "../tables/format.ts";
import { describeConstraint, describeShape } from "./describe.ts";
import type { Fact } from "./explanation.ts";

/** An input whose facts are asked for; the path has no positions. */
export interface InputSubject {
  readonly type: string;
  readonly path: string;
  readonly table: ResourceTable;
  readonly service: ServiceTable;
  readonly found: InputShape;
  /** Says where the declarations are from. */
  readonly declared: Provenance;
}

/** Everything that is known of one input. */
export function inputFacts(subject: InputSubject): readonly Fact[] {
  const { type, path, table, service, found, declared } = subject;
  const also = Object.hasOwn(table.outputs, path) ? " It is an output too." : "";
  const what = `An input, ${found.required ? "required" : "optional"}.${also}`;
  const facts: Fact[] = [
    { what, provenance: declared },
    { what: `Type: ${describeShape(found.shape, service)}.`, provenance: declared },
  ];
  const stated = rowOf(type)?.row.defaults?.[path];
  if (stated !== undefined) {
    const provenance = rowOf(type)?.provenance ?? declared;
    facts.push({ what: `Left out, it is ${JSON.stringify(stated)}.`, provenance });
  } else if (Object.hasOwn(table.defaults, path)) {
    const value = JSON.stringify(table.defaults[path]);
    facts.push({ what: `Left out, it is ${value}.`, provenance: declared });
  }
  if (jsonInputs(type, table.inputs).includes(path)) {
    facts.push({ what: "The text is a JSON document.", provenance: declared });
  }
  const row = constraintsOf(type)?.get(path)?.row;
  if (row !== undefined) {
    const provenance = constraintProvenance(row);
    for (const said of describeConstraint(row)) facts.push({ what: said, provenance });
  }
  const answer = replacementOf(type, path, table, service);
  facts.push({ what: replacementText(answer), provenance: answer.provenance });
  return [...facts, ...comparisonFacts(type, path)];
}

/** Whether a change replaces, in a sentence that says when nobody has verified it. */
function replacementText({ replaces, verified, condition }: ReplacementAnswer): string {
  switch (replaces) {
    case "yes":
      return `A change replaces the resource${verified ? "" : " (unverified)"}.`;
    case "no":
      return `A change is made in place${verified ? "" : " (unverified)"}.`;
    case "maybe":
      if (condition !== undefined) return `A change replaces the resource when ${condition}.`;
      return verified
        ? "A change of something inside it replaces the resource."
        : "A change may replace the resource (unverified).";
    case "unknown":
      return "Whether a change replaces the resource is not known.";
  }
}

function comparisonFacts(type: string, path: string): readonly Fact[] {
  const ready = rowOf(type);
  if (ready === undefined) return [];
  const { provenance } = ready;
  const facts: Fact[] = [];
  if (ready.unordered.has(path)) {
    facts.push({ what: "The order of its elements does not count.", provenance });
  }
  if (ready.compare.has(path)) {
    facts.push({ what: "Another spelling of the same meaning is no change.", provenance });
  }
  const refusal = ready.refuses.get(path);
  if (refusal !== undefined) {
    facts.push({ what: `The provider refuses a change when ${refusal.if}.`, provenance });
  }
  const suppressed = ready.suppressed.get(path);
  if (suppressed !== undefined) {
    facts.push({ what: `A change is none when ${suppressed.if}.`, provenance });
  }
  return facts;
}

/** `api ec2.CreateVpc.InstanceTenancy` with the version and the day of the source. */
function constraintProvenance(row: Constraint): Provenance {
  const { date, sources } = constraintTable();
  const places = row.from.map((from) => {
    const [kind = "", ...rest] = from.split(" ");
    return { kind: kind as ProvenanceKind, place: rest.join(" ") };
  });
  const source = places.map(({ kind, place }) => `${sources[kind] ?? kind} ${place}`).join("; ");
  return { kind: places[0]?.kind ?? "assumed", source, date };
}
