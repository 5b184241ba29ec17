import type { Suite } from "./bench.ts";
import { renderSuite, suiteReport } from "./report.ts";

const suite: Suite = {
  name: "growth",
  title: "Growth",
  gates: [{ name: "memory", claim: "PSS at 300 / at 100", bound: "at-most", target: 1.2 }],
  run: () => Promise.reject(new RangeError("not run here")),
};
const outcome = (ratio: number) => ({
  figures: [],
  comparisons: [],
  measured: { memory: ratio },
});

describe("suiteReport", () => {
  it("misses every gate of a suite that could not be measured", () => {
    const report = suiteReport(suite, new RangeError("npm failed"));
    expect(report.failure).toBe("npm failed");
    expect(report.gates).toMatchObject([{ name: "memory", measured: null, passed: false }]);
  });

  it("misses a gate that the suite forgot to measure", () => {
    const report = suiteReport(suite, { ...outcome(1), measured: {} });
    expect(report.gates).toMatchObject([{ passed: false }]);
  });

  it("judges what was measured", () => {
    expect(suiteReport(suite, outcome(1.1)).gates).toMatchObject([{ passed: true }]);
    expect(suiteReport(suite, outcome(1.3)).gates).toMatchObject([{ passed: false }]);
  });
});

describe("renderSuite", () => {
  it("shows a missed gate with what was measured and what was wanted", () => {
    expect(renderSuite(suiteReport(suite, outcome(1.3)))).toBe(
      "growth: Growth\n  MISS  memory: PSS at 300 / at 100: 1.30 (must be <= 1.2)\n",
    );
  });

  it("lines figures up under their heads", () => {
    const figure = {
      name: "atoll-100",
      label: "atoll preview",
      accounts: 100,
      runs: { timed: [], memory: [] },
      cost: { seconds: 2, cpuSeconds: 3.5, peakPssMiB: 301.4, spread: 0.05 },
    };
    const report = suiteReport(suite, { ...outcome(1), figures: [figure] });
    expect(renderSuite(report).split("\n").slice(1, 3)).toEqual([
      "                 accounts  wall s  ms/account  cpu s  PSS MiB  spread",
      "  atoll preview       100    2.00        20.0   3.50      301      5%",
    ]);
  });
});
