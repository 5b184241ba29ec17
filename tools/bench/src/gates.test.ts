import { evaluateGate, exitCode } from "./gates.ts";
import type { Gate } from "./gates.ts";

const gate: Gate = { name: "g", claim: "c", bound: "at-least", target: 3, measured: 3 };
const judge = (change: Partial<Gate>) => evaluateGate({ ...gate, ...change }).passed;

describe("evaluateGate", () => {
  it.each([
    ["at-least", 3, true],
    ["at-least", 2.999, false],
    ["at-most", 3, true],
    ["at-most", 3.001, false],
  ] as const)("%s 3 with %d is %s", (bound, measured, passed) => {
    expect(judge({ bound, measured })).toBe(passed);
  });

  it.each([null, Number.NaN, Number.POSITIVE_INFINITY])("does not pass on %s", (measured) => {
    expect(judge({ measured })).toBe(false);
  });
});

describe("exitCode", () => {
  const passed = evaluateGate(gate);
  const missed = evaluateGate({ ...gate, measured: 1 });

  it("is 0 when every gate passed", () => {
    expect(exitCode([passed, passed], [])).toBe(0);
  });

  it("is 1 when one gate was missed", () => {
    expect(exitCode([passed, missed], [])).toBe(1);
  });

  it("is 1 when a suite without gates failed", () => {
    expect(exitCode([passed], ["levers"])).toBe(1);
  });

  it("is 0 when a suite that claims nothing was measured alone", () => {
    expect(exitCode([], [])).toBe(0);
  });
});
