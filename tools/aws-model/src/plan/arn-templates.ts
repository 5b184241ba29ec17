import { readFileSync } from "node:fs";
import { join } from "node:path";

/** The committed table of ARN forms, from AWS's specification. */
interface ArnTable {
  readonly date: string;
  readonly source: string;
  /** `{partition}`, `{region}`, `{account}` and `{own}`, the resource's name or id, by type. */
  readonly templates: Readonly<Record<string, string>>;
}

let table: ArnTable | undefined;

/** The form of a type's ARNs; undefined where the specification has none. */
export function arnTemplate(type: string): string | undefined {
  if (table === undefined) {
    const file = join(import.meta.dirname, "..", "..", "data", "arns.json");
    table = JSON.parse(readFileSync(file, "utf8")) as ArnTable;
  }
  return Object.hasOwn(table.templates, type) ? table.templates[type] : undefined;
}
