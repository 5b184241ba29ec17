import type { Fact, Provenance } from "@atoll/aws-model";

import type { Explained } from "../commands/explain-query.ts";
import type { Paint } from "./paint.ts";

/** What is known of a subject, each fact with where it is from; a source that several share is said once. */
export function renderExplained(explained: Omit<Explained, "suggestion">, paint: Paint): string {
  const { subject, kind, problem, facts } = explained;
  const head = `${paint("heading", subject)}  ${paint("faint", problem?.severity ?? kind)}\n`;
  const meaning =
    problem === null
      ? ""
      : [
          `\n  ${problem.meaning}\n`,
          `  Usual fix: ${problem.fix}\n`,
          `    ${paint("faint", `docs/problems.md, ${problem.section}`)}\n`,
        ].join("");
  return `${head}${meaning}${facts.length === 0 ? "" : "\n"}${factLines(facts, paint).join("")}`;
}

function factLines(facts: readonly Fact[], paint: Paint): readonly string[] {
  return facts.flatMap(({ what, provenance }, index) => {
    const source = sourceText(provenance);
    const next = facts[index + 1];
    const isLast = next === undefined || sourceText(next.provenance) !== source;
    return [`  ${what}\n`, ...(isLast ? [`    ${paint("faint", source)}\n`] : [])];
  });
}

const SAYS: Readonly<Record<Provenance["kind"], string>> = {
  provider: "the provider",
  spec: "AWS's specification",
  api: "AWS's API model",
  doc: "documentation",
  observed: "observed",
  assumed: "unverified: nobody has checked it",
};

function sourceText({ kind, source, date }: Provenance): string {
  return `${SAYS[kind]}: ${source} (${date})`;
}
