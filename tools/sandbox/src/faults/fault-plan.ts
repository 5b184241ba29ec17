import { AtollError, compareText, suggest, type JsonValue } from "@atoll/core";

/** What the provider is asked: the calls that faults can be about. */
export type CallKind = "create" | "update" | "delete" | "read" | "invoke";

/** Which calls a fault is about: all of them, or those of a kind, of a type, in a region, for a logical name. */
export interface CallFilter {
  /** @default every kind */
  readonly calls?: readonly CallKind[];
  /** Type tokens. @default every type */
  readonly types?: readonly string[];
  /** Stacks. @default every stack */
  readonly stacks?: readonly string[];
}

/** A share of calls is throttled. */
export interface ThrottlingFault extends CallFilter {
  /** 0 to 1. */
  readonly rate: number;
  /** How often the provider tries again by itself, as its `max_retries` says. @default 0: every one shows */
  readonly retries?: number;
}

/** What was made is not found for a while. */
export interface ConsistencyFault extends CallFilter {
  /** How many look-ups do not find it. @default 1 */
  readonly lookups?: number;
  /** How often the provider itself looks again before it gives up. @default 5 */
  readonly retries?: number;
}

/** One call fails. */
export interface FailureFault extends CallFilter {
  /** Counted from 1 over all processes of the sandbox, among the calls that the filter takes. */
  readonly call: number;
  /** AWS's error code. @default "InternalError" */
  readonly code?: string;
  /** @default "An internal error occurred" */
  readonly message?: string;
}

/** A process is killed at one call. */
export interface KillFault extends CallFilter {
  /** Counted as for a failure. */
  readonly call: number;
  /** Before AWS has done it, or after it has and nobody was told. @default "before" */
  readonly when?: "before" | "after";
  /** The provider, or the Pulumi engine that started it. @default "provider" */
  readonly process?: "provider" | "engine";
}

/** What is to go wrong: the content of the file that `ATOLL_SANDBOX_FAULTS` names. */
export interface FaultPlan {
  /** Another seed throttles other calls. @default 0 */
  readonly seed?: number;
  /** How long each call takes. @default 0 */
  readonly latencyMilliseconds?: number;
  /** What a provider's process takes at least: the real one is larger than the sandbox's. @default 0 */
  readonly memoryMiB?: number;
  readonly throttling?: ThrottlingFault;
  readonly eventualConsistency?: ConsistencyFault;
  readonly failures?: readonly FailureFault[];
  readonly kills?: readonly KillFault[];
  /** Regions in which every call answers 503. */
  readonly unavailableRegions?: readonly string[];
}

type Check = (value: JsonValue) => string | undefined;

const CALL_KINDS = ["create", "update", "delete", "read", "invoke"];

const wholeFrom =
  (least: number): Check =>
  (value) =>
    Number.isInteger(value) && (value as number) >= least
      ? undefined
      : `a whole number from ${String(least)} on`;
const share: Check = (value) =>
  typeof value === "number" && value >= 0 && value <= 1 ? undefined : "a number from 0 to 1";
const text: Check = (value) => (typeof value === "string" ? undefined : "a text");
const oneOf =
  (...allowed: readonly string[]): Check =>
  (value) =>
    allowed.includes(value as string) ? undefined : `one of ${allowed.join(", ")}`;
const listOf =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value)
      ? value.map((item: JsonValue) => check(item)).find((found) => found !== undefined)
      : "a list";

const FILTER = {
  calls: listOf(oneOf(...CALL_KINDS)),
  types: listOf(text),
  stacks: listOf(text),
} as const;
const OBJECTS: Readonly<Record<string, Readonly<Record<string, Check>>>> = {
  throttling: { ...FILTER, rate: share, retries: wholeFrom(0) },
  eventualConsistency: { ...FILTER, lookups: wholeFrom(1), retries: wholeFrom(0) },
  failures: { ...FILTER, call: wholeFrom(1), code: text, message: text },
  kills: {
    ...FILTER,
    call: wholeFrom(1),
    when: oneOf("before", "after"),
    process: oneOf("provider", "engine"),
  },
};
const VALUES: Readonly<Record<string, Check>> = {
  seed: wholeFrom(0),
  latencyMilliseconds: wholeFrom(0),
  memoryMiB: wholeFrom(0),
  unavailableRegions: listOf(text),
};
const REQUIRED: Readonly<Record<string, string>> = {
  throttling: "rate",
  failures: "call",
  kills: "call",
};

/**
 * Reads a plan of faults.
 *
 * @param file only for the messages
 * @throws AtollError `SANDBOX_FAULTS_INVALID` with everything that is wrong with it
 */
export function parseFaultPlan(source: string, file: string): FaultPlan {
  let value: JsonValue;
  try {
    value = JSON.parse(source) as JsonValue;
  } catch (cause) {
    throw invalid(file, [`it is not JSON: ${(cause as Error).message}`], cause);
  }
  const problems = checkPlan(value);
  if (problems.length > 0) throw invalid(file, problems);
  return value as FaultPlan;
}

function checkPlan(value: JsonValue): readonly string[] {
  if (!isObject(value)) return ["it is not an object"];
  return Object.entries(value).flatMap(([key, item]) => {
    const simple = VALUES[key];
    if (simple !== undefined) return wrong(key, simple(item));
    const properties = OBJECTS[key];
    if (properties === undefined) {
      return [unknown(key, [...Object.keys(VALUES), ...Object.keys(OBJECTS)])];
    }
    const isList = key === "failures" || key === "kills";
    if (!isList) return checkObject(key, key, item);
    if (!Array.isArray(item)) return wrong(key, "a list");
    return item.flatMap((each: JsonValue, at) => checkObject(key, `${key}[${String(at)}]`, each));
  });
}

function checkObject(kind: string, path: string, value: JsonValue): readonly string[] {
  const properties = OBJECTS[kind] ?? {};
  if (!isObject(value)) return wrong(path, "an object");
  const required = REQUIRED[kind];
  const missing =
    required !== undefined && !(required in value) ? [`${path}.${required} is missing`] : [];
  const found = Object.entries(value).flatMap(([key, item]) => {
    const check = properties[key];
    return check === undefined
      ? [unknown(`${path}.${key}`, Object.keys(properties))]
      : wrong(`${path}.${key}`, check(item));
  });
  return [...missing, ...found];
}

function wrong(path: string, expected: string | undefined): readonly string[] {
  return expected === undefined ? [] : [`${path} is not ${expected}`];
}

function unknown(path: string, known: readonly string[]): string {
  const word = path.slice(path.lastIndexOf(".") + 1);
  const near = suggest(word, known);
  const hint =
    near === undefined ? [...known].sort(compareText).join(", ") : `did you mean ${near}?`;
  return `${path} is not known (${hint})`;
}

function isObject(value: JsonValue): value is Readonly<Record<string, JsonValue>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function invalid(file: string, problems: readonly string[], cause?: unknown): AtollError {
  return new AtollError(
    "SANDBOX_FAULTS_INVALID",
    `ATOLL_SANDBOX_FAULTS names ${file}, and ${problems.join("; ")}. The format is in tools/sandbox/README.md.`,
    { cause },
  );
}
