import type { ResourcePreview, StackPreview } from "@atoll/engine";

import { compareInputs } from "./values.ts";

/** A resource as Pulumi has it: in an exported state, or planned in a preview. */
export interface PulumiResource {
  readonly urn: string;
  readonly type: string;
  readonly custom: boolean;
  readonly id?: string;
  readonly inputs?: Readonly<Record<string, unknown>>;
  readonly outputs?: Readonly<Record<string, unknown>>;
  readonly parent?: string;
  readonly dependencies?: readonly string[];
  /** `<urn>::<id>`. */
  readonly provider?: string;
  readonly [other: string]: unknown;
}

/** How the embedded preview of a stack is compared. */
export interface ComparedStack {
  readonly preview: StackPreview;
  /** The same with unknowns, where Pulumi has some. @default none */
  readonly unknowns?: StackPreview;
  readonly pulumi: readonly PulumiResource[];
  /** Puts real values where planned ones stand. @default they are the same */
  readonly real?: <T>(value: T) => T;
}

/**
 * Compares two engines' ideas of a stack: URNs, inputs, parents, dependencies and providers. The result has a line for each
 * difference.
 */
export function compareStacks({
  preview,
  unknowns,
  pulumi,
  real = (value) => value,
}: ComparedStack): readonly string[] {
  const theirs = new Map(pulumi.filter(isNamed).map((each) => [each.urn, each]));
  const ours = new Map(preview.resources.map((each) => [each.urn, each]));
  const open = new Map(unknowns?.resources.map((each) => [each.urn, each]));
  return [
    ...[...ours.keys()].filter((urn) => !theirs.has(urn)).map((urn) => `only embedded: ${urn}`),
    ...[...theirs.keys()].filter((urn) => !ours.has(urn)).map((urn) => `only Pulumi: ${urn}`),
    ...[...ours].flatMap(([urn, own]) => {
      const other = theirs.get(urn);
      if (other === undefined) return [];
      return compareResource(own, other, open.get(urn), real).map((line) => `${urn}: ${line}`);
    }),
  ];
}

function compareResource(
  own: ResourcePreview,
  other: PulumiResource,
  unknowns: ResourcePreview | undefined,
  real: <T>(value: T) => T,
): readonly string[] {
  const inputs = other.custom
    ? compareInputs(real(own.inputs), other.inputs ?? {}, unknowns?.inputs)
    : [];
  const unequal = inputs.filter(({ path }) => !isLeftAlone(own, path));
  const pairs: readonly (readonly [string, unknown, unknown])[] = [
    ["type", own.type, other.type],
    ["parent", own.parent, other.parent ?? null],
    ["provider", withoutId(own.provider), withoutId(other.provider)],
    ["dependencies", [...own.dependencies].sort(), [...(other.dependencies ?? [])].sort()],
  ];
  return [
    ...unequal.map(
      ({ path, embedded, pulumi }) =>
        `inputs.${path}: embedded ${JSON.stringify(embedded)}, Pulumi ${JSON.stringify(pulumi)}`,
    ),
    ...pairs
      .filter(([, embedded, pulumi]) => JSON.stringify(embedded) !== JSON.stringify(pulumi))
      .map(
        ([name, embedded, pulumi]) =>
          `${name}: embedded ${JSON.stringify(embedded)}, Pulumi ${JSON.stringify(pulumi)}`,
      ),
  ];
}

/**
 * What is imported keeps what it had where the program says that changes do not count; and a provider's version is no
 * input to the program.
 */
function isLeftAlone({ type, options }: ResourcePreview, path: string): boolean {
  const [name = ""] = path.split(/[.[]/u);
  if (type.startsWith("pulumi:providers:")) return name === "version";
  return options.ignoreChanges?.includes(name) === true;
}

/** Providers that Pulumi makes by itself are no resources of the program's. */
function isNamed({ type, urn }: PulumiResource): boolean {
  return !(type === "pulumi:providers:pulumi" || urn.includes("::default"));
}

/** Stack references have one that Pulumi makes by itself. */
function withoutId(provider: string | null | undefined): string | null {
  if (provider == null || provider.includes("::pulumi:providers:pulumi::")) return null;
  return provider.split("::").slice(0, -1).join("::");
}
