import { compareText } from "@atoll/core";
import type { Finding } from "../model.ts";
import type { ResourceTable, ServiceTable } from "../tables/format.ts";
import type { PlainRecord } from "../values.ts";
import { checkConstraints } from "./check-constraints.ts";
import { checkJson, jsonInputs } from "./check-json.ts";
import { checkObject } from "./check-shape.ts";

/** Everything that is wrong with a resource's inputs, sorted by path and code. */
export function checkInputs(
  type: string,
  inputs: PlainRecord,
  table: ResourceTable,
  service: ServiceTable,
): readonly Finding[] {
  const shape = {
    properties: table.inputs,
    required: table.required,
    alsoKnown: table.outputs,
  };
  const findings = [
    ...checkObject(inputs, shape, service.shapes),
    ...checkConstraints(type, inputs),
    ...checkJson(jsonInputs(type, table.inputs), inputs),
  ];
  if (findings.length < 2) return findings;
  return findings.sort((a, b) => compareText(a.path, b.path) || compareText(a.code, b.code));
}
