import { spawn } from "node:child_process";
import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { loadModel } from "../load-model.ts";
import { generateTables, tablesReady } from "./ready.ts";
import { locateTables, openTables, readManifest } from "./store.ts";

const cacheFolder = mkdtempSync(join(tmpdir(), "atoll-aws-model-"));
const manifest = generateTables({ cacheFolder });
const location = locateTables(cacheFolder);
const vpc = "aws:ec2/vpc:Vpc";

afterAll(() => rmSync(cacheFolder, { recursive: true, force: true }));

/** Files beside the tables that a generation might have left behind. */
function leftovers(): string[] {
  return readdirSync(dirname(location.folder)).filter((name) => name.startsWith("."));
}

test("every resource type of the package is in the tables", () => {
  expect(manifest.version).toBe("7.48.0");
  expect(manifest.counts).toEqual({
    types: 1738,
    inputs: 12723,
    computed: 4651,
    required: 3183,
    shapes: 7924,
  });
});

test("a resource has its inputs, required inputs, outputs, defaults and import example", () => {
  const table = openTables(location).service("ec2")?.resources["aws:ec2/routeTable:RouteTable"];
  expect(table).toEqual({
    inputs: {
      propagatingVgws: ["list", "s"],
      region: "s",
      routes: ["list", ["ref", "ec2.RouteTableRoute"]],
      tags: ["map", "s"],
      vpcId: "s",
    },
    required: ["vpcId"],
    outputs: {
      arn: "s",
      ownerId: "s",
      propagatingVgws: "l",
      region: "s",
      routes: "l",
      tags: "m?",
      tagsAll: "m",
      vpcId: "s",
    },
    computed: ["arn", "ownerId", "tagsAll"],
    defaults: {},
    importExample: "rtb-4e616f6d69",
  });
});

test("documented defaults are read where the statement is unconditional", () => {
  const resources = openTables(location).service("ec2")?.resources;
  expect(resources?.[vpc]?.defaults).toEqual({
    assignGeneratedIpv6CidrBlock: false,
    enableDnsHostnames: false,
    enableDnsSupport: true,
    enableNetworkAddressUsageMetrics: false,
  });
});

test("a service's file holds every nested shape that its resources reach", () => {
  const store = openTables(location);
  for (const name of Object.keys(manifest.services)) {
    const table = store.service(name);
    const known = new Set(Object.keys(table?.shapes ?? {}));
    const missing = [...JSON.stringify(table).matchAll(/\["ref","([^"]+)"\]/gu)]
      .map((match) => match[1] ?? "")
      .filter((reference) => !known.has(reference));
    expect({ name, missing }).toEqual({ name, missing: [] });
  }
});

test("every input and computed output has a type", () => {
  const store = openTables(location);
  const untyped: string[] = [];
  for (const name of Object.keys(manifest.services)) {
    for (const [type, table] of Object.entries(store.service(name)?.resources ?? {})) {
      const names = [...Object.keys(table.inputs), ...table.computed];
      untyped.push(...names.filter((output) => !(output in table.outputs)).map((o) => type + o));
      untyped.push(...Object.keys(table.inputs).filter((input) => table.inputs[input] === "a"));
    }
  }
  expect(untyped).toEqual([]);
});

test("a truncated file is noticed and all tables are generated again", () => {
  const file = join(location.folder, "ec2.json");
  const sound = readFileSync(file, "utf8");
  truncateSync(file, 1000);
  expect(loadModel({ cacheFolder }).knows(vpc)).toBe(true);
  expect(readFileSync(file, "utf8")).toBe(sound);
  expect(leftovers()).toEqual([]);
});

test("a file changed without a change of its length is noticed", () => {
  const file = join(location.folder, "ec2.json");
  const sound = readFileSync(file, "utf8");
  writeFileSync(file, sound.replace("cidrBlock", "cidrBlokk"));
  expect(loadModel({ cacheFolder }).knows(vpc)).toBe(true);
  expect(readFileSync(file, "utf8")).toBe(sound);
});

test("a folder without a readable manifest counts as no tables", () => {
  writeFileSync(join(location.folder, "manifest.json"), '{"version": "7.4');
  expect(tablesReady({ cacheFolder })).toBe(false);
  expect(readManifest(location)).toBeUndefined();
  expect(loadModel({ cacheFolder }).knows(vpc)).toBe(true);
  expect(tablesReady({ cacheFolder })).toBe(true);
});

test("a cache that cannot be written still gives a model", () => {
  const blocked = join(cacheFolder, "a-file");
  writeFileSync(blocked, "");
  expect(loadModel({ cacheFolder: blocked }).knows(vpc)).toBe(true);
});

test("two processes that generate at once leave one sound folder", async () => {
  const shared = mkdtempSync(join(tmpdir(), "atoll-aws-model-shared-"));
  const module = join(import.meta.dirname, "ready.ts");
  const program = `import { generateTables } from ${JSON.stringify(module)};
    generateTables({ cacheFolder: ${JSON.stringify(shared)} });`;
  const run = () =>
    new Promise((resolve) => {
      const child = spawn(process.execPath, ["--input-type=module", "-e", program]);
      child.on("exit", resolve);
    });
  expect(await Promise.all([run(), run()])).toEqual([0, 0]);
  const folders = readdirSync(shared);
  expect(folders).toHaveLength(1);
  expect(folders[0]).not.toMatch(/^\./u);
  const other = locateTables(shared);
  for (const name of readdirSync(other.folder)) {
    const bytes = readFileSync(join(other.folder, name), "utf8");
    expect({ name, same: bytes === readFileSync(join(location.folder, name), "utf8") }).toEqual({
      name,
      same: true,
    });
  }
  rmSync(shared, { recursive: true, force: true });
}, 60_000);
