import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import type { DeployedOrganization } from "../testing/deployed-organization.ts";

/** What is wrong with states and accounts after everything has been recovered; empty when nothing is. */
export interface Defects {
  /** In an account, made by a program, and in no state. */
  readonly lost: readonly string[];
  /** In more states than one, or twice in one. */
  readonly doubled: readonly string[];
  /** In a state, and not in the account. */
  readonly missing: readonly string[];
  /** Operations that a state still calls pending, resources that it still has to delete or to read, and locks. */
  readonly unfinished: readonly string[];
}

interface Resource {
  readonly type: string;
  readonly id?: string;
  readonly outputs?: { readonly region?: unknown };
  readonly urn: string;
  readonly custom: boolean;
  readonly external?: boolean;
  readonly delete?: boolean;
  readonly pendingReplacement?: boolean;
  readonly initErrors?: readonly string[];
}

interface State {
  readonly stack: string;
  readonly resources: readonly Resource[];
  readonly pending: readonly { readonly type: string; readonly resource: Resource }[];
}

interface Account {
  readonly account: string;
  readonly resources: readonly {
    readonly type: string;
    readonly id: string;
    readonly region: string;
    readonly origin: string;
    readonly leaving?: boolean;
    readonly urn: string | null;
  }[];
}

/** Compares the states of an organization's stacks with what its accounts hold. */
export function defectsOf(organization: DeployedOrganization): Defects {
  const states = statesOf(organization);
  const inStates = states.flatMap(({ stack, resources }) =>
    resources.filter(isCloudResource).map((each) => `${accountOf(stack)} ${nameIn(each)}`),
  );
  const accounts = accountsOf(organization);
  const known = new Set(inStates);
  const existing = new Set<string>();
  const lost: string[] = [];
  for (const { account, resources } of accounts) {
    for (const { type, id, region, origin, leaving, urn } of resources) {
      if (leaving === true) continue;
      const name = `${account} ${region} ${type} ${id}`;
      existing.add(name);
      if (origin === "created" && !known.has(name)) lost.push(`${name} (${urn ?? "no URN"})`);
    }
  }
  return {
    lost,
    doubled: inStates.filter((name, index) => inStates.indexOf(name) !== index),
    missing: inStates.filter((name) => !existing.has(name)),
    unfinished: [...states.flatMap(unfinishedIn), ...locksOf(organization)],
  };
}

/** True when nothing is wrong. */
export function isWhole(defects: Defects): boolean {
  return Object.values(defects).every((list: readonly string[]) => list.length === 0);
}

function unfinishedIn({ stack, resources, pending }: State): readonly string[] {
  return [
    ...pending.map(({ type, resource }) => `${stack}: ${type} ${resource.urn}`),
    ...resources
      .filter((each) => each.delete === true || each.pendingReplacement === true)
      .map(({ urn }) => `${stack}: to be deleted: ${urn}`),
    ...resources
      .filter(({ initErrors = [] }) => initErrors.length > 0)
      .map(({ urn }) => `${stack}: not read: ${urn}`),
  ];
}

function statesOf({ local, name }: DeployedOrganization): readonly State[] {
  const folder = join(local, "backend", ".pulumi", "stacks", name);
  return jsonFiles(folder).map((file) => {
    const { checkpoint } = JSON.parse(readFileSync(join(folder, file), "utf8")) as {
      readonly checkpoint: {
        readonly latest?: {
          readonly resources?: readonly Resource[];
          readonly pending_operations?: State["pending"];
        };
      };
    };
    const { resources = [], pending_operations: pending = [] } = checkpoint.latest ?? {};
    return { stack: file.slice(0, -".json".length), resources, pending };
  });
}

function accountsOf({ local }: DeployedOrganization): readonly Account[] {
  const folder = join(local, "sandbox", "accounts");
  return jsonFiles(folder).map(
    (file) => JSON.parse(readFileSync(join(folder, file), "utf8")) as Account,
  );
}

function locksOf({ local, name }: DeployedOrganization): readonly string[] {
  const folder = join(local, "backend", ".pulumi", "locks", "organization", name);
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => `lock ${join(entry.parentPath, entry.name)}`);
  } catch {
    // Nothing was ever locked.
    return [];
  }
}

function jsonFiles(folder: string): readonly string[] {
  return readdirSync(folder).filter((name) => name.endsWith(".json"));
}

function isCloudResource({ custom, external, type }: Resource): boolean {
  return custom && external !== true && !type.startsWith("pulumi:");
}

/** Many ids, such as `default`, are there once in each region. */
function nameIn({ type, id = "", outputs = {} }: Resource): string {
  const region = typeof outputs.region === "string" ? outputs.region : "global";
  return `${region} ${type} ${id}`;
}

function accountOf(stack: string): string {
  return stack.split(".")[0] ?? stack;
}
