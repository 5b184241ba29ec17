import { colorPaint, wantsColor } from "./paint.ts";

test.each([
  ["a terminal", { allowed: true, terminal: true, env: {} }, true],
  ["a pipe", { allowed: true, terminal: false, env: {} }, false],
  ["--no-color", { allowed: false, terminal: true, env: { FORCE_COLOR: "1" } }, false],
  ["NO_COLOR", { allowed: true, terminal: true, env: { NO_COLOR: "1" } }, false],
  ["an empty NO_COLOR", { allowed: true, terminal: true, env: { NO_COLOR: "" } }, true],
  ["FORCE_COLOR over a pipe", { allowed: true, terminal: false, env: { FORCE_COLOR: "1" } }, true],
  ["FORCE_COLOR=0", { allowed: true, terminal: true, env: { FORCE_COLOR: "0" } }, false],
  ["a dumb terminal", { allowed: true, terminal: true, env: { TERM: "dumb" } }, false],
] as const)("%s", (_name, choice, expected) => {
  expect(wantsColor(choice)).toBe(expected);
});

test("colours are escape sequences around the text", () => {
  expect(colorPaint("error", "x")).toBe("\u001b[31mx\u001b[39m");
});
