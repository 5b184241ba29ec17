import {
  AssetValue,
  UNKNOWN,
  type CloudResource,
  type PlainRecord,
  type PlainValue,
} from "@atoll/aws-model";
import { AtollError, compareText, type JsonValue } from "@atoll/core";

import { damaged } from "./damaged.ts";

/** A resource as an account's file keeps it. */
export interface StoredResource extends CloudResource {
  /** The URN that Pulumi had it made or taken over under; null for what nobody's program made. */
  readonly urn: string | null;
}

/** One account's file, read. */
export interface AccountContent {
  readonly organization: string;
  readonly account: string;
  readonly accountId: string;
  /** How many resources calls have made so far: what makes their ids differ from the planned ones and from each other. */
  readonly creations: number;
  /** In the order in which they were made. */
  readonly resources: readonly StoredResource[];
}

const VERSION = 1;
const ABOUT =
  "An account of Atoll's sandbox, not of AWS. Values that are secret in a program are in clear here, as AWS holds them.";

/** The account's file in pieces: JSON with sorted keys, one value a line. */
export function renderAccount(content: AccountContent): readonly Buffer[] {
  const { organization, account, accountId, creations, resources } = content;
  const head = { about: ABOUT, version: VERSION, organization, account, accountId, creations };
  const pieces: Buffer[] = [
    Buffer.from(`${JSON.stringify(head, null, 2).slice(0, -2)},\n  "resources": [`),
  ];
  for (const [index, resource] of resources.entries()) {
    pieces.push(index === 0 ? FIRST : NEXT, renderResource(resource));
  }
  pieces.push(resources.length === 0 ? NONE : LAST);
  return pieces;
}

const FIRST = Buffer.from("\n");
const NEXT = Buffer.from(",\n");
const LAST = Buffer.from("\n  ]\n}\n");
const NONE = Buffer.from("]\n}\n");

/** Most of a file is what it was before, so what is written of a resource is kept for as long as the resource itself. */
const rendered = new WeakMap<StoredResource, Buffer>();

function renderResource(resource: StoredResource): Buffer {
  const known = rendered.get(resource);
  if (known !== undefined) return known;
  const { type, id, region, origin, leaving, urn, inputs, outputs } = resource;
  const value = {
    type,
    id,
    region,
    origin,
    leaving, // absent unless it is true
    urn,
    inputs: toJson(inputs),
    outputs: toJson(outputs),
  };
  const text = JSON.stringify(value, null, 2).replaceAll(/^/gmu, "    ");
  const bytes = Buffer.from(text);
  rendered.set(resource, bytes);
  return bytes;
}

/**
 * Reads an account's file.
 *
 * @throws AtollError `SANDBOX_FILE_DAMAGED`, `SANDBOX_FILE_VERSION`, `SANDBOX_FILE_FOREIGN` when it is another
 * organization's or another account's
 */
export function parseAccount(
  text: string,
  expected: { readonly file: string; readonly organization: string; readonly accountId: string },
): AccountContent {
  const { file, organization, accountId } = expected;
  const fix = `Repair it, or throw its account away with \`atoll sandbox reset ${accountId}\`.`;
  let value: JsonValue;
  try {
    value = JSON.parse(text) as JsonValue;
  } catch (cause) {
    throw damaged({ file, text, fix, cause });
  }
  const found = value as unknown as Partial<AccountContent> & { readonly version?: unknown };
  if (!Array.isArray(found.resources)) {
    throw damaged({ file, text: "", fix, cause: "it has no list of resources" });
  }
  if (found.version !== VERSION) {
    throw new AtollError(
      "SANDBOX_FILE_VERSION",
      `${file} is of version ${String(found.version)}, and this Atoll knows version ${String(VERSION)}: use the Atoll ` +
        `that wrote it, or throw its account away with \`atoll sandbox reset ${accountId}\`.`,
    );
  }
  if (found.organization !== organization || found.accountId !== accountId) {
    throw new AtollError(
      "SANDBOX_FILE_FOREIGN",
      `${file} belongs to account ${String(found.accountId)} of organization ${String(found.organization)}, ` +
        `not to ${accountId} of ${organization}: put it back where it came from.`,
    );
  }
  const resources = (found.resources as readonly JsonValue[]).map((item) =>
    readResource(item as unknown as StoredResource, accountId),
  );
  const { account = "", creations = 0 } = found;
  return { organization, account, accountId, creations, resources };
}

function readResource(item: StoredResource, accountId: string): StoredResource {
  const { type, id, region, origin, leaving, urn, inputs, outputs } = item;
  return {
    type,
    id,
    accountId,
    region,
    origin,
    ...(leaving === true ? { leaving } : {}),
    urn,
    inputs: fromJson(inputs as JsonValue) as PlainRecord,
    outputs: fromJson(outputs as JsonValue) as PlainRecord,
  };
}

/** What cannot be said is left out; assets are written by their hash. */
function toJson(value: PlainValue): JsonValue {
  if (value === UNKNOWN) return null;
  if (value === null || typeof value !== "object") return value;
  if (value instanceof AssetValue) return { $asset: { path: value.path, sha256: value.sha256 } };
  if (Array.isArray(value)) return (value as readonly PlainValue[]).map(toJson);
  const record = value as PlainRecord;
  const result: Record<string, JsonValue> = {};
  for (const key of Object.keys(record).sort(compareText))
    result[key] = toJson(record[key] ?? null);
  return result;
}

function fromJson(value: JsonValue): PlainValue {
  if (value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) return (value as readonly JsonValue[]).map(fromJson);
  const record = value as Readonly<Record<string, JsonValue>>;
  const asset = record["$asset"] as { path: string | null; sha256: string } | undefined;
  if (asset !== undefined) return new AssetValue(asset.path, asset.sha256);
  const result: Record<string, PlainValue> = {};
  for (const key of Object.keys(record)) result[key] = fromJson(record[key] ?? null);
  return result;
}
