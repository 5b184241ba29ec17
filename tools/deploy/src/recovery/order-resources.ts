import type { StateResource } from "../state/deployment.ts";

/** Orders a state's resources so that each stands behind what it refers to, and otherwise as they stood. */
export function orderResources(resources: readonly StateResource[]): readonly StateResource[] {
  const byUrn = new Map<string, StateResource>();
  const byReference = new Map<string, StateResource>();
  for (const resource of resources) {
    // A reference by URN means the one that stays, where one of two is to be deleted.
    if (!byUrn.has(resource.urn) || resource.delete !== true) byUrn.set(resource.urn, resource);
    byReference.set(`${resource.urn}::${resource.id ?? ""}`, resource);
  }
  const ordered = new Set<StateResource>();
  const visited = new Set<StateResource>();
  const visit = (resource: StateResource | undefined): void => {
    if (resource === undefined || visited.has(resource)) return;
    visited.add(resource);
    visit(byReference.get(resource.provider ?? ""));
    for (const urn of urnsIn(resource)) if (urn !== resource.urn) visit(byUrn.get(urn));
    ordered.add(resource);
  };
  for (const resource of resources) visit(resource);
  return [...ordered];
}

function urnsIn(resource: StateResource): readonly string[] {
  const { parent, dependencies = [], propertyDependencies = {}, deletedWith } = resource;
  const named = [parent, deletedWith].filter((urn) => urn !== undefined);
  return [...named, ...dependencies, ...Object.values(propertyDependencies).flat()];
}
