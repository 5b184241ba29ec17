import type { PartitionName } from "@atoll/core";
import type { z } from "zod";

import type { LifecycleState, OrganizationalUnit } from "../model.ts";
import type { PathSegment } from "../problem-path.ts";
import type { organizationSchema } from "./schema.ts";

/** The input with every part optional, as it is once broken parts are cut out. */
type Loose<T> = T extends readonly (infer Element)[]
  ? readonly (Loose<Element> | undefined)[]
  : T extends object
    ? { readonly [Key in keyof T]?: Loose<T[Key]> | undefined }
    : T;

/** What people wrote, as far as its shape is right. */
export type RawOrganization = Loose<z.output<typeof organizationSchema>>;
/** An account as written, as far as its shape is right. */
export type RawAccount = NonNullable<NonNullable<RawOrganization["accounts"]>[number]>;

/** A value with the path at which it was written, which is under `defaults` where it came from there. */
export interface Written<T> {
  readonly value: T;
  readonly path: readonly PathSegment[];
}

/** An account with its defaults filled in; what has no default may be missing. */
export interface DraftAccount {
  readonly raw: RawAccount;
  /** `["accounts", 2]`. */
  readonly path: readonly PathSegment[];
  readonly lifecycle: LifecycleState;
  readonly regions: readonly Written<string>[];
  readonly owner: Written<string>;
  readonly environment: Written<string>;
  readonly zones: Written<number>;
  readonly addresses: Written<{ readonly pool: string; readonly prefixLength: number }> | null;
  readonly monthlyBudgetUsd: number | null;
  readonly units: readonly Written<string>[];
}

/** An organizational unit with where it was written. */
export interface DraftUnit extends OrganizationalUnit {
  readonly writtenAt: readonly PathSegment[];
  /** 1 for a unit in the root. */
  readonly depth: number;
}

/** The organization with its defaults filled in, for the checks. */
export interface Draft {
  readonly raw: RawOrganization;
  readonly partition: PartitionName;
  readonly regions: readonly Written<string>[];
  readonly optInRegions: readonly Written<string>[];
  /** Sorted parents first, in the order written. */
  readonly organizationalUnits: readonly DraftUnit[];
  readonly pools: readonly Written<{ readonly name: string; readonly cidr: string }>[];
  readonly accounts: readonly DraftAccount[];
  readonly deployRoleName: string;
  readonly environmentVariables: readonly Written<string>[];
}

/** Fills in the defaults. */
export function draftOrganization(raw: RawOrganization): Draft {
  const home: readonly Written<string>[] =
    raw.homeRegion === undefined ? [] : [{ value: raw.homeRegion, path: ["homeRegion"] }];
  return {
    raw,
    partition: raw.partition ?? "aws",
    regions: writtenList(raw.regions, ["regions"]) ?? home,
    optInRegions: writtenList(raw.optInRegions, ["optInRegions"]) ?? [],
    organizationalUnits: flattenUnits(raw.organizationalUnits),
    pools: Object.entries(raw.pools ?? {}).flatMap(([name, pool]) =>
      pool?.cidr === undefined
        ? []
        : [{ value: { name, cidr: pool.cidr }, path: ["pools", name, "cidr"] }],
    ),
    accounts: (raw.accounts ?? []).flatMap((account, index) =>
      account === undefined ? [] : [draftAccount(account, index, raw, home)],
    ),
    deployRoleName: raw.deployRoleName ?? "AtollDeploy",
    environmentVariables: writtenList(raw.environmentVariables, ["environmentVariables"]) ?? [],
  };
}

function draftAccount(
  raw: RawAccount,
  index: number,
  organization: RawOrganization,
  home: readonly Written<string>[],
): DraftAccount {
  const path = ["accounts", index] as const;
  const { defaults = {} } = organization;
  const own = <T>(name: keyof RawAccount & keyof typeof defaults, value: T | undefined) =>
    value === undefined ? undefined : { value, path: [...path, name] };
  const inherited = <T>(name: keyof typeof defaults, value: T | undefined) =>
    value === undefined ? undefined : { value, path: ["defaults", name] };
  return {
    raw,
    path,
    lifecycle: raw.lifecycle ?? defaults.lifecycle ?? "active",
    regions:
      writtenList(raw.regions, [...path, "regions"]) ??
      writtenList(defaults.regions, ["defaults", "regions"]) ??
      home,
    owner: own("owner", raw.owner) ??
      inherited("owner", defaults.owner) ?? { value: "platform", path },
    environment: own("environment", raw.environment) ??
      inherited("environment", defaults.environment) ?? { value: "shared", path },
    zones: own("zones", raw.zones) ?? inherited("zones", defaults.zones) ?? { value: 3, path },
    addresses:
      raw.addresses === undefined
        ? request(defaults.addresses, ["defaults", "addresses"])
        : request(raw.addresses, [...path, "addresses"]),
    monthlyBudgetUsd:
      (raw.monthlyBudgetUsd === undefined ? defaults.monthlyBudgetUsd : raw.monthlyBudgetUsd) ??
      null,
    units: (raw.units ?? []).flatMap((unit, position) =>
      unit?.name === undefined
        ? []
        : [{ value: unit.name, path: [...path, "units", position, "name"] }],
    ),
  };
}

function request(
  raw: RawAccount["addresses"],
  path: readonly PathSegment[],
): DraftAccount["addresses"] {
  if (raw?.pool === undefined || raw.prefixLength === undefined) return null;
  return { value: { pool: raw.pool, prefixLength: raw.prefixLength }, path };
}

function writtenList(
  list: readonly (string | undefined)[] | undefined,
  path: readonly PathSegment[],
): readonly Written<string>[] | undefined {
  return list?.flatMap((value, index) =>
    value === undefined ? [] : [{ value, path: [...path, index] }],
  );
}

/** Walks the nested units without recursion, so that no depth of nesting can overflow the stack. */
function flattenUnits(tree: unknown): readonly DraftUnit[] {
  const units: DraftUnit[] = [];
  const waiting: { readonly tree: unknown; readonly parent: DraftUnit | null }[] = [
    { tree, parent: null },
  ];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { parent } = next;
    const names = typeof next.tree === "object" && next.tree !== null ? next.tree : {};
    const children = Object.entries(names).map(([name, inner]: [string, unknown]) => ({
      tree: inner,
      parent: {
        name,
        path: parent === null ? name : `${parent.path}/${name}`,
        parent: parent?.path ?? null,
        writtenAt: [...(parent?.writtenAt ?? ["organizationalUnits"]), name],
        depth: (parent?.depth ?? 0) + 1,
      },
    }));
    if (parent !== null) units.push(parent);
    waiting.push(...children.reverse());
  }
  return units;
}
