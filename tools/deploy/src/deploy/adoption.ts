import type { Adoption } from "../run/run-options.ts";

/** A resource as an embedded preview has it. */
export interface PreviewedResource {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  readonly parent: string | null;
  readonly dependencies: readonly string[];
  /** `<urn>::<id>`. */
  readonly provider: string | null;
  readonly options: { readonly import?: string };
}

/**
 * Plans how resources that exist already are taken over: those that the program imports and the state does not have. A
 * first pass works on them and on what they rest on, and takes them as they are found; a second one works on everything,
 * and changes them. In one pass the import would fail wherever the program wants something to be different.
 *
 * @param known URNs in the state
 * @returns null when there is nothing to take over
 */
export function planAdoption(
  resources: readonly PreviewedResource[],
  known: ReadonlySet<string>,
): Adoption | null {
  const imported = resources.filter(
    ({ urn, options }) => options.import !== undefined && !known.has(urn),
  );
  if (imported.length === 0) return null;
  const byUrn = new Map(resources.map((resource) => [resource.urn, resource]));
  const targets = new Set<string>();
  const queue = imported.map(({ urn }) => urn);
  for (let urn = queue.pop(); urn !== undefined; urn = queue.pop()) {
    const resource = byUrn.get(urn);
    if (resource === undefined || targets.has(urn)) continue;
    targets.add(urn);
    const { parent, provider, dependencies } = resource;
    const providerUrn = provider?.slice(0, provider.lastIndexOf("::"));
    queue.push(...dependencies, ...[parent, providerUrn].filter((each) => each != null));
  }
  return {
    resources: imported.map(({ type, name }) => `${type}::${name}`).sort(),
    targets: [...targets].sort(),
  };
}
