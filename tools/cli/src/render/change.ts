import type { Change, Difference } from "../compare/types.ts";
import type { Paint, Style } from "./paint.ts";
import { plural } from "./table.ts";
import { shortType } from "./types.ts";
import { valueText } from "./value.ts";

const SIGN = {
  added: { sign: "+", style: "added" },
  removed: { sign: "-", style: "removed" },
  changed: { sign: "~", style: "changed" },
} as const satisfies Record<Change["change"], { sign: string; style: Style }>;

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
    const key = JSON.stringify([change.change, text.what, text.details, remark]);
    const known = parts.get(key);
    if (known === undefined) parts.set(key, { ...text, remark, names: [text.name] });
    else known.names.push(text.name);
  }
  return [...parts.values()].flatMap(({ change, what, names, details, remark }) => {
    const { sign, style } = SIGN[change];
    const mark = paint(style, sign);
    const faint = remark === "" ? "" : `  ${paint("faint", `(${remark})`)}`;
    const inner = details.map((detail) => `    ${detail}`);
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
  readonly change: Change["change"];
  /** What has changed: a type, or a sentence. */
  readonly what: string;
  /** Which one of them; empty when there is only one. */
  readonly name: string;
  /** A line for each value that differs. */
  readonly details: readonly string[];
}

function changeText(changed: Change): ChangeText {
  const { change } = changed;
  switch (changed.subject) {
    case "stack": {
      const what = `stack ${change}, ${plural(changed.resources, "resource")}`;
      return { change, what, name: "", details: [] };
    }
    case "status": {
      const what = `was ${changed.before}, is now ${changed.after}`;
      return { change, what, name: "", details: [] };
    }
    case "resource": {
      const name = resourcePath(changed.urn, changed.name);
      const details = changed.differences.map(differenceText);
      return { change, what: shortType(changed.type), name, details };
    }
    case "output": {
      const details = changed.differences.map(differenceText);
      return { change, what: "output", name: changed.name, details };
    }
    case "problem": {
      const { severity, code, path, message } = changed.problem;
      const what = `${change === "added" ? "new" : "fixed"} ${severity} ${code}`;
      return { change, what, name: path, details: [message] };
    }
    default: {
      const never: never = changed;
      return never;
    }
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
  const [, , types = "", name = ""] = value.split("::");
  return `${shortType(types.split("$").at(-1) ?? "")} ${name}`;
}

/** The name, and in front of it the types of its parents that the URN tells. */
function resourcePath(urn: string, name: string): string {
  const chain = urn.split("::")[2] ?? "";
  const parents = chain.split("$").slice(0, -1).map(shortType);
  return [...parents, name].join(" / ");
}
