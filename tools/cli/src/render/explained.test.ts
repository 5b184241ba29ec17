import { renderExplained } from "./explained.ts";
import { plainPaint } from "./paint.ts";

const spec = { kind: "spec", source: "a table", date: "2026-11-27" } as const;
const guess = { kind: "assumed", source: "nobody", date: "2026-11-27" } as const;

test("a source that several facts share is said once; what nobody has checked is said to be unverified", () => {
  const facts = [
    { what: "One.", provenance: spec },
    { what: "Two.", provenance: spec },
    { what: "Three.", provenance: guess },
  ];
  expect(renderExplained({ subject: "x.Y.z", kind: "input", facts, problem: null }, plainPaint))
    .toBe(`x.Y.z  input

  One.
  Two.
    AWS's specification: a table (2026-11-27)
  Three.
    unverified: nobody has checked it: nobody (2026-11-27)
`);
});

test("a problem code comes with its severity and its fix", () => {
  const problem = {
    code: "A_B",
    severity: "error",
    meaning: "Bad.",
    fix: "Mend it.",
    section: "Files",
  };
  expect(renderExplained({ subject: "A_B", kind: "code", facts: [], problem }, plainPaint))
    .toBe(`A_B  error

  Bad.
  Usual fix: Mend it.
    docs/problems.md, Files
`);
});
