import { compareText, parseCidr, type Cidr, type JsonValue } from "@atoll/core";
import type { ResourcePreview, StackPreview } from "@atoll/engine";

import { isObject } from "../render/value.ts";

/** Spells texts of a stack so that they can be held against another stack's. */
export interface GenericTexts {
  /** Without the stack's name in URNs: what is left of a text is its own. */
  readonly urns: (text: string) => string;
  /** Without anything of the account: names, ids, planned ids of its resources, its addresses. */
  readonly all: (text: string) => string;
}

/** What an id made by a hash looks like; shorter or plainer texts could be anything. */
const PLANNED_ID = /^(?=.*(?:[0-9a-f]{7}|[0-9A-Z]{16}))[A-Za-z0-9-]{8,}$/;

/** IPv4 blocks and addresses. */
const IPV4 = /(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?:\/\d{1,2})?(?![\d.])/g;

/** Builds the spelling for a stack out of its previews: of the base, of the working tree, or both. */
export function genericTexts(stack: string, previews: readonly StackPreview[]): GenericTexts {
  const account = previews[0]?.account ?? stack;
  const accountIds = previews.flatMap(({ accountId }) => (accountId === null ? [] : [accountId]));
  const words = [...new Set([stack, account, ...accountIds])];
  // Longest first: `workloads-dev.api` before `workloads-dev`.
  const names = words.sort((a, b) => b.length - a.length || compareText(a, b)).map(escapeRegExp);
  const namePattern = new RegExp(`(?<![A-Za-z0-9])(?:${names.join("|")})(?![A-Za-z0-9])`, "g");
  const labelOf = new Map([
    ...[stack, account].map((name) => [name, "<account>"] as const),
    ...accountIds.map((id) => [id, "<account id>"] as const),
  ]);
  const withoutNames = (text: string) =>
    text.replace(namePattern, (word) => labelOf.get(word) ?? word);

  const ids = plannedIds(previews, withoutNames);
  const blocks = vpcBlocks(previews, withoutNames);
  return {
    urns: (text) => text.replaceAll(`urn:pulumi:${stack}::`, "urn:pulumi:<account>::"),
    all: (text) =>
      withoutNames(
        text
          .replace(/[A-Za-z0-9-]{8,}/g, (word) => ids.get(word) ?? word)
          .replace(IPV4, (address) => relativeTo(blocks, address) ?? address),
      ),
  };
}

/** Ids that were planned for the stack's resources, each with the resource and output it is. */
function plannedIds(
  previews: readonly StackPreview[],
  withoutNames: (text: string) => string,
): ReadonlyMap<string, string> {
  const labels = new Map<string, string>();
  const resources = previews.flatMap((preview) => preview.resources);
  const add = (
    outputsOf: (resource: ResourcePreview) => readonly (readonly [string, unknown])[],
  ) => {
    for (const resource of resources) {
      for (const [key, value] of outputsOf(resource)) {
        if (typeof value !== "string" || !PLANNED_ID.test(value) || labels.has(value)) continue;
        labels.set(value, `<${resource.type} ${withoutNames(resource.name)} ${key}>`);
      }
    }
  };
  // A resource's own id names it best; what other resources repeat of it comes second.
  add(({ outputs }) => [["id", ownId(outputs)]]);
  add(({ inputs, outputs }) =>
    isObject(outputs)
      ? Object.entries(outputs).filter(([key]) => !isObject(inputs) || !Object.hasOwn(inputs, key))
      : [],
  );
  return labels;
}

/** The id itself, or the end of the ARN, which for most types is the id. */
function ownId(outputs: JsonValue): string | undefined {
  if (!isObject(outputs)) return undefined;
  const { id, arn } = outputs;
  if (typeof id === "string") return id;
  return typeof arn === "string" ? /[^:/]*$/.exec(arn)?.[0] : undefined;
}

interface Block {
  readonly label: string;
  readonly cidr: Cidr;
}

function vpcBlocks(
  previews: readonly StackPreview[],
  withoutNames: (text: string) => string,
): readonly Block[] {
  return previews.flatMap(({ resources }) =>
    resources.flatMap(({ type, name, inputs }): Block[] => {
      if (type !== "aws:ec2/vpc:Vpc" || !isObject(inputs)) return [];
      const text = inputs["cidrBlock"];
      const cidr = typeof text === "string" ? parseCidr(text) : undefined;
      return cidr === undefined ? [] : [{ label: withoutNames(name), cidr }];
    }),
  );
}

/** An address by its distance from the start of the VPC that it is in. */
function relativeTo(blocks: readonly Block[], text: string): string | undefined {
  const isBlock = text.includes("/");
  const cidr = parseCidr(isBlock ? text : `${text}/32`);
  if (cidr === undefined) return undefined;
  const block = blocks.find(
    (candidate) => candidate.cidr.first <= cidr.first && cidr.last <= candidate.cidr.last,
  );
  if (block === undefined) return undefined;
  const offset = cidr.first - block.cidr.first;
  return `<${block.label}+${String(offset)}${isBlock ? `/${String(cidr.prefixLength)}` : ""}>`;
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
