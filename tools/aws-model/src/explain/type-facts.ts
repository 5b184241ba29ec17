import { compareText } from "@atoll/core";
import { replacementOf } from "../change/replacement.ts";
import type { ReplacementAnswer } from "../change/replacement.ts";
import { rowOf } from "../change/row-table.ts";
import type { Provenance } from "../provenance.ts";
import type { ResourceTable, ServiceTable } from "../tables/format.ts";
import type { Fact } from "./explanation.ts";

/** Everything that is known of one resource type. */
export function typeFacts(
  type: string,
  table: ResourceTable,
  service: ServiceTable,
  declared: Provenance,
): readonly Fact[] {
  const inputs = Object.keys(table.inputs).sort(compareText);
  const list = (names: readonly string[]) => (names.length === 0 ? "none" : names.join(", "));
  const facts: Fact[] = [
    { what: `Inputs: ${list(inputs)}.`, provenance: declared },
    { what: `Required: ${list([...table.required].sort(compareText))}.`, provenance: declared },
    {
      what: `Outputs that AWS decides: ${list([...table.computed].sort(compareText))}.`,
      provenance: declared,
    },
  ];
  if (table.importExample !== null) {
    facts.push({ what: `An id looks like ${table.importExample}.`, provenance: declared });
  }
  const answers = inputs.map((input) => ({
    input,
    ...replacementOf(type, input, table, service),
  }));
  return [...facts, ...replacementFacts(answers), ...updateFacts(type)];
}

/** One fact for what is verified, and one for what is not. */
function replacementFacts(
  answers: readonly ({ readonly input: string } & ReplacementAnswer)[],
): readonly Fact[] {
  const facts: Fact[] = [];
  for (const verified of [true, false]) {
    for (const replaces of ["yes", "maybe"] as const) {
      const said = answers.filter((one) => one.verified === verified && one.replaces === replaces);
      // The last one: `region`, which is early or late by its letter, has a source of its own.
      const provenance = said.find(({ input }) => input !== "region") ?? said[0];
      if (provenance === undefined) continue;
      const how = replaces === "yes" ? "replaces" : "may replace";
      const doubt = verified ? "" : " (unverified)";
      facts.push({
        what: `A change of one of these ${how} the resource${doubt}: ${said.map(({ input }) => input).join(", ")}.`,
        provenance: provenance.provenance,
      });
    }
  }
  return facts;
}

function updateFacts(type: string): readonly Fact[] {
  const ready = rowOf(type);
  if (ready === undefined) return [];
  const { provenance, row } = ready;
  if (row.updates === "none") return [{ what: "Nothing is updated in place.", provenance }];
  if (row.updates === "tags") return [{ what: "Only tags are updated in place.", provenance }];
  return [];
}
