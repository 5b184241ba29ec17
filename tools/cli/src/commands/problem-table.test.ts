import { readFileSync } from "node:fs";
import { join } from "node:path";

import { readProblemTable } from "./problem-table.ts";

test("a row is a code with its heading; links are their text, a written bar is one", () => {
  const page = [
    "# Codes",
    "| Code | Severity | Meaning | Usual fix |",
    "| ---- | -------- | ------- | --------- |",
    "## One",
    "| `A_B` | error | Bad `x`. | See [this page](page.md#there). |",
    "| `C` | error or warning | `a\\|b` is wrong. |  |",
  ].join("\n");
  expect(readProblemTable(page)).toEqual([
    { code: "A_B", severity: "error", meaning: "Bad `x`.", fix: "See this page.", section: "One" },
    {
      code: "C",
      severity: "error or warning",
      meaning: "`a|b` is wrong.",
      fix: "",
      section: "One",
    },
  ]);
});

test("the page has every part of every code, and none twice", () => {
  const page = join(import.meta.dirname, "../../../../docs/problems.md");
  const codes = readProblemTable(readFileSync(page, "utf8"));
  expect(new Set(codes.map(({ code }) => code)).size).toBe(codes.length);
  expect(codes.length).toBeGreaterThan(100);
  for (const { code, severity, meaning, fix, section } of codes) {
    expect(code).toMatch(/^[A-Z][A-Z0-9_]+$/u);
    expect(severity).toMatch(/^(?:error|warning|error or warning|stops)$/u);
    expect([meaning, fix, section].map((text) => text === "")).toEqual([false, false, false]);
  }
});
