import { ProblemError } from "./errors.ts";
import { compareText, hasErrors, sortProblems, type Problem } from "./problem.ts";

const problem = (code: string, severity: Problem["severity"], path: string): Problem => ({
  code,
  severity,
  path,
  message: "m",
  got: null,
  expected: "e",
  fix: "f",
});

test("errors come first, then paths and codes decide", () => {
  const sorted = sortProblems([
    problem("B", "warning", "a"),
    problem("B", "error", "b"),
    problem("A", "error", "b"),
  ]);
  expect(sorted.map(({ code, severity }) => [code, severity])).toEqual([
    ["A", "error"],
    ["B", "error"],
    ["B", "warning"],
  ]);
});

test("a warning alone is no error", () => {
  expect(hasErrors([problem("A", "warning", "a")])).toBe(false);
  expect(hasErrors([problem("A", "warning", "a"), problem("B", "error", "b")])).toBe(true);
});

test("text is compared by code unit, as no locale does it", () => {
  expect(["b", "B", "a", "ä"].sort(compareText)).toEqual(["B", "a", "b", "ä"]);
});

test("an error of problems carries all of them, its name and a code", () => {
  const error = new ProblemError([problem("A", "error", "a"), problem("B", "error", "b")]);
  expect(error).toMatchObject({ name: "ProblemError", code: "PROBLEMS" });
  expect(error.problems.map(({ code }) => code)).toEqual(["A", "B"]);
  expect(error.message).toContain("A a");
});
