import { loadModel, type AwsModel, type DiffOptions } from "@atoll/aws-model";

import type { DeclaredResource } from "../recovery/declared.ts";
import { isCloudResource, type ExportedState, type StateResource } from "../state/deployment.ts";
import { realValues } from "../state/real-values.ts";

import { alignInputs } from "./align-inputs.ts";

/** An operation that an update is predicted to do. */
export type Predicted = "create" | "import" | "same" | "update" | "replace" | "delete";

/** What a prediction is made from: a stack as an embedded preview has it. */
export interface PredictedStack {
  readonly resources: readonly DeclaredResource[];
}

/**
 * Predicts what an update of a stack does with each of its resources, by URN: those of the cloud, not components,
 * providers, or what is only read. What refers to a resource that is replaced changes too.
 *
 * @param model @default the AWS model
 */
export function predictStack(
  preview: PredictedStack,
  state: ExportedState | null,
  model: Pick<AwsModel, "diff"> = loadModel(),
): ReadonlyMap<string, Predicted> {
  const resources = state?.deployment.resources ?? [];
  const live = new Map(
    resources
      .filter((each) => each.delete !== true && each.pendingReplacement !== true)
      .filter(isCloudResource)
      .map((each) => [each.urn, each]),
  );
  const declared = preview.resources.filter(
    ({ provider, options }) => provider !== null && options.external !== true,
  );
  const options = diffOptions(preview.resources);
  let replaced = new Set<string>();
  for (;;) {
    // What is replaced gets other outputs: there the planned values are let be, which differ from those in the state.
    const known = preview.resources.filter(({ urn }) => !replaced.has(urn));
    const real = realValues(known, resources);
    const predictions = new Map(
      declared.map((each) => {
        const old = live.get(each.urn);
        return [
          each.urn,
          old === undefined ? made(each) : compare(each, old, real, { model, options }),
        ];
      }),
    );
    const now = new Set(
      [...predictions].filter(([, each]) => each === "replace").map(([urn]) => urn),
    );
    if (now.size === replaced.size) return withDeletions(predictions, live);
    replaced = now;
  }
}

function made({ options }: DeclaredResource): Predicted {
  return options.import === undefined ? "create" : "import";
}

function compare(
  declared: DeclaredResource,
  old: StateResource,
  real: <T>(value: T) => T,
  { model, options }: { readonly model: Pick<AwsModel, "diff">; readonly options: DiffOptions },
): Predicted {
  const { before, after } = alignInputs(old.inputs, real(declared.inputs));
  const ignored = new Set(topLevel(declared.options.ignoreChanges));
  const kept = ignored.size === 0 ? after : withIgnored(before, after, ignored);
  const { changes, replaces } = model.diff(declared.type, before, kept, options);
  const forced = new Set(topLevel(declared.options.replaceOnChanges));
  const isForced = changes.some(({ path }) => forced.has("*") || forced.has(headOf(path)));
  if (replaces.length > 0 || isForced) return "replace";
  const isUnfinished = (old.initErrors?.length ?? 0) > 0;
  return changes.length > 0 || isUnfinished ? "update" : "same";
}

function withIgnored<T extends Readonly<Record<string, unknown>>>(
  before: T,
  after: T,
  ignored: ReadonlySet<string>,
): T {
  const kept = Object.entries(after).filter(([name]) => !ignored.has(name));
  const old = Object.entries(before).filter(([name]) => ignored.has(name));
  return Object.fromEntries([...kept, ...old]) as T;
}

function withDeletions(
  predictions: ReadonlyMap<string, Predicted>,
  live: ReadonlyMap<string, StateResource>,
): ReadonlyMap<string, Predicted> {
  const gone = [...live.keys()].filter((urn) => !predictions.has(urn));
  return new Map([...predictions, ...gone.map((urn): [string, Predicted] => [urn, "delete"])]);
}

/** The region of the stack's one provider, where all its providers have the same. */
function diffOptions(resources: readonly DeclaredResource[]): DiffOptions {
  const regions = new Set(
    resources
      .filter(({ type }) => type === "pulumi:providers:aws")
      .map(({ inputs }) => (inputs as { readonly region?: unknown } | null)?.region),
  );
  const [region] = regions;
  return regions.size === 1 && typeof region === "string" ? { providerRegion: region } : {};
}

function topLevel(paths: readonly string[] = []): readonly string[] {
  return paths.map(headOf);
}

function headOf(path: string): string {
  return /^[^.[]+/u.exec(path)?.[0] ?? path;
}
