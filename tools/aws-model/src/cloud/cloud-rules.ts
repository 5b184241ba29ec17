import type { Provenance } from "../provenance.ts";
import type { RefusalKind } from "./cloud.ts";
import { CLOUD_ROWS } from "./rows.ts";
import type { CloudRow, CloudRule, Reference } from "./row.ts";
import { referenceRule, shortType } from "./rule-names.ts";

/** The code of a preview's problem for each kind of refusal. */
export const REFUSAL_CODES: Readonly<Record<RefusalKind, string>> = {
  "not-found": "AWS_NOT_FOUND",
  conflict: "AWS_CONFLICT",
  "out-of-range": "AWS_OUT_OF_RANGE",
  quota: "AWS_QUOTA",
  "in-use": "AWS_IN_USE",
};

let made: readonly CloudRule[] | undefined;

/** Every rule of this part of the model, by its name; sorted as the tables are. */
export function cloudRules(): readonly CloudRule[] {
  if (made === undefined) {
    const rules = new Map<string, CloudRule>();
    for (const [type, row] of Object.entries(CLOUD_ROWS)) {
      for (const rule of rulesOf(type, row)) rules.set(rule.rule, rule);
    }
    made = [...rules.values()];
  }
  return made;
}

function rulesOf(type: string, row: CloudRow): readonly CloudRule[] {
  const references = row.references === "none" ? [] : row.references;
  const { removal } = row;
  return [
    ...references.map((reference) => ruleOfReference(type, reference)),
    ...[
      ...(row.unique ?? []),
      ...(row.checks ?? []),
      ...(row.limits ?? []),
      ...(row.removals ?? []),
    ].map(({ rule, code, text, provenance }) => ({ rule, code, text, provenance })),
    ...(removal === undefined
      ? []
      : [
          {
            rule: `${shortType(type)}.delete`,
            code: "",
            text: removal.text,
            provenance: removal.provenance,
          },
        ]),
  ];
}

function ruleOfReference(type: string, reference: Reference): CloudRule {
  const { path, to, code, sameVpc, holds, follows, provenance } = reference;
  const targets = to.map(shortType).join(" or ");
  const text = [
    `${path} of ${shortType(type)} names ${targets}, which must exist (${code}).`,
    sameVpc === undefined ? "" : ` It must be in the same VPC (${sameVpc}).`,
    holds === undefined ? "" : ` It cannot be deleted meanwhile (${holds}).`,
    follows === true ? " This goes along when it is deleted." : "",
  ];
  return { rule: referenceRule(type, reference), code, text: text.join(""), provenance };
}

/** A code that can be asked for, with what it means. */
interface Explained {
  readonly code: string;
  readonly text: string;
  readonly provenance: Provenance;
}

const PREVIEW: Provenance = {
  kind: "doc",
  source: "each problem names AWS's own code and the source of its rule",
  date: "2026-11-27",
};

const PREVIEW_TEXTS: Readonly<Record<RefusalKind, string>> = {
  conflict: "AWS would refuse this: it is taken, or it does not go together with another resource.",
  "in-use": "AWS would refuse the deletion: something depends on the resource still.",
  "not-found": "AWS would refuse this: it names something that is not there.",
  "out-of-range": "AWS would refuse this: the value lies outside of what it belongs to.",
  quota:
    "AWS would refuse this: a quota is used up. Ask for more and write it into quotas, or use less.",
};

/** Rules, AWS's own codes and the codes of a preview's problems, for `explain`. */
export function cloudExplanations(): readonly Explained[] {
  const previews = Object.entries(PREVIEW_TEXTS).map(([kind, text]) => ({
    code: REFUSAL_CODES[kind as RefusalKind],
    text,
    provenance: PREVIEW,
  }));
  const rules = cloudRules().map(({ rule, text, provenance }) => ({
    code: rule,
    text,
    provenance,
  }));
  return [...previews, ...rules, ...explainCodes()];
}

/** AWS's codes, each with the rules that lead to it. */
function explainCodes(): readonly Explained[] {
  const leading = new Map<string, CloudRule[]>();
  const add = (code: string | undefined, rule: CloudRule) => {
    if (code === undefined || code === "") return;
    const known = leading.get(code) ?? [];
    if (!known.some((one) => one.rule === rule.rule)) leading.set(code, [...known, rule]);
  };
  for (const [type, row] of Object.entries(CLOUD_ROWS)) {
    for (const rule of rulesOf(type, row)) add(rule.code, rule);
    for (const { elsewhere, ...rule } of row.unique ?? []) add(elsewhere, rule);
    for (const reference of row.references === "none" ? [] : row.references) {
      const rule = ruleOfReference(type, reference);
      add(reference.sameVpc, rule);
      add(reference.holds, rule);
    }
  }
  return [...leading].map(([code, rules]) => {
    const names = rules.map(({ rule }) => rule).join(", ");
    const [first] = rules;
    const only = rules.length === 1 ? ` ${first?.text ?? ""}` : "";
    return {
      code,
      text: `AWS's own code. What leads to it: ${names}.${only}`,
      provenance: first?.provenance ?? PREVIEW,
    };
  });
}
