import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { isAbsolute, join, relative, resolve, sep } from "node:path";

import { AssetValue, UNKNOWN, type PlainValue } from "@atoll/aws-model";
import { AtollError, compareText, stableJson, type JsonValue } from "@atoll/core";
import * as rpc from "@pulumi/pulumi/runtime/rpc.js";

import { sha256 } from "./sha256.ts";

/**
 * A value as the SDK sends it to a monitor: JSON in which secrets, assets, resource references and unknowns are
 * objects or text that the SDK reserves.
 */
export type WireValue =
  null | boolean | number | string | readonly WireValue[] | { readonly [key: string]: WireValue };

/** Properties as the SDK sends them. */
export type WireProperties = Readonly<Record<string, WireValue>>;

/** What a preview prints in place of a value that is not known before deployment. */
const UNKNOWN_JSON = { $unknown: true } as const;

type WireObject = { readonly [key: string]: WireValue };

/** The kind of a reserved object; undefined for a plain one. */
function signature(value: WireObject): string | undefined {
  const found = value[rpc.specialSigKey];
  return typeof found === "string" ? found : undefined;
}

function isObject(value: WireValue | undefined): value is WireObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Wraps a value as a secret. */
export function secretOf(value: WireValue): WireValue {
  return { [rpc.specialSigKey]: rpc.specialSecretSig, value };
}

/** True when the value is a secret or holds one. */
export function holdsSecret(value: WireValue | undefined): boolean {
  if (Array.isArray(value)) return value.some(holdsSecret);
  if (!isObject(value)) return false;
  if (signature(value) === rpc.specialSecretSig) return true;
  return Object.values(value).some(holdsSecret);
}

/** Turns what the SDK sends into what the AWS model reads: secrets opened, references resolved, assets opaque. */
function toPlain(value: WireValue | undefined, root: string): PlainValue {
  if (value === rpc.unknownValue) return UNKNOWN;
  if (value === undefined || value === null || typeof value !== "object") return value ?? null;
  if (Array.isArray(value)) return value.map((item: WireValue) => toPlain(item, root));
  const object = value as WireObject;
  switch (signature(object)) {
    case undefined:
      return toPlainProperties(object, root);
    case rpc.specialSecretSig:
    case rpc.specialOutputValueSig:
      return "value" in object ? toPlain(object["value"], root) : UNKNOWN;
    case rpc.specialResourceSig:
      return toPlain(object["id"] ?? object["urn"], root);
    case rpc.specialAssetSig:
    case rpc.specialArchiveSig: {
      const { path, sha256 } = describeAsset(object, root);
      return new AssetValue(path, sha256);
    }
    default:
      throw new AtollError(
        "WIRE_VALUE",
        "The Pulumi SDK sent a value of a kind that is not known here.",
      );
  }
}

/** As `toPlain`, for each property. */
export function toPlainProperties(
  properties: WireProperties,
  root: string,
): Record<string, PlainValue> {
  const result: Record<string, PlainValue> = {};
  for (const key of Object.keys(properties)) result[key] = toPlain(properties[key], root);
  return result;
}

/** Turns what the AWS model answers into what the SDK reads. */
export function fromPlain(value: PlainValue): WireValue {
  if (value === UNKNOWN) return rpc.unknownValue;
  if (value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) return (value as readonly PlainValue[]).map(fromPlain);
  if (value instanceof AssetValue) {
    return {
      [rpc.specialSigKey]: rpc.specialAssetSig,
      path: value.path ?? "",
    };
  }
  const result: Record<string, WireValue> = {};
  const object = value as { readonly [key: string]: PlainValue };
  for (const key of Object.keys(object)) result[key] = fromPlain(object[key] ?? null);
  return result;
}

/**
 * The value as `preview --json` prints it: unknown is `{"$unknown":true}`, a secret `{"$secret":"<sha256>"}`, an asset
 * `{"$asset":{"path","sha256"}}` with a path relative to the workspace root. Keys are sorted.
 */
export function toJson(value: WireValue | undefined, root: string): JsonValue {
  if (value === rpc.unknownValue) return UNKNOWN_JSON;
  if (value === undefined || value === null || typeof value !== "object") return value ?? null;
  if (Array.isArray(value)) return value.map((item: WireValue) => toJson(item, root));
  const object = value as WireObject;
  switch (signature(object)) {
    case undefined: {
      const result: Record<string, JsonValue> = {};
      for (const key of Object.keys(object).sort(compareText))
        result[key] = toJson(object[key], root);
      return result;
    }
    case rpc.specialSecretSig:
      return { $secret: sha256(stableJson(toJson(object["value"], root))) };
    case rpc.specialOutputValueSig:
      return "value" in object ? toJson(object["value"], root) : UNKNOWN_JSON;
    case rpc.specialResourceSig:
      return toJson(object["id"] ?? object["urn"], root);
    case rpc.specialAssetSig:
    case rpc.specialArchiveSig:
      return { $asset: { ...describeAsset(object, root) } };
    default:
      return UNKNOWN_JSON;
  }
}

interface AssetDescription {
  /** Relative to the workspace root; null when the asset is not a file. */
  readonly path: string | null;
  readonly sha256: string;
}

function describeAsset(value: WireObject, root: string): AssetDescription {
  const { path, text, uri, assets } = value;
  if (typeof path === "string" && path !== "") {
    const full = isAbsolute(path) ? path : resolve(root, path);
    return { path: relative(root, full).split(sep).join("/"), sha256: sha256OfPath(full) };
  }
  if (typeof text === "string") return { path: null, sha256: sha256(text) };
  if (typeof uri === "string" && uri !== "") return { path: uri, sha256: sha256(uri) };
  return { path: null, sha256: sha256(stableJson(toJson(assets, root))) };
}

/** A file's hash, or that of a folder's files with their names. */
function sha256OfPath(path: string): string {
  if (!statSync(path).isDirectory()) return sha256(readFileSync(path));
  const digest = createHash("sha256");
  const entries = readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort(compareText);
  for (const entry of entries) {
    digest.update(`${relative(path, entry).split(sep).join("/")}\u0000${sha256OfPath(entry)}\n`);
  }
  return digest.digest("hex");
}
