import type { JsonValue } from "@atoll/core";
import type { ResourcePreview } from "@atoll/engine";

import { isObject } from "../render/value.ts";

/** A resource on both sides, or on one. */
export interface ResourcePair {
  readonly was: ResourcePreview | undefined;
  readonly is: ResourcePreview | undefined;
}

/**
 * Pairs the resources of a stack's two previews: by URN, else by the aliases of the working tree's, those that follow
 * from an aliased parent included. Each resource is in one pair.
 */
export function pairResources(
  before: readonly ResourcePreview[],
  after: readonly ResourcePreview[],
): readonly ResourcePair[] {
  const old = new Map(before.map((resource) => [resource.urn, resource]));
  const now = new Map(after.map((resource) => [resource.urn, resource]));
  const previous = new Map<string, string>();
  const taken = new Set<string>();
  const resolve = ({ urn, type, name, parent, options }: ResourcePreview): void => {
    if (previous.has(urn)) return;
    previous.set(urn, urn);
    const above = parent === null ? undefined : now.get(parent);
    if (above !== undefined) resolve(above);
    if (old.has(urn)) return;
    const own = (options.aliases ?? []).map((alias) =>
      aliasUrn(alias, { urn, type, name, parent }),
    );
    const parentWas = parent === null ? undefined : previous.get(parent);
    const inherited =
      parent === null || parentWas === undefined || parentWas === parent
        ? []
        : [urn, ...own].map((each) => childOf(parentWas, parent, each));
    const found = [...own, ...inherited].find(
      (each) => old.has(each) && !now.has(each) && !taken.has(each),
    );
    if (found === undefined) return;
    taken.add(found);
    previous.set(urn, found);
  };
  for (const resource of after) resolve(resource);
  return [
    ...before
      .filter(({ urn }) => !now.has(urn) && !taken.has(urn))
      .map((was) => ({ was, is: undefined })),
    ...after.map((is) => ({ was: old.get(previous.get(is.urn) ?? is.urn), is })),
  ];
}

/** The URN that an alias stands for; what it leaves out is the resource's own. */
function aliasUrn(
  alias: JsonValue,
  resource: Pick<ResourcePreview, "urn" | "type" | "name" | "parent">,
): string {
  if (typeof alias === "string") return alias;
  const spec = isObject(alias) ? alias : {};
  const text = (key: string, own: string) => (typeof spec[key] === "string" ? spec[key] : own);
  const [prefix = "", project = ""] = resource.urn.split("::");
  const parent = spec["noParent"] === true ? "" : text("parent", resource.parent ?? "");
  const stack = text("stack", prefix.split(":").at(-1) ?? "");
  const types = [...parentTypes(parent), text("type", resource.type)];
  return `urn:pulumi:${stack}::${text("project", project)}::${types.join("$")}::${text("name", resource.name)}`;
}

/** A child's URN under its parent's old URN; a name that starts with the parent's name went along with it. */
function childOf(parentWas: string, parent: string, child: string): string {
  const [prefix, project] = parentWas.split("::");
  const type = typesOf(child).at(-1) ?? "";
  const name = nameOf(child);
  const parentName = nameOf(parent);
  const oldName = name.startsWith(parentName)
    ? nameOf(parentWas) + name.slice(parentName.length)
    : name;
  return [prefix, project, [...parentTypes(parentWas), type].join("$"), oldName].join("::");
}

/** The stack itself is not part of its children's URNs. */
function parentTypes(parent: string): readonly string[] {
  return typesOf(parent).filter((type) => type !== "pulumi:pulumi:Stack" && type !== "");
}

function typesOf(urn: string): readonly string[] {
  return (urn.split("::")[2] ?? "").split("$");
}

function nameOf(urn: string): string {
  return urn.split("::").slice(3).join("::");
}
