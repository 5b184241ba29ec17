import { createHash } from "node:crypto";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { AtollError, compareText } from "@atoll/core";
import type { GeneratedTables, GenerationProgress, generateFrom } from "./generate.ts";
import type { ServiceTable, TableManifest } from "./format.ts";

const require = createRequire(import.meta.url);

/** The tables of one version of `@pulumi/aws`, read a service at a time. */
export interface TableStore {
  readonly manifest: TableManifest;
  /** Undefined for a service that the package does not have. */
  service(name: string): ServiceTable | undefined;
}

/** The installed `@pulumi/aws`, and where its tables are kept. */
export interface TableLocation {
  /** The folder of the installed package. */
  readonly packageFolder: string;
  readonly version: string;
  /** Where the tables of this version and this generator are kept. */
  readonly folder: string;
}

const MANIFEST = "manifest.json";

/**
 * Where the tables are. The name of the folder holds the package's version and a digest of the
 * generator's sources, so another version or generator never meets old tables.
 *
 * @throws AtollError `AWS_PACKAGE_MISSING` when `@pulumi/aws` is not installed
 */
export function locateTables(cacheFolder?: string): TableLocation {
  const packageFolder = findPackage();
  const { version } = JSON.parse(readFileSync(join(packageFolder, "package.json"), "utf8")) as {
    version: string;
  };
  const modules = dirname(dirname(packageFolder));
  const cache = cacheFolder ?? join(modules, ".cache", "atoll", "aws-model");
  return { packageFolder, version, folder: join(cache, `${version}-${generatorDigest()}`) };
}

function findPackage(): string {
  try {
    return dirname(require.resolve("@pulumi/aws/package.json"));
  } catch (cause) {
    throw new AtollError(
      "AWS_PACKAGE_MISSING",
      "The package @pulumi/aws is not installed; run `npm install` at the workspace root.",
      { cause },
    );
  }
}

let digest: string | undefined;

function generatorDigest(): string {
  if (digest !== undefined) return digest;
  const hash = createHash("sha256");
  for (const file of [
    "format",
    "generate",
    "parse-declarations",
    "parse-resource",
    "parse-shape",
  ]) {
    hash.update(readFileSync(join(import.meta.dirname, `${file}.ts`)));
  }
  digest = hash.digest("hex").slice(0, 12);
  return digest;
}

/** The tables at a location, or undefined when they have to be generated first. */
export function readManifest(location: TableLocation): TableManifest | undefined {
  try {
    const text = readFileSync(join(location.folder, MANIFEST), "utf8");
    const manifest = JSON.parse(text) as TableManifest;
    return manifest.version === location.version ? manifest : undefined;
  } catch {
    return undefined; // Missing or half-written: both mean that there are no tables.
  }
}

/**
 * Opens the tables, generating them first when they are missing. A file that is damaged is
 * noticed by its digest, and all tables are generated again.
 */
export function openTables(location: TableLocation): TableStore {
  let manifest = readManifest(location) ?? writeTables(location, generate(location));
  const loaded = new Map<string, ServiceTable>();
  return {
    get manifest() {
      return manifest;
    },
    service(name) {
      const known = loaded.get(name);
      if (known !== undefined) return known;
      if (manifest.services[name] === undefined) return undefined;
      let table = readService(location, manifest, name);
      if (table === undefined) {
        const tables = generate(location);
        manifest = writeTables(location, tables);
        table = tables.get(name);
      }
      if (table !== undefined) loaded.set(name, table);
      return table;
    },
  };
}

/** Generates the tables of a location's package, without writing them. */
export function generate(location: TableLocation, progress?: GenerationProgress): GeneratedTables {
  // Deferred: a warm start never parses the generator.
  const generator = require("./generate.ts") as { generateFrom: typeof generateFrom };
  return generator.generateFrom(location.packageFolder, progress);
}

function readService(
  location: TableLocation,
  manifest: TableManifest,
  name: string,
): ServiceTable | undefined {
  try {
    const bytes = readFileSync(join(location.folder, `${name}.json`));
    if (sha256(bytes) !== manifest.services[name]) return undefined;
    return JSON.parse(bytes.toString("utf8")) as ServiceTable;
  } catch {
    return undefined; // Unreadable or damaged: generated again by the caller.
  }
}

/**
 * Writes tables beside their place and renames the folder into it, so that a reader sees all of
 * them or none. Where another process was first, its tables are as good: they are the same bytes.
 * A cache that cannot be written costs the next start a second; it is not an error.
 */
export function writeTables(location: TableLocation, tables: GeneratedTables): TableManifest {
  const files = new Map([...tables].map(([name, table]) => [name, JSON.stringify(table)]));
  const manifest: TableManifest = {
    version: location.version,
    counts: countTables(tables),
    services: Object.fromEntries([...files].map(([name, text]) => [name, sha256(text)])),
  };
  const parent = dirname(location.folder);
  let temporary: string | undefined;
  try {
    mkdirSync(parent, { recursive: true });
    temporary = mkdtempSync(join(parent, `.${basename(location.folder)}-`));
    for (const [name, text] of files) writeFileSync(join(temporary, `${name}.json`), text);
    writeFileSync(join(temporary, MANIFEST), JSON.stringify(manifest));
    moveInto(temporary, location);
  } catch {
    if (temporary !== undefined) rmSync(temporary, { recursive: true, force: true });
  }
  return manifest;
}

function moveInto(temporary: string, location: TableLocation): void {
  try {
    renameSync(temporary, location.folder);
    return;
  } catch {
    // Something is in the way: sound tables of another process, or damaged ones.
    if (isSound(location)) {
      rmSync(temporary, { recursive: true, force: true });
      return;
    }
    const aside = `${temporary}-old`;
    renameSync(location.folder, aside);
    renameSync(temporary, location.folder);
    rmSync(aside, { recursive: true, force: true });
  }
}

function isSound(location: TableLocation): boolean {
  const manifest = readManifest(location);
  if (manifest === undefined) return false;
  const names = Object.keys(manifest.services).sort(compareText);
  const present = new Set(readdirSync(location.folder));
  return names.every(
    (name) => present.has(`${name}.json`) && readService(location, manifest, name) !== undefined,
  );
}

function countTables(tables: GeneratedTables): TableManifest["counts"] {
  const counts = { types: 0, inputs: 0, computed: 0, required: 0, shapes: 0 };
  for (const table of tables.values()) {
    counts.shapes += Object.keys(table.shapes).length;
    for (const resource of Object.values(table.resources)) {
      counts.types += 1;
      counts.inputs += Object.keys(resource.inputs).length;
      counts.computed += resource.computed.length;
      counts.required += resource.required.length;
    }
  }
  return counts;
}

function sha256(content: string | Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}
