import {
  cloudRules,
  type AwsModel,
  type CloudRule,
  type Explanation,
  type Fact,
} from "@atoll/aws-model";

import type { ProblemCode } from "./problem-table.ts";

/** What is known of what was asked for. */
export interface Explained extends Explanation {
  /** What `docs/problems.md` says, for a code of Atoll's. */
  readonly problem: ProblemCode | null;
}

/** Where the meaning of Atoll's own codes is written down. */
const PAGE = { kind: "doc", source: "docs/problems.md", date: "" } as const;

/**
 * Explains a code of Atoll's, a code of AWS's, the name of a rule, a type or a property of a type, out of the model and
 * the table of problem codes.
 */
export function explainQuery(
  query: string,
  model: Pick<AwsModel, "explain">,
  problems: readonly ProblemCode[],
): Explained {
  const problem = problems.find(({ code }) => code === query) ?? null;
  const codes = problems.map(({ code, meaning }) => ({ code, text: meaning, provenance: PAGE }));
  const explanation = model.explain(query, codes);
  const rules = cloudRules().filter(
    ({ rule, code, text }) =>
      // The texts of rules name further codes of AWS's in brackets, such as that of a refused deletion.
      [rule, code].includes(query) || text.includes(`(${query})`),
  );
  if (problem !== null) {
    // The table says it first; the model may have said where it knows that from.
    const facts = explanation.facts.filter(({ provenance }) => provenance.source !== PAGE.source);
    return { ...explanation, facts, problem };
  }
  if (rules.length > 0) return { subject: query, kind: "code", facts: rules.map(factOf), problem };
  return { ...explanation, facts: [...explanation.facts, ...rulesAbout(explanation)], problem };
}

function factOf({ rule, code, text, provenance }: CloudRule): Fact {
  const isSaid = code === "" || text.includes(code);
  const answer = isSaid ? "" : ` AWS refuses anything else with ${code}.`;
  return { what: `${rule}: ${text}${answer}`, provenance };
}

/** What AWS checks of an input, or of all references of a type. */
function rulesAbout({ subject, kind }: Explanation): readonly Fact[] {
  if (kind !== "type" && kind !== "input") return [];
  const [, folder = "", path = ""] = /^aws:([^:]+):\w+(?:\.(.+))?$/u.exec(subject) ?? [];
  const name = path === "" ? `${folder}.` : `${folder}.${path}`;
  return cloudRules()
    .filter(({ rule }) => rule === name || (rule.startsWith(name) && isStep(rule, name, path)))
    .map(factOf);
}

/** True when the rule's path goes on behind the name with a step of its own: not `vpcIds` for `vpcId`. */
function isStep(rule: string, name: string, path: string): boolean {
  return path === "" || /^[.[]/u.test(rule.slice(name.length));
}
