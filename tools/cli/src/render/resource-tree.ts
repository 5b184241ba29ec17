import { compareText } from "@atoll/core";
import type { ResourcePreview } from "@atoll/engine";

import { countsText, countTypes, isMachinery, shortType, totalOf } from "./types.ts";
import { valueLines } from "./value.ts";
import type { Paint } from "./paint.ts";

/** How much of the tree is shown. */
export type TreeDetail =
  /** Components with the counts of what they hold. */
  | "components"
  /** Every resource on a line. */
  | "resources"
  /** Every resource with its inputs. */
  | "inputs";

/** How a tree is drawn. */
export interface TreeOptions {
  readonly detail: TreeDetail;
  readonly paint: Paint;
  /** Said behind a resource. @default nothing */
  readonly remarkOf?: (resource: ResourcePreview) => string;
  /** Said behind an input, by the resource and the property's path. @default nothing */
  readonly inputRemarkOf?: (resource: ResourcePreview, path: string) => string;
}

/** Up to so many resources a stack is shown resource by resource without being asked. */
const FEW_RESOURCES = 10;

/** So many types are named of what a component holds. */
const TYPES_SHOWN = 3;

/** The detail that suits a stack: few resources are all shown, many as their components. */
export function treeDetail(resources: readonly ResourcePreview[], verbose: boolean): TreeDetail {
  if (verbose) return "inputs";
  return totalOf(countTypes(resources)) <= FEW_RESOURCES ? "resources" : "components";
}

/** A stack's resources as a tree of parents and children, each line ending with a newline. */
export function renderTree(resources: readonly ResourcePreview[], options: TreeOptions): string {
  const children = childrenByParent(resources, options.detail === "inputs");
  const roots = children.get(null) ?? [];
  return branch(roots, children, options, "").join("");
}

type Children = ReadonlyMap<string | null, readonly ResourcePreview[]>;

function childrenByParent(resources: readonly ResourcePreview[], withMachinery: boolean): Children {
  const shown = resources.filter(
    ({ type }) => type !== "pulumi:pulumi:Stack" && (withMachinery || !isMachinery(type)),
  );
  const known = new Set(shown.map(({ urn }) => urn));
  const children = new Map<string | null, ResourcePreview[]>();
  for (const resource of shown) {
    // A parent that is not shown (the stack itself, or one that failed) makes its children roots: nothing is lost.
    const parent = resource.parent !== null && known.has(resource.parent) ? resource.parent : null;
    const siblings = children.get(parent);
    if (siblings === undefined) children.set(parent, [resource]);
    else siblings.push(resource);
  }
  for (const siblings of children.values()) {
    siblings.sort((a, b) => compareText(a.type, b.type) || compareText(a.name, b.name));
  }
  return children;
}

function branch(
  siblings: readonly ResourcePreview[],
  children: Children,
  options: TreeOptions,
  indent: string,
): string[] {
  const collapse = options.detail === "components";
  const nodes = collapse ? siblings.filter(({ urn }) => children.has(urn)) : siblings;
  const leaves = collapse ? siblings.filter(({ urn }) => !children.has(urn)) : [];
  const lines: string[] = [];
  nodes.forEach((node, index) => {
    const isLast = index === nodes.length - 1 && leaves.length === 0;
    const deeper = indent + (isLast ? "   " : "│  ");
    const inside = children.get(node.urn) ?? [];
    const isBottom = collapse && !inside.some(({ urn }) => children.has(urn));
    const held = isBottom ? `: ${leavesText(inside, options)}` : "";
    lines.push(`${indent}${isLast ? "└─ " : "├─ "}${nodeText(node, options)}${held}\n`);
    if (options.detail === "inputs") {
      const margin = `${deeper}${inside.length > 0 ? "│    " : "     "}`;
      lines.push(...inputLines(node, options).map((line) => `${margin}${line}\n`));
    }
    if (!isBottom) lines.push(...branch(inside, children, options, deeper));
  });
  if (leaves.length > 0) lines.push(`${indent}└─ ${leavesText(leaves, options)}\n`);
  return lines;
}

function nodeText(node: ResourcePreview, options: TreeOptions): string {
  const { paint, remarkOf = () => "" } = options;
  const locks = [
    ...(node.options.protect === true ? ["protected"] : []),
    ...(node.options.import === undefined ? [] : [`imported as ${node.options.import}`]),
  ];
  const where = node.source === undefined ? "" : `${node.source.file}:${String(node.source.line)}`;
  const remarks = [...locks, remarkOf(node), where].filter((text) => text !== "");
  const remark = remarks.length === 0 ? "" : `  ${paint("faint", `(${remarks.join("; ")})`)}`;
  return `${shortType(node.type)} ${paint("name", node.name)}${remark}`;
}

/** How many resources of which types, instead of each of them. */
function leavesText(leaves: readonly ResourcePreview[], options: TreeOptions): string {
  const { remarkOf = () => "" } = options;
  const remarks = new Map<string, number>();
  for (const leaf of leaves) {
    const remark = remarkOf(leaf);
    if (remark !== "") remarks.set(remark, (remarks.get(remark) ?? 0) + 1);
  }
  const remark = [...remarks].map(([text, count]) => `${String(count)} ${text}`).join("; ");
  const counts = countsText(countTypes(leaves), TYPES_SHOWN);
  return remark === "" ? counts : `${counts}  ${options.paint("faint", `(${remark})`)}`;
}

function inputLines(resource: ResourcePreview, options: TreeOptions): readonly string[] {
  const { paint, inputRemarkOf = () => "" } = options;
  const mark = (path: string): string => {
    const remark = inputRemarkOf(resource, path);
    return remark === "" ? "" : `  (${remark})`;
  };
  return valueLines(resource.inputs, { mark }).map((line) => paint("faint", line));
}
