/*
 * Writes `data/spec-replacement.json`: what AWS's specification says of inputs that replace their
 * resource, for every type of `@pulumi/aws` that it knows. For maintainers:
 *
 *   node scripts/generate-spec-replacement.ts <ISO day>
 */
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { Property, Resource } from "@aws-cdk/service-spec-types";
import { compareText } from "@atoll/core";
import type { SpecRow } from "../src/change/spec-table.ts";
import type { ResourceTable } from "../src/tables/format.ts";
import { generateFrom } from "../src/tables/generate.ts";
import { matchName } from "./names.ts";
import { specResource } from "./spec-source.ts";
import { specResourceOf } from "./spec-types.ts";

interface Sources {
  readonly spec?: readonly string[];
  readonly renames?: Readonly<Record<string, string>>;
}

const [date] = process.argv.slice(2);
if (date === undefined) {
  process.stderr.write("usage: generate-spec-replacement.ts <ISO day>\n");
  process.exit(2);
}

const require = createRequire(import.meta.url);
const data = join(import.meta.dirname, "..", "data");
const specVersion = (require("@aws-cdk/aws-service-spec/package.json") as { version: string })
  .version;
const inUse = JSON.parse(readFileSync(join(data, "types-in-use.json"), "utf8")) as {
  readonly types: Readonly<Record<string, Sources>>;
};

/** For types in use, the written list decides; a place within a property says nothing here. */
function resourceOf(type: string): Resource | undefined {
  const place = inUse.types[type]?.spec?.[0];
  if (place === undefined) return specResourceOf(type);
  return place.includes(".") ? undefined : specResource(place);
}

function rowOf(type: string, table: ResourceTable, resource: Resource): SpecRow {
  const renames = inUse.types[type]?.renames ?? {};
  const owner = type.slice(type.lastIndexOf(":") + 1);
  const candidates = Object.keys(resource.properties);
  const names: Record<"yes" | "maybe" | "no", string[]> = { yes: [], maybe: [], no: [] };
  for (const input of Object.keys(table.inputs).sort(compareText)) {
    if (input === "tags" || input === "region") continue;
    const name = renames[input] ?? matchName(input, owner, candidates);
    const property: Property | undefined = resource.properties[name ?? ""];
    if (property !== undefined) names[property.causesReplacement ?? "no"].push(input);
  }
  return {
    type: resource.cloudFormationType,
    ...(names.yes.length > 0 && { yes: names.yes.join(" ") }),
    ...(names.maybe.length > 0 && { maybe: names.maybe.join(" ") }),
    ...(names.no.length > 0 && { no: names.no.join(" ") }),
  };
}

const rows = new Map<string, SpecRow>();
for (const { resources } of generateFrom(
  dirname(require.resolve("@pulumi/aws/package.json")),
).values()) {
  for (const [type, table] of Object.entries(resources)) {
    // A default resource is adopted, not made, so what the specification says is of another thing.
    if (/:Default[A-Z]/u.test(type)) continue;
    const resource = resourceOf(type);
    const row = resource === undefined ? undefined : rowOf(type, table, resource);
    if (row !== undefined && Object.keys(row).length > 1) rows.set(type, row);
  }
}

// One type a line: the file is read by a program, and a change of one type shows as one line.
const lines = [...rows]
  .sort(([a], [b]) => compareText(a, b))
  .map(([type, row]) => `${JSON.stringify(type)}: ${JSON.stringify(row)}`);
const head = [
  `"date": ${JSON.stringify(date)}`,
  `"source": ${JSON.stringify(`@aws-cdk/aws-service-spec ${specVersion}`)}`,
];
const text = `{\n${head.join(",\n")},\n"types": {\n${lines.join(",\n")}\n}\n}\n`;
writeFileSync(join(data, "spec-replacement.json"), text);
process.stdout.write(`${String(rows.size)} types\n`);
