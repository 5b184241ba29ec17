import type { StateResource } from "./deployment.ts";

/** What planned values are read from: a resource as an embedded preview has it. */
export interface PlannedOutputs {
  readonly urn: string;
  readonly outputs: unknown;
}

/** Shorter ones stand for too much. */
const SHORTEST = 4;

/** What ids, ARNs, names and addresses are made of. */
const WORDS = /[\w.@:/-]+/gu;
const PARTS = /[\w.@-]+/gu;

/**
 * Makes a function that puts real values where planned ones stand: a preview's ids, ARNs and names are planned, the
 * state has those that the provider gave. What a resource's outputs are in one and in the other tells which is which.
 * They are replaced inside of longer texts too, such as policies. A planned value that stands for two real ones is let be.
 */
export function realValues(
  planned: readonly PlannedOutputs[],
  resources: readonly StateResource[],
): <T>(value: T) => T {
  const live = new Map(
    resources.filter((each) => each.delete !== true).map((each) => [each.urn, each]),
  );
  const pairs = new Map<string, string | null>();
  for (const { urn, outputs } of planned) {
    const resource = live.get(urn);
    if (resource === undefined) continue;
    const { id } = resource;
    collect(outputs, { ...resource.outputs, ...(id === undefined ? {} : { id }) }, pairs);
  }
  const real = (word: string): string | undefined => pairs.get(word) ?? undefined;
  const inText = (text: string): string =>
    real(text) ??
    text.replace(WORDS, (word) => real(word) ?? word.replace(PARTS, (part) => real(part) ?? part));
  return <T>(value: T): T => mapTexts(value, inText) as T;
}

/** Texts that stand at the same place in both. Null marks one that has two real values. */
function collect(planned: unknown, real: unknown, pairs: Map<string, string | null>): void {
  if (typeof planned === "string" && typeof real === "string") {
    if (planned.length < SHORTEST) return;
    // Also when it is the same in both: an account's id must not become what some resource has for an id.
    pairs.set(planned, pairs.has(planned) && pairs.get(planned) !== real ? null : real);
  } else if (isObject(planned) && isObject(real)) {
    for (const [key, value] of Object.entries(planned)) {
      if (Object.hasOwn(real, key)) collect(value, real[key], pairs);
    }
  }
}

function mapTexts(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === "string") return change(value);
  if (Array.isArray(value)) return value.map((item) => mapTexts(item, change));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, mapTexts(item, change)]),
  );
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
