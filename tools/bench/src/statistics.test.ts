import fc from "fast-check";

import { costOf, median, sumSamples } from "./statistics.ts";
import type { Sample } from "./statistics.ts";

const sample = (seconds: number, peakPssMiB: number | null = null): Sample => ({
  seconds,
  cpuSeconds: seconds * 2,
  peakPssMiB,
});

describe("median", () => {
  it("is the middle value, so one disturbed run does not move it", () => {
    expect(median([1.1, 9, 1])).toBe(1.1);
  });

  it("is the mean of the middle two for an even count", () => {
    expect(median([4, 1, 2, 3])).toBe(2.5);
  });

  it("refuses to make up a value", () => {
    expect(() => median([])).toThrow(expect.objectContaining({ code: "BENCH_NO_SAMPLES" }));
  });

  it("has as many values below as above, in any order", () => {
    const values = fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 1 });
    fc.assert(
      fc.property(values, (numbers) => {
        const middle = median(numbers);
        const below = numbers.filter((number) => number < middle).length;
        const above = numbers.filter((number) => number > middle).length;
        expect(Math.max(below, above)).toBeLessThanOrEqual(numbers.length / 2);
        expect(median(numbers.toReversed())).toBe(middle);
      }),
    );
  });
});

describe("costOf", () => {
  it("takes time from the timed runs and memory from the others", () => {
    const runs = { timed: [sample(1), sample(2), sample(4)], memory: [sample(99, 200)] };
    expect(costOf(runs)).toEqual({ seconds: 2, cpuSeconds: 4, peakPssMiB: 200, spread: 1.5 });
  });

  it("refuses memory that was never looked at", () => {
    const runs = { timed: [sample(1)], memory: [sample(1)] };
    expect(() => costOf(runs)).toThrow(expect.objectContaining({ code: "BENCH_NO_SAMPLES" }));
  });
});

describe("sumSamples", () => {
  it("adds times up and keeps the largest memory, as one command after another has it", () => {
    expect(sumSamples([sample(1, 10), sample(2, 30), sample(3, 20)])).toEqual(sample(6, 30));
  });

  it("has no memory where none was looked at", () => {
    expect(sumSamples([sample(1)]).peakPssMiB).toBeNull();
  });
});
