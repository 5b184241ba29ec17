import { compareText } from "@atoll/core";

import type { Change, Difference, ResourceChange } from "../compare/types.ts";
import type { Paint, Style } from "./paint.ts";
import { namesText, plural } from "./table.ts";
import { shortType } from "./types.ts";
import { valueText } from "./value.ts";

const SIGN = {
  added: { sign: "+", style: "added" },
  removed: { sign: "-", style: "removed" },
  changed: { sign: "~", style: "changed" },
  replaced: { sign: "±", style: "changed" },
} as const satisfies Record<Change["change"] | "replaced", { sign: string; style: Style }>;

/** Changes as lines. Those that differ in their name alone share them: `~ 2 × ec2.Subnet`, the names below. */
export function renderChanges(
  changes: readonly { readonly change: Change; readonly remark?: string }[],
  paint: Paint,
): readonly string[] {
  const parts = new Map<
    string,
    ChangeText & { readonly remark: string; readonly names: string[] }
  >();
  for (const { change, remark = "" } of changes) {
    const text = changeText(change);
    const key = JSON.stringify([text.sign, text.what, text.note, text.details, remark]);
    const known = parts.get(key);
    if (known === undefined) parts.set(key, { ...text, remark, names: [text.name] });
    else known.names.push(text.name);
  }
  return [...parts.values()].flatMap((part) => {
    const { what, names, note, details, refusals, remark } = part;
    const { sign, style } = SIGN[part.sign];
    const mark = paint(style, sign);
    const said = note === "" ? "" : `  ${paint(style, note)}`;
    const faint = said + (remark === "" ? "" : `  ${paint("faint", `(${remark})`)}`);
    const inner = [
      ...details.map((detail) => `    ${detail}`),
      ...refusals.map((refusal) => `    ${paint("error", "✖")} ${refusal}`),
    ];
    const [first = ""] = names;
    if (names.length === 1) {
      const name = first === "" ? "" : ` ${paint("name", first)}`;
      return [`${mark} ${what}${name}${faint}`, ...inner];
    }
    const head = `${mark} ${String(names.length)} × ${what}${faint}`;
    return [head, ...names.map((name) => `    ${paint("name", name)}`), ...inner];
  });
}

interface ChangeText {
  readonly sign: keyof typeof SIGN;
  /** What has changed: a type, or a sentence. */
  readonly what: string;
  /** Which one of them; empty when there is only one. */
  readonly name: string;
  /** What is done about it. */
  readonly note: string;
  /** A line for each value that differs. */
  readonly details: readonly string[];
  /** Why it would be refused. */
  readonly refusals: readonly string[];
}

function changeText(changed: Change): ChangeText {
  const text = { sign: changed.change, name: "", note: "", details: [], refusals: [] } as const;
  switch (changed.subject) {
    case "stack":
      return {
        ...text,
        what: `stack ${changed.change}, ${plural(changed.resources, "resource")}`,
      };
    case "status":
      return { ...text, what: `was ${changed.before}, is now ${changed.after}` };
    case "resource":
      return {
        sign: changed.action === "replace" ? "replaced" : changed.change,
        what: shortType(changed.type),
        name: resourcePath(changed.urn, changed.name),
        note: effectText(changed),
        details: [...changed.differences.map(differenceText), ...followsText(changed)],
        refusals: changed.refusals ?? [],
      };
    case "output":
      return {
        ...text,
        what: "output",
        name: changed.name,
        details: changed.differences.map(differenceText),
      };
    case "problem": {
      const { severity, code, path, message } = changed.problem;
      const what = `${changed.change === "added" ? "new" : "fixed"} ${severity} ${code}`;
      return { ...text, what, name: path, details: [message] };
    }
    default:
      return changed satisfies never;
  }
}

/** By type alone, so that all that follow from one replacement share a line. */
function followsText({ follows = [] }: ResourceChange): readonly string[] {
  const types = [...new Set(follows.map(({ urn }) => shortType(typeOf(urn))))].sort(compareText);
  const verb = types.length === 1 ? "which is" : "which are";
  return types.length === 0 ? [] : [`follows ${namesText(types)}, ${verb} replaced`];
}

/** More paths than this are counted. */
const NAMED_PATHS = 3;

/** `(cidrBlock replaces)`, `(updates in place) (unverified)`: what is done about a resource, and how sure that is. */
function effectText(change: ResourceChange): string {
  const text = actionText(change);
  if (text === "") return "";
  return `(${text})${change.verified === false && change.action !== "none" ? " (unverified)" : ""}`;
}

function actionText({ action, replaces = [], deletesFirst }: ResourceChange): string {
  switch (action) {
    case "replace": {
      const more = replaces.length - NAMED_PATHS;
      const named = replaces.slice(0, NAMED_PATHS).join(", ");
      const paths = more > 0 ? `${named} and ${plural(more, "other path")}` : named;
      const verb = replaces.length === 1 ? "replaces" : "replace";
      return `${paths} ${verb}${deletesFirst === true ? "; deleted first" : ""}`;
    }
    case "update":
      return "updates in place";
    case "none":
      return "nothing to do on AWS";
    case undefined:
      return "";
    default:
      return action satisfies never;
  }
}

/** `inputs.` is left out: it is what nearly all differences are in. */
function differenceText({ path, before, after }: Difference): string {
  const name = path.replace(/^inputs\./, "");
  if (before === undefined) return `${name}: + ${shown(after)}`;
  if (after === undefined) return `${name}: - ${shown(before)}`;
  return `${name}: ${shown(before)} → ${shown(after)}`;
}

/** A value; a URN by the type and name of its resource. */
function shown(value: Difference["before"]): string {
  if (typeof value !== "string" || !value.startsWith("urn:pulumi:")) return valueText(value);
  return `${shortType(typeOf(value))} ${value.split("::")[3] ?? ""}`;
}

function typeOf(urn: string): string {
  return (urn.split("::")[2] ?? "").split("$").at(-1) ?? "";
}

/** The name, and in front of it the types of its parents that the URN tells. */
function resourcePath(urn: string, name: string): string {
  const chain = urn.split("::")[2] ?? "";
  const parents = chain.split("$").slice(0, -1).map(shortType);
  return [...parents, name].join(" / ");
}
