import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { compareText } from "@atoll/core";
import { parseEnums, parseNested } from "./parse-declarations.ts";
import { parseResource } from "./parse-resource.ts";
import type { NestedTable, ResourceTable, ServiceTable, Shape } from "./format.ts";

/** Tables of every service of an `@pulumi/aws` package, by service, sorted. */
export type GeneratedTables = ReadonlyMap<string, ServiceTable>;

/** Called as the generation goes on. */
export type GenerationProgress = (done: number, total: number, service: string) => void;

/** Folders of the package that hold no resources. */
const NOT_SERVICES = new Set(["types", "node_modules", "config", "scripts"]);

/** Reads the tables of the `@pulumi/aws` package in a folder; takes a second or two. */
export function generateFrom(
  packageFolder: string,
  progress?: GenerationProgress,
): GeneratedTables {
  const enums = readEnums(packageFolder);
  const declarations = readFileSync(join(packageFolder, "types", "input.d.ts"), "utf8");
  const nested: ReadonlyMap<string, NestedTable> = parseNested(declarations, enums);
  const services = readdirSync(packageFolder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !NOT_SERVICES.has(entry.name))
    .map((entry) => entry.name)
    .sort(compareText);
  const tables = new Map<string, ServiceTable>();
  for (const [index, service] of services.entries()) {
    const resources = readService(join(packageFolder, service), enums);
    if (Object.keys(resources).length > 0) {
      tables.set(service, { resources, shapes: shapesOf(resources, nested) });
    }
    progress?.(index + 1, services.length, service);
  }
  return tables;
}

function readEnums(packageFolder: string): Map<string, readonly string[]> {
  const folder = join(packageFolder, "types", "enums");
  const enums = new Map<string, readonly string[]>();
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (!entry.isDirectory()) continue;
    const text = readFileSync(join(folder, entry.name, "index.d.ts"), "utf8");
    for (const [name, values] of parseEnums(text, entry.name)) enums.set(name, values);
  }
  return enums;
}

function readService(
  folder: string,
  enums: ReadonlyMap<string, readonly string[]>,
): Record<string, ResourceTable> {
  const resources: Record<string, ResourceTable> = {};
  for (const file of readdirSync(folder).sort(compareText)) {
    if (!file.endsWith(".js") || file === "index.js") continue;
    const script = readFileSync(join(folder, file), "utf8");
    if (!script.includes("__pulumiType = 'aws:")) continue;
    const declarations = readFileSync(join(folder, `${file.slice(0, -3)}.d.ts`), "utf8");
    const parsed = parseResource(script, declarations, enums);
    if (parsed !== undefined) resources[parsed.type] = parsed.table;
  }
  return resources;
}

/** The nested shapes that a service's resources reach, so that each file stands alone. */
function shapesOf(
  resources: Readonly<Record<string, ResourceTable>>,
  nested: ReadonlyMap<string, NestedTable>,
): Record<string, NestedTable> {
  const found = new Map<string, NestedTable>();
  const queue: string[] = [];
  const collect = (shapes: Readonly<Record<string, Shape>>) => {
    for (const shape of Object.values(shapes)) queue.push(...referencesIn(shape));
  };
  for (const resource of Object.values(resources)) collect(resource.inputs);
  for (let name = queue.pop(); name !== undefined; name = queue.pop()) {
    const table = nested.get(name);
    if (table === undefined || found.has(name)) continue;
    found.set(name, table);
    collect(table.properties);
  }
  return Object.fromEntries([...found].sort(([a], [b]) => compareText(a, b)));
}

function referencesIn(shape: Shape): string[] {
  if (typeof shape === "string" || shape[0] === "enum") return [];
  if (shape[0] === "ref") return [shape[1]];
  return (shape.slice(1) as Shape[]).flatMap(referencesIn);
}
