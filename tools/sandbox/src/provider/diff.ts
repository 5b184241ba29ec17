import type { AwsModel, PlainRecord, PlainValue } from "@atoll/aws-model";
import { compareText } from "@atoll/core";

import { autoNamedInput } from "./auto-named-input.ts";
import { parseUrn } from "./urn.ts";
import { DEFAULTS_KEY, isSame, withoutBookkeeping } from "./values.ts";

/** One difference. */
export interface PropertyDiff {
  readonly kind: "add" | "delete" | "update";
  readonly replaces: boolean;
  /** Whether old and new inputs differ there; else the new inputs differ from what the resource has become. */
  readonly inputDiff: boolean;
}

/** What `Diff` is asked. */
export interface DiffRequest {
  readonly urn: string;
  readonly oldInputs: PlainRecord;
  readonly oldOutputs: PlainRecord;
  readonly newInputs: PlainRecord;
  /** Paths whose differences do not count. */
  readonly ignoreChanges: readonly string[];
}

/** What `Diff` answers. */
export interface DiffAnswer {
  /** By path, sorted. */
  readonly differences: Readonly<Record<string, PropertyDiff>>;
  /** Top-level properties that make it a replacement, sorted. */
  readonly replaces: readonly string[];
  /** The old one has to go before the new one can come, because both have the same name. */
  readonly deleteBeforeReplace: boolean;
}

/**
 * What an update of a resource would change, and whether it has to be replaced.
 *
 * source: pulumi-terraform-bridge `pkg/tfbridge/schema.go`, nameRequiresDeleteBeforeReplace, read 2026-11-27
 */
export function diffResource(request: DiffRequest, model: AwsModel): DiffAnswer {
  const { urn, ignoreChanges } = request;
  const { type } = parseUrn(urn);
  const oldInputs = withoutBookkeeping(request.oldInputs);
  const newInputs = withoutBookkeeping(request.newInputs);
  const found: [string, PropertyDiff][] = model
    .diff(type, lived(oldInputs, request.oldOutputs, newInputs), newInputs)
    .changes.filter(({ path }) => !isIgnored(path, ignoreChanges))
    .map(({ path, kind, replaces }) => [
      path,
      { kind, replaces, inputDiff: topOf(path) in oldInputs || topOf(path) in newInputs },
    ]);
  const merged = mergedTagsDiff(request, found);
  if (merged !== undefined) found.push(["tagsAll", merged]);
  const replacing = found.filter(([, { replaces }]) => replaces).map(([path]) => topOf(path));
  const replaces = [...new Set(replacing)].sort(compareText);
  return {
    differences: Object.fromEntries(found.sort(([a], [b]) => compareText(a, b))),
    replaces,
    deleteBeforeReplace: replaces.length > 0 && keepsName(request, autoNamedInput(type, model)),
  };
}

/** The property that a path begins with. */
export function topOf(path: string): string {
  return /^[^.[]*/u.exec(path)?.[0] ?? path;
}

/** The old inputs, with what the resource has become where the program says something for the first time. */
function lived(oldInputs: PlainRecord, oldOutputs: PlainRecord, newInputs: PlainRecord) {
  const result: Record<string, PlainValue> = { ...oldInputs };
  for (const key of Object.keys(newInputs)) {
    const output = oldOutputs[key];
    if (!(key in result) && output !== undefined) result[key] = output;
  }
  return result;
}

/** A change of the provider's default tags changes every resource, although no program gives them. */
function mergedTagsDiff(
  { oldInputs, newInputs, ignoreChanges }: DiffRequest,
  found: readonly (readonly [string, PropertyDiff])[],
): PropertyDiff | undefined {
  const isTold = found.some(([path]) => topOf(path) === "tags");
  const hasBoth = "tagsAll" in oldInputs && "tagsAll" in newInputs;
  if (isTold || !hasBoth || isIgnored("tags", ignoreChanges) || isIgnored("tagsAll", ignoreChanges))
    return undefined;
  if (isSame(oldInputs["tagsAll"], newInputs["tagsAll"])) return undefined;
  return { kind: "update", replaces: false, inputDiff: true };
}

function isIgnored(path: string, ignoreChanges: readonly string[]): boolean {
  return ignoreChanges.some(
    (ignored) =>
      ignored === "*" ||
      path === ignored ||
      path.startsWith(`${ignored}.`) ||
      path.startsWith(`${ignored}[`),
  );
}

function keepsName({ newInputs, oldInputs }: DiffRequest, property: string | undefined): boolean {
  if (property === undefined || newInputs[property] === undefined) return false;
  const made = newInputs[DEFAULTS_KEY];
  if (Array.isArray(made) && made.includes(property)) return false;
  return isSame(oldInputs[property], newInputs[property]);
}
