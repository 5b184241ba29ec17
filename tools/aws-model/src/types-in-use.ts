import { readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * Resource types that the packages, the stacks and the benchmark create, sorted: those for which the
 * model has naming rules of their own and a constraint for every input that AWS's sources describe.
 */
export function typesInUse(): readonly string[] {
  const file = join(import.meta.dirname, "..", "data", "types-in-use.json");
  const { types } = JSON.parse(readFileSync(file, "utf8")) as {
    readonly types: Readonly<Record<string, unknown>>;
  };
  return Object.keys(types).sort();
}
