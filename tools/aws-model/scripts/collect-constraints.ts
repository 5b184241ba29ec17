import type { Constraint } from "../src/check/constraint.ts";
import type { ServiceTable, Shape } from "../src/tables/format.ts";
import type { ApiSource } from "./api-source.ts";
import { matchName } from "./names.ts";
import { follow } from "./source.ts";
import type { Cursor, Facts } from "./source.ts";
import { specCursor } from "./spec-source.ts";

/** Where the sources describe a type; see `data/types-in-use.json`. */
export interface TypeSources {
  readonly spec?: readonly string[];
  readonly api?: readonly string[];
  readonly renames?: Readonly<Record<string, string>>;
  readonly nested?: Readonly<Record<string, readonly string[]>>;
  /** Checks that the provider makes by itself. */
  readonly provider?: readonly {
    readonly path: string;
    readonly pattern: string;
    /** File and commit of terraform-provider-aws. */
    readonly from: string;
  }[];
  readonly also?: Readonly<Record<string, readonly (string | number)[]>>;
}

/** What was collected for a type. */
export interface Collected {
  readonly constraints: readonly Constraint[];
  /** Paths of all inputs that are a string or a number. */
  readonly inputs: readonly string[];
  /** Patterns that are no JavaScript patterns, which were left out. */
  readonly dropped: readonly string[];
}

/** An enumeration longer than this is one that AWS keeps adding to. */
const LONGEST_CLOSED = 24;
/** Values that AWS adds with every generation of hardware, however short the list is. */
const GROWING = /(?:instanceType|acceleratorName)/iu;

/** Collects what the sources say of every input of a type. */
export function collectConstraints(
  type: string,
  service: ServiceTable,
  sources: TypeSources,
  api: ApiSource,
): Collected {
  const owner = type.slice(type.lastIndexOf(":") + 1);
  const constraints: Constraint[] = [];
  const inputs: string[] = [];
  const dropped: string[] = [];
  const open = (place: string): Cursor => {
    const [kind, name] = split(place);
    const cursor = kind === "api" ? api(name) : specCursor(name);
    if (cursor === undefined) throw new Error(`${type}: no such place as ${place}`);
    return cursor;
  };
  const extra = (path: string) => (sources.nested?.[path] ?? []).map(open);
  const visit = (
    shape: Shape,
    path: string,
    cursors: readonly Cursor[],
    seen: readonly string[],
  ) => {
    const all = [...cursors, ...extra(path)];
    if (typeof shape === "string") {
      if (shape === "s" || shape === "n") {
        inputs.push(path);
        const row = constraintOf(path, shape, all.filter(isScalar), sources, dropped);
        if (row !== undefined) constraints.push(row);
      }
      return;
    }
    if (shape[0] === "list") {
      const lists = all.filter((cursor) => cursor.kind === "list");
      const sizes = constraintOf(path, "list", lists, sources, dropped);
      if (sizes !== undefined) constraints.push(sizes);
      visit(shape[1], `${path}[]`, lists.map((cursor) => cursor.element()).filter(isThere), seen);
    } else if (shape[0] === "ref" && !seen.includes(shape[1])) {
      visitObject(service.shapes[shape[1]]?.properties ?? {}, path, all.map(unlisted), [
        ...seen,
        shape[1],
      ]);
    } else if (shape[0] === "any-of" && shape.includes("s")) {
      visit("s", path, cursors, seen);
    }
  };
  const visitObject = (
    properties: Readonly<Record<string, Shape>>,
    path: string,
    cursors: readonly Cursor[],
    seen: readonly string[],
  ) => {
    for (const [name, shape] of Object.entries(properties)) {
      const own = path === "" ? name : `${path}.${name}`;
      // Declared to have no counterpart: neither looked up nor counted.
      if (sources.renames?.[own] === "" && sources.nested?.[`${own}[]`] === undefined) continue;
      const below = cursors
        .map((cursor) => childOf(cursor, name, own, owner, sources))
        .filter(isThere);
      visit(shape, own, below, seen);
    }
  };
  const table = service.resources[type];
  if (table === undefined) throw new Error(`${type} is not in the tables`);
  const starts = [
    ...(sources.spec ?? []).map((place) => open(`spec:${place}`)),
    ...(sources.api ?? []).map((place) => open(`api:${place}`)),
    ...extra(""),
  ];
  visitObject(table.inputs, "", starts, []);
  for (const { path, pattern, from } of sources.provider ?? []) {
    constraints.push({ path, pattern, from: [`provider ${from}`] });
  }
  return { constraints, inputs, dropped };
}

function split(place: string): readonly [string, string] {
  const colon = place.indexOf(":");
  return [place.slice(0, colon), place.slice(colon + 1)];
}

function childOf(
  cursor: Cursor,
  name: string,
  path: string,
  owner: string,
  sources: TypeSources,
): Cursor | undefined {
  const renamed = sources.renames?.[path];
  if (renamed === "") return undefined;
  const there = cursor.names();
  if (renamed !== undefined) {
    const [first = "", ...rest] = renamed.split(".");
    const match = matchName(first, owner, there);
    return match === undefined ? undefined : follow(cursor.property(match), rest.join("."));
  }
  const match = matchName(name, owner, there);
  return match === undefined ? undefined : cursor.property(match);
}

/** The provider flattens lists of one. */
function unlisted(cursor: Cursor): Cursor {
  return cursor.kind === "list" ? (cursor.element() ?? cursor) : cursor;
}

function isThere<T>(value: T | undefined): value is T {
  return value !== undefined;
}

function isScalar(cursor: Cursor): boolean {
  return cursor.kind === "scalar";
}

function constraintOf(
  path: string,
  shape: "s" | "n" | "list",
  cursors: readonly Cursor[],
  sources: TypeSources,
  dropped: string[],
): Constraint | undefined {
  const facts = cursors.filter((cursor) => Object.keys(cursor.facts).length > 0);
  if (facts.length === 0) return undefined;
  const merged = mergeFacts(facts.map((cursor) => cursor.facts));
  const { pattern, ...rest } = merged;
  const usable = pattern === undefined ? undefined : usablePattern(pattern);
  if (pattern !== undefined && usable === undefined) dropped.push(`${path}: ${pattern}`);
  const kept: Facts = {
    ...(shape === "list" ? listFacts(rest) : rest),
    ...(usable === undefined || usable === "" || shape !== "s" ? {} : { pattern: usable }),
  };
  if (Object.keys(kept).length === 0) return undefined;
  const values = kept.values;
  const open = values !== undefined && (values.length > LONGEST_CLOSED || GROWING.test(path));
  const also = sources.also?.[path];
  return {
    path,
    ...kept,
    ...(open ? { open: true as const } : {}),
    ...(also === undefined ? {} : { also }),
    from: facts.map((cursor) => cursor.from),
  };
}

function listFacts({ minItems, maxItems }: Facts): Facts {
  return {
    ...(minItems === undefined ? {} : { minItems }),
    ...(maxItems === undefined ? {} : { maxItems }),
  };
}

/** Either source may lag behind: the values of both, and of the bounds the wider ones. */
function mergeFacts(all: readonly Facts[]): Facts {
  const values = [...new Set(all.flatMap((facts) => facts.values ?? []))];
  const pattern = all.find((facts) => facts.pattern !== undefined)?.pattern;
  const bound = (
    name: Exclude<keyof Facts, "values" | "pattern">,
    pick: (...n: number[]) => number,
  ) => {
    const numbers = all.map((facts) => facts[name]).filter(isThere);
    return numbers.length === 0 ? {} : { [name]: pick(...numbers) };
  };
  return {
    ...(values.length === 0 ? {} : { values }),
    ...(pattern === undefined ? {} : { pattern }),
    ...bound("minLength", Math.min),
    ...bound("maxLength", Math.max),
    ...bound("minItems", Math.min),
    ...bound("maxItems", Math.max),
    ...bound("min", Math.min),
    ...bound("max", Math.max),
  };
}

/** Patterns that allow any text, or any text but control characters. */
const ANYTHING: readonly RegExp[] = [
  /^\(?(?:\.|\[\\s\\S\]|\[\\S\\s\])[*+]\)?$/u,
  /^\[\\u0020-\\uD7FF\\uE000-\\uFFFD.*\][*+]$/u,
];

/**
 * A pattern for JavaScript: AWS's services match whole texts, whether or not it has anchors. Empty
 * for one that allows anything, undefined for one that JavaScript cannot read.
 */
function usablePattern(pattern: string): string | undefined {
  const bare = pattern.replace(/^\^/u, "").replace(/\$$/u, "");
  const whole = `^(?:${bare})$`;
  if (ANYTHING.some((anything) => anything.test(bare))) return "";
  for (const flags of ["u", ""]) {
    try {
      new RegExp(whole, flags);
      // Without `u`, `\p` means the letter p.
      return flags === "" && /\\[pPuUx]/u.test(bare) ? undefined : whole;
    } catch {
      continue;
    }
  }
  return undefined;
}
