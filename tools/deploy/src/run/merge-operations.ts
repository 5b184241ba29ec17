import type { Operation } from "./operations.ts";

/** What two passes over a stack did together: the second changes what the first only took over. */
export function mergeOperations(
  first: readonly Operation[],
  second: readonly Operation[],
): readonly Operation[] {
  const merged = new Map(first.map((operation) => [operation.urn, operation]));
  for (const operation of second) {
    const before = merged.get(operation.urn);
    const isNews = before === undefined || before.op === "same" || operation.state === "failed";
    if (isNews) merged.set(operation.urn, operation);
  }
  return [...merged.values()];
}
