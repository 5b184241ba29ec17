import type { AwsModel, InputChange } from "@atoll/aws-model";
import type { ResourcePreview } from "@atoll/engine";

import { plainInputs } from "./plain-inputs.ts";
import type { PlannedAnew } from "./planned-anew.ts";
import { coversPath, pathSteps, withIgnored } from "./property-path.ts";
import type { Effect } from "./types.ts";

/** What of the model a comparison asks. */
export type ChangeModel = Pick<AwsModel, "diff" | "knows" | "plan">;

/** A resource that is on both sides, and where it is. */
export interface ChangedResource {
  readonly was: ResourcePreview;
  readonly is: ResourcePreview;
  /** 12 digits. */
  readonly accountId: string;
  /** Of its provider, where that is the same on both sides. */
  readonly providerRegion: string | undefined;
}

/** Why Pulumi refuses to delete or replace a protected resource. */
export const PROTECTED =
  "Pulumi refuses: the resource is protected. Take `protect` away in a change of its own first.";

/** What Pulumi and the provider would do about a resource, its options included. */
export function judgeChange(
  { was, is, providerRegion }: ChangedResource,
  model: ChangeModel,
  anew: PlannedAnew,
): Effect {
  const { before, after } = plainInputs(was.inputs, is.inputs);
  const { inputs, follows } = anew.apply(after);
  const wanted = withIgnored(before, inputs, is.options.ignoreChanges ?? []);
  const options = providerRegion === undefined ? {} : { providerRegion };
  const { changes } = model.diff(is.type, before, wanted, options);
  const judged = changes.map((change) => ({
    ...change,
    byOption: (is.options.replaceOnChanges ?? []).some((path) => coversPath(path, change.path)),
  }));
  const replacing = judged.filter(({ replaces, byOption }) => replaces || byOption);
  const isReplaced = replacing.length > 0;
  return {
    action: isReplaced ? "replace" : changes.length > 0 ? "update" : "none",
    replaces: replacing.map(({ path }) => path),
    verified: isReplaced
      ? replacing.some((change) => change.byOption || isVerified(change))
      : changes.every(isVerified),
    deletesFirst: isReplaced && is.options.deleteBeforeReplace === true,
    refusals: [
      ...(isReplaced ? refusalsOfReplacement(was, is) : []),
      ...changes.flatMap(refusalOf),
    ],
    follows: follows.filter(({ path }) => changes.some((change) => meet(change.path, path))),
  };
}

/** Pulumi lets a resource be unprotected and replaced at once, so both sides count. */
function refusalsOfReplacement(was: ResourcePreview, is: ResourcePreview): readonly string[] {
  const imported = is.options.import;
  return [
    ...(was.options.protect === true && is.options.protect === true ? [PROTECTED] : []),
    ...(imported === undefined
      ? []
      : [`Pulumi refuses: it is imported as ${imported}, which a replacement would not be.`]),
  ];
}

function refusalOf({ path, refused }: InputChange): readonly string[] {
  return refused === undefined ? [] : [`The provider refuses a change of ${path} when ${refused}.`];
}

function isVerified({ provenance }: InputChange): boolean {
  return provenance.kind === "provider";
}

/** True when one path is the other or above it; positions do not count, since sets have none. */
function meet(one: string, other: string): boolean {
  const general = (path: string) => pathSteps(path.replaceAll(/\[\d+\]/gu, "[*]"));
  const [a, b] = [general(one), general(other)];
  return a.slice(0, b.length).every((step, index) => step === b[index]);
}
