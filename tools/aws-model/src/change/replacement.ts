import { ASSUMED } from "../plan/type-rule.ts";
import type { Provenance } from "../provenance.ts";
import type { ResourceTable, ServiceTable } from "../tables/format.ts";
import { inputShape, namesInside } from "./input-shape.ts";
import { isBelow, REGION_PROVENANCE, rowOf, withoutPositions } from "./row-table.ts";
import { specAnswers } from "./spec-table.ts";

/** Whether a change of an input replaces its resource, and who says so. */
export interface ReplacementAnswer {
  /** `maybe`: on a condition, or where something inside it changes. */
  readonly replaces: "yes" | "no" | "maybe" | "unknown";
  /** True where it was read in the provider's source; else it is AWS's specification, or nothing. */
  readonly verified: boolean;
  /** The condition of a `maybe`, in words, where it is known. */
  readonly condition?: string;
  readonly provenance: Provenance;
}

const UNANSWERED: ReplacementAnswer = {
  replaces: "unknown",
  verified: false,
  provenance: ASSUMED,
};

/** Whether a change of an input replaces its resource. Positions in the path do not matter. */
export function replacementOf(
  type: string,
  property: string,
  table: ResourceTable | undefined,
  service: ServiceTable | undefined,
): ReplacementAnswer {
  const path = withoutPositions(property.replace(/\[\d+\]/gu, "[]"));
  if (table === undefined || service === undefined) return UNANSWERED;
  const found = inputShape(path, table, service);
  if (found === undefined) return UNANSWERED;
  if (path === "region") return { replaces: "yes", verified: true, provenance: REGION_PROVENANCE };
  return (
    rowAnswer(type, path, namesInside(found.shape, service).length > 0) ??
    specAnswers(type).get(headOf(path)) ??
    UNANSWERED
  );
}

function rowAnswer(type: string, path: string, isObject: boolean): ReplacementAnswer | undefined {
  const ready = rowOf(type);
  if (ready === undefined || ready.unread(path)) return undefined;
  const { provenance } = ready;
  if (ready.replaces(path) && isObject && !ready.replacesWhole(path)) {
    const condition = "it comes or goes, or something inside it that replaces changes";
    return { replaces: "maybe", verified: true, condition, provenance };
  }
  if (ready.replaces(path)) return { replaces: "yes", verified: true, provenance };
  for (const [on, { if: condition }] of ready.when) {
    if (isBelow(path, [on])) return { replaces: "maybe", verified: true, condition, provenance };
  }
  const below = ready.replacesBelow(path);
  return { replaces: below ? "maybe" : "no", verified: true, provenance };
}

/** The input that a path begins with. */
export function headOf(path: string): string {
  return /^[^.[]+/u.exec(path)?.[0] ?? path;
}
