import { hash } from "node:crypto";

import { AssetValue, UNKNOWN, type PlainRecord, type PlainValue } from "@atoll/aws-model";
import { stableJson } from "@atoll/core";

import { STATE_SIGNATURE } from "../state/deployment.ts";

/** Pulumi's mark of a secret in a state. */
const SECRET = "1b47061264138c4ac30d75fd1eb44270";

/** Inputs that the provider or Pulumi keeps book in. */
const BOOKKEEPING = new Set(["__defaults", "__internal", "tagsAll"]);

/** A resource's inputs before and after, as the AWS model compares them. */
export interface AlignedInputs {
  readonly before: PlainRecord;
  readonly after: PlainRecord;
}

/**
 * Makes what a state has and what a preview says comparable. Values that the provider filled in and nobody asked for are
 * left out; a value that the preview does not know may be what it was; secrets are compared by hash, and one of which
 * only the ciphertext is at hand may be what it was; so are folders and archives, whose hashes the two count differently.
 *
 * @param state inputs as the state has them
 * @param preview inputs as `preview --json` has them, real values standing for planned ones
 */
export function alignInputs(state: unknown, preview: unknown): AlignedInputs {
  const [before, after] = alignRecords(record(state), record(preview));
  return { before, after };
}

type Json = Readonly<Record<string, unknown>>;

function alignRecords(state: Json, preview: Json): readonly [PlainRecord, PlainRecord] {
  const filledIn = new Set(list(state["__defaults"]));
  const names = new Set([...Object.keys(state), ...Object.keys(preview)]);
  const before: Record<string, PlainValue> = {};
  const after: Record<string, PlainValue> = {};
  for (const name of names) {
    const asked = Object.hasOwn(preview, name);
    if (BOOKKEEPING.has(name) || (filledIn.has(name) && !asked)) continue;
    const [old, now] = align(state[name], preview[name]);
    if (old !== undefined) before[name] = old;
    if (now !== undefined) after[name] = now;
  }
  return [before, after];
}

function align(
  state: unknown,
  preview: unknown,
): readonly [PlainValue | undefined, PlainValue | undefined] {
  if (isRecord(preview) && preview["$unknown"] === true) {
    const old = plain(state);
    return [old, old ?? UNKNOWN];
  }
  const kind = isRecord(state) ? state[STATE_SIGNATURE] : undefined;
  if (isRecord(state) && kind === SECRET) return alignSecret(state, preview);
  if (isRecord(preview) && "$secret" in preview) return [plain(state), text(preview["$secret"])];
  if (isRecord(preview) && "$asset" in preview) return alignAsset(state, record(preview["$asset"]));
  if (isRecord(state) && kind === undefined && isRecord(preview)) {
    return alignRecords(state, preview);
  }
  if (Array.isArray(state) && Array.isArray(preview)) {
    const length = Math.max(state.length, preview.length);
    const pairs = Array.from({ length }, (_, index) => align(state[index], preview[index]));
    return [
      pairs.slice(0, state.length).map(([old]) => old ?? null),
      pairs.slice(0, preview.length).map(([, now]) => now ?? null),
    ];
  }
  return [plain(state), plain(preview)];
}

/** A secret that is not one any more, or the other way around, is the same value all the same. */
function alignSecret(
  state: Json,
  preview: unknown,
): readonly [PlainValue | undefined, PlainValue | undefined] {
  const { plaintext } = state;
  const after = isRecord(preview) && "$secret" in preview ? text(preview["$secret"]) : undefined;
  if (typeof plaintext !== "string") return [HIDDEN, preview === undefined ? undefined : HIDDEN];
  const before = hash("sha256", stableJson(JSON.parse(plaintext)), "hex");
  if (after !== undefined || preview === undefined) return [before, after];
  return [before, hash("sha256", stableJson(preview), "hex")];
}

/** Stands for a secret of which nothing is known but that it is one. */
const HIDDEN = "secret";

function alignAsset(
  state: unknown,
  asset: Json,
): readonly [PlainValue | undefined, PlainValue | undefined] {
  const path = typeof asset["path"] === "string" ? asset["path"] : null;
  const after = new AssetValue(path, text(asset["sha256"]));
  if (!isRecord(state) || !(STATE_SIGNATURE in state)) return [plain(state), after];
  const isFile = "hash" in state && !("assets" in state) && state[STATE_SIGNATURE] === ASSET;
  return [isFile ? new AssetValue(path, text(state["hash"])) : after, after];
}

/** Pulumi's mark of a single file or text; folders and archives have another. */
const ASSET = "c44067f5952c0a294b673a41bacd8c17";

function plain(value: unknown): PlainValue | undefined {
  if (Array.isArray(value)) return value.map((item) => plain(item) ?? null);
  if (!isRecord(value)) return value as PlainValue | undefined;
  if (value["$unknown"] === true) return UNKNOWN;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => !BOOKKEEPING.has(name))
      .map(([name, item]) => [name, plain(item) ?? null]),
  );
}

function isRecord(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function record(value: unknown): Json {
  return isRecord(value) ? value : {};
}

function list(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}
