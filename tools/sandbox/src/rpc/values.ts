import { AssetValue, UNKNOWN, type PlainRecord, type PlainValue } from "@atoll/aws-model";

/*
 * How values travel between the engine and a provider: JSON in which unknowns, secrets, assets and references are
 * marked by text that the protocol reserves. source: the SDK's `runtime/rpc.js` at 3.259.0; that file would load the
 * whole SDK, so its constants stand here and a test holds them against it.
 */

/** Stands for a value that is not known before deployment. */
export const UNKNOWN_TEXT = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
/** Key of the mark in a reserved object. */
export const SIGNATURE = "4dabf18193072939515e22adb298388d";
/** Mark of a secret, whose `value` is what is secret. */
export const SECRET = "1b47061264138c4ac30d75fd1eb44270";
/** Mark of an asset. */
export const ASSET = "c44067f5952c0a294b673a41bacd8c17";
/** Mark of an archive. */
export const ARCHIVE = "0def7320c3a5731c473e5ecbe6d01bc7";
/** Mark of a reference to a resource. */
export const RESOURCE = "5cf8f73096256a8f31e491e813e4eb8e";
/** Mark of an output value, with its dependencies. */
export const OUTPUT_VALUE = "d0e6a833031e9bbcd3f4e8bde6ca49a4";

/** A value as the engine sends it. */
export type WireValue =
  null | boolean | number | string | readonly WireValue[] | { readonly [key: string]: WireValue };

/** Properties as the engine sends them. */
export type WireRecord = Readonly<Record<string, WireValue>>;

/** True for an object that is neither null nor a list. */
function isWireRecord(value: WireValue | undefined): value is WireRecord {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** What the engine sent, as the AWS model reads it: secrets opened, references as ids, assets by their hash. */
export function toPlain(value: WireValue | undefined): PlainValue {
  if (value === UNKNOWN_TEXT) return UNKNOWN;
  if (value === undefined || value === null || typeof value !== "object") return value ?? null;
  if (Array.isArray(value)) return value.map((item: WireValue) => toPlain(item));
  const object = value as WireRecord;
  switch (object[SIGNATURE]) {
    case undefined:
      return toPlainRecord(object);
    case SECRET:
    case OUTPUT_VALUE:
      return "value" in object ? toPlain(object["value"]) : UNKNOWN;
    case RESOURCE:
      return toPlain(object["id"] ?? object["urn"]);
    default: {
      const { path, hash } = object;
      return new AssetValue(
        typeof path === "string" && path !== "" ? path : null,
        typeof hash === "string" ? hash : "",
      );
    }
  }
}

/** As `toPlain`, for each property. */
export function toPlainRecord(record: WireRecord): Record<string, PlainValue> {
  const result: Record<string, PlainValue> = {};
  for (const key of Object.keys(record)) result[key] = toPlain(record[key]);
  return result;
}

/** What the AWS model answered, as the engine reads it. */
export function toWire(value: PlainValue): WireValue {
  if (value === UNKNOWN) return UNKNOWN_TEXT;
  if (value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) return (value as readonly PlainValue[]).map(toWire);
  if (value instanceof AssetValue) {
    return { [SIGNATURE]: ASSET, hash: value.sha256, path: value.path ?? "" };
  }
  return toWireRecord(value as PlainRecord);
}

/** As `toWire`, for each property. */
export function toWireRecord(record: PlainRecord): Record<string, WireValue> {
  const result: Record<string, WireValue> = {};
  for (const key of Object.keys(record)) result[key] = toWire(record[key] ?? null);
  return result;
}

/** True where the value is a secret or holds one. */
export function holdsSecret(value: WireValue | undefined): boolean {
  if (Array.isArray(value)) return value.some(holdsSecret);
  if (!isWireRecord(value)) return false;
  if (value[SIGNATURE] === SECRET) return true;
  return Object.values(value).some(holdsSecret);
}

/**
 * Marks in an answer what was secret in the question, as the engine does for providers that know no secrets: objects
 * key by key, anything else as a whole. What is made of the tags is secret when they are.
 */
export function keepSecrets(answer: WireRecord, ...questions: readonly WireRecord[]): WireRecord {
  let result = answer;
  for (const question of questions) {
    const tags = question["tags"];
    const asked = holdsSecret(tags) ? { ...question, tagsAll: tags ?? null } : question;
    result = markSecrets(result, asked);
  }
  return result;
}

/** A text for people without the secrets that were in a question. */
export function withoutSecrets(text: string, ...questions: readonly WireRecord[]): string {
  let result = text;
  for (const value of questions.flatMap((question) => secretTexts(question, false))) {
    result = result.replaceAll(value, "[secret]");
  }
  return result;
}

/** Every text in a value that is secret, the longest first: one may be a part of another. */
function secretTexts(value: WireValue, isSecretHere: boolean): readonly string[] {
  if (typeof value === "string") return isSecretHere && value !== "" ? [value] : [];
  if (typeof value === "number") return isSecretHere ? [String(value)] : [];
  const found = Array.isArray(value)
    ? value.flatMap((item: WireValue) => secretTexts(item, isSecretHere))
    : isWireRecord(value)
      ? Object.entries(value).flatMap(([key, item]) =>
          key === SIGNATURE ? [] : secretTexts(item, isSecretHere || isSecret(value)),
        )
      : [];
  return [...found].sort((a, b) => b.length - a.length);
}

function markSecrets(answer: WireRecord, question: WireRecord): WireRecord {
  const result: Record<string, WireValue> = { ...answer };
  for (const [key, asked] of Object.entries(question)) {
    const value = result[key];
    if (value === undefined || !holdsSecret(asked)) continue;
    const bothObjects = isPlainObject(value) && isPlainObject(asked);
    if (bothObjects) result[key] = markSecrets(value, asked);
    else if (!isSecret(value)) result[key] = { [SIGNATURE]: SECRET, value };
  }
  return result;
}

function isSecret(value: WireValue): boolean {
  return isWireRecord(value) && value[SIGNATURE] === SECRET;
}

function isPlainObject(value: WireValue): value is WireRecord {
  return isWireRecord(value) && value[SIGNATURE] === undefined;
}
