import { suggest } from "@atoll/core";
import { inputShape, namesInside } from "../change/input-shape.ts";
import { withoutPositions } from "../change/row-table.ts";
import type { Provenance } from "../provenance.ts";
import type { TableStore } from "../tables/store.ts";
import { describeOutput } from "./describe.ts";
import type { CodeExplanation, Explanation } from "./explanation.ts";
import { findSubject } from "./find-subject.ts";
import type { Subject } from "./find-subject.ts";
import { inputFacts } from "./input-facts.ts";
import { typeFacts } from "./type-facts.ts";

/** The day on which the generated tables were last held against the package. */
const DECLARED = "2026-11-23";

/**
 * What is known of a type, an input, an output or a code.
 *
 * @param version of the `@pulumi/aws` that the tables were made from
 * @param codes every code that can be asked for; the first of two with one name counts
 */
export function explainSubject(
  query: string,
  tables: TableStore,
  version: string,
  codes: readonly CodeExplanation[],
): Explanation {
  const code = codes.find((one) => one.code === query);
  if (code !== undefined) {
    const fact = { what: code.text, provenance: code.provenance };
    return { subject: code.code, kind: "code", facts: [fact] };
  }
  const declared: Provenance = {
    kind: "provider",
    source: `@pulumi/aws ${version}`,
    date: DECLARED,
  };
  const subject = findSubject(query, tables);
  if (!("suggestion" in subject)) return explainFound(query, subject, declared);
  const names = codes.map((one) => one.code);
  return unknown(query, subject.suggestion ?? suggest(query, names));
}

function explainFound(
  query: string,
  { type, path: given, table, service }: Exclude<Subject, { suggestion: unknown }>,
  declared: Provenance,
): Explanation {
  if (given === "") {
    return { subject: type, kind: "type", facts: typeFacts(type, table, service, declared) };
  }
  const path = given.replace(/\[\d+\]/gu, "[]");
  const subject = `${type}.${path}`;
  const found = inputShape(path, table, service);
  if (found !== undefined) {
    const facts = inputFacts({
      type,
      path: withoutPositions(path),
      table,
      service,
      found,
      declared,
    });
    return { subject, kind: "input", facts };
  }
  const output = Object.hasOwn(table.outputs, path) ? table.outputs[path] : undefined;
  if (output !== undefined) {
    const computed = table.computed.includes(path) ? " AWS decides it." : "";
    const what = `An output, never an input.${computed}`;
    const kind = `Type: ${describeOutput(output)}.`;
    const facts = [what, kind].map((sentence) => ({ what: sentence, provenance: declared }));
    return { subject, kind: "output", facts };
  }
  const dot = path.lastIndexOf(".");
  const parent = dot < 0 ? undefined : inputShape(path.slice(0, dot), table, service);
  const candidates =
    parent === undefined
      ? [...Object.keys(table.inputs), ...Object.keys(table.outputs)]
      : namesInside(parent.shape, service);
  const meant = suggest(path.slice(dot + 1), candidates);
  const before = dot < 0 ? type : `${type}.${path.slice(0, dot)}`;
  return unknown(query, meant === undefined ? undefined : `${before}.${meant}`);
}

function unknown(query: string, suggestion: string | undefined): Explanation {
  const base = { subject: query, kind: "unknown", facts: [] } as const;
  return suggestion === undefined ? base : { ...base, suggestion };
}
