/*
 * Writes `data/constraints.json`: what AWS's specification and API models say of the inputs of the
 * types in use. For maintainers, after a new `@pulumi/aws` or to take in newer models:
 *
 *   node scripts/generate-constraints.ts <folder of an unpacked botocore> <botocore's version> <ISO day>
 *
 * The folder is what `pip download --no-deps botocore` and `unzip` give.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { compareText } from "@atoll/core";
import type { ConstraintTable } from "../src/check/constraint.ts";
import { serviceOf } from "../src/tables/format.ts";
import { generateFrom } from "../src/tables/generate.ts";
import { apiSource } from "./api-source.ts";
import { collectConstraints } from "./collect-constraints.ts";
import type { TypeSources } from "./collect-constraints.ts";

const [botocore, botocoreVersion, date] = process.argv.slice(2);
if (botocore === undefined || botocoreVersion === undefined || date === undefined) {
  process.stderr.write("usage: generate-constraints.ts <botocore folder> <version> <ISO day>\n");
  process.exit(2);
}

const require = createRequire(import.meta.url);
const data = join(import.meta.dirname, "..", "data");
const inUse = JSON.parse(readFileSync(join(data, "types-in-use.json"), "utf8")) as {
  readonly types: Readonly<Record<string, TypeSources>>;
};
const tables = generateFrom(dirname(require.resolve("@pulumi/aws/package.json")));
const api = apiSource(botocore);
const specVersion = (require("@aws-cdk/aws-service-spec/package.json") as { version: string })
  .version;

const types: Record<string, ConstraintTable["types"][string]> = {};
const coverage = { inputs: 0, constrained: 0 };
for (const [type, sources] of Object.entries(inUse.types).sort(([a], [b]) => compareText(a, b))) {
  const service = tables.get(serviceOf(type) ?? "");
  if (service === undefined) throw new Error(`${type} is of no service`);
  const collected = collectConstraints(type, service, sources, api);
  const scalars = collected.constraints.filter((row) => collected.inputs.includes(row.path));
  coverage.inputs += collected.inputs.length;
  coverage.constrained += scalars.length;
  if (collected.constraints.length > 0) types[type] = collected.constraints;
  const found = `${String(scalars.length)} of ${String(collected.inputs.length)}`;
  process.stdout.write(`${type}: ${found}\n`);
  for (const pattern of collected.dropped) process.stdout.write(`  left out ${pattern}\n`);
}

const table: ConstraintTable = {
  date,
  sources: {
    spec: `@aws-cdk/aws-service-spec ${specVersion}`,
    api: `botocore ${botocoreVersion}`,
    provider: "terraform-provider-aws",
  },
  coverage,
  types,
};
writeFileSync(join(data, "constraints.json"), `${JSON.stringify(table, undefined, 1)}\n`);
process.stdout.write(`${String(coverage.constrained)} of ${String(coverage.inputs)} inputs\n`);
