import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { follow } from "./source.ts";
import type { Cursor, Facts } from "./source.ts";

/** A shape of botocore's models, as far as it is of interest. */
interface ApiShape {
  readonly type: string;
  readonly members?: Readonly<Record<string, { readonly shape: string }>>;
  readonly member?: { readonly shape: string };
  readonly enum?: readonly string[];
  readonly pattern?: string;
  readonly min?: number;
  readonly max?: number;
}

interface ApiModel {
  readonly operations: Readonly<Record<string, { readonly input?: { readonly shape: string } }>>;
  readonly shapes: Readonly<Record<string, ApiShape>>;
}

/** Reads places of botocore's API models, such as `ec2.CreateVpc`. */
export type ApiSource = (place: string) => Cursor | undefined;

/** The API models of an unpacked botocore, newest version of each service. */
export function apiSource(botocoreFolder: string): ApiSource {
  const models = new Map<string, ApiModel>();
  const modelOf = (service: string): ApiModel => {
    const known = models.get(service);
    if (known !== undefined) return known;
    const folder = join(botocoreFolder, "data", service);
    const version = readdirSync(folder).sort().at(-1) ?? "";
    const packed = readFileSync(join(folder, version, "service-2.json.gz"));
    const model = JSON.parse(gunzipSync(packed).toString("utf8")) as ApiModel;
    models.set(service, model);
    return model;
  };
  return (place) => {
    const [service = "", operation = "", ...path] = place.split(".");
    const model = modelOf(service);
    const input = model.operations[operation]?.input?.shape;
    if (input === undefined) return undefined;
    return follow(shapeCursor(model, input, `api ${service}.${operation}`), path.join("."));
  };
}

/** Every named string shape of a service with a pattern, for cross-checks. */
export function apiPatterns(botocoreFolder: string, service: string): Map<string, string> {
  const folder = join(botocoreFolder, "data", service);
  const version = readdirSync(folder).sort().at(-1) ?? "";
  const packed = readFileSync(join(folder, version, "service-2.json.gz"));
  const { shapes } = JSON.parse(gunzipSync(packed).toString("utf8")) as ApiModel;
  const patterns = new Map<string, string>();
  for (const [name, shape] of Object.entries(shapes)) {
    if (shape.type === "string" && shape.pattern !== undefined) patterns.set(name, shape.pattern);
  }
  return patterns;
}

function shapeCursor(model: ApiModel, name: string, from: string): Cursor {
  const shape = model.shapes[name] ?? { type: "unknown" };
  const base = {
    from,
    facts: factsOf(shape),
    names: () => Object.keys(shape.members ?? {}),
    property(member: string): Cursor | undefined {
      const target = shape.members?.[member]?.shape;
      return target === undefined ? undefined : shapeCursor(model, target, `${from}.${member}`);
    },
    element(): Cursor | undefined {
      const target = shape.member?.shape;
      return target === undefined ? undefined : shapeCursor(model, target, `${from}[]`);
    },
  };
  switch (shape.type) {
    case "structure":
      return { ...base, kind: "object" };
    case "list":
      return { ...base, kind: "list" };
    case "string":
    case "integer":
    case "long":
    case "double":
    case "float":
      return { ...base, kind: "scalar" };
    default:
      return { ...base, kind: "other" };
  }
}

function factsOf(shape: ApiShape): Facts {
  const { min, max } = shape;
  switch (shape.type) {
    case "string":
      return {
        ...(shape.enum === undefined ? {} : { values: shape.enum }),
        ...(shape.pattern === undefined ? {} : { pattern: shape.pattern }),
        ...(min === undefined ? {} : { minLength: min }),
        ...(max === undefined ? {} : { maxLength: max }),
      };
    case "list":
      return {
        ...(min === undefined ? {} : { minItems: min }),
        ...(max === undefined ? {} : { maxItems: max }),
      };
    case "integer":
    case "long":
    case "double":
    case "float":
      return {
        ...(min === undefined ? {} : { min }),
        ...(max === undefined ? {} : { max }),
      };
    default:
      return {};
  }
}
