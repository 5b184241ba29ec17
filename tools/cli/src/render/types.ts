import { compareText } from "@atoll/core";
import type { ResourcePreview } from "@atoll/engine";

import { plural } from "./table.ts";

/** `ec2.Subnet` for `aws:ec2/subnet:Subnet`, `networking.Vpc` for `atoll:networking:Vpc`. */
export function shortType(type: string): string {
  const parts = type.split(":");
  const name = parts.at(-1) ?? type;
  const module = parts.length < 3 ? parts[0] : parts[1]?.split("/")[0];
  if (parts.length === 1 || module === undefined) return type;
  return module === "index" || module === "" ? `${parts[0] ?? ""}.${name}` : `${module}.${name}`;
}

/** The stack itself, providers and references to other stacks: machinery that counts leave out. */
export function isMachinery(type: string): boolean {
  return type.startsWith("pulumi:");
}

/** Resources by type, machinery left out. */
export function countTypes(resources: readonly ResourcePreview[]): Record<string, number> {
  const counts = new Map<string, number>();
  for (const { type } of resources) {
    if (!isMachinery(type)) counts.set(type, (counts.get(type) ?? 0) + 1);
  }
  return Object.fromEntries([...counts].sort(([a], [b]) => compareText(a, b)));
}

/** How many resources that is. */
export function totalOf(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}

/** `9 ec2.Subnet, 3 ec2.Eip and 2 other types`: the most frequent first. */
export function countsText(
  counts: Readonly<Record<string, number>>,
  limit = Number.POSITIVE_INFINITY,
): string {
  const byShortType = new Map<string, number>();
  for (const [type, count] of Object.entries(counts)) {
    const short = shortType(type);
    byShortType.set(short, (byShortType.get(short) ?? 0) + count);
  }
  const sorted = [...byShortType].sort(([a, m], [b, n]) => n - m || compareText(a, b));
  const shown = sorted.slice(0, limit).map(([type, count]) => `${String(count)} ${type}`);
  const others = sorted.length - shown.length;
  return others === 0
    ? shown.join(", ")
    : `${shown.join(", ")} and ${plural(others, "other type", "other types")}`;
}

/** The regions that a stack's providers and resources are in, sorted. */
export function regionsOf(resources: readonly ResourcePreview[]): readonly string[] {
  const regions = new Set<string>();
  for (const { inputs } of resources) {
    if (inputs === null || typeof inputs !== "object" || !("region" in inputs)) continue;
    const { region } = inputs;
    if (typeof region === "string" && region !== "") regions.add(region);
  }
  return [...regions].sort(compareText);
}
