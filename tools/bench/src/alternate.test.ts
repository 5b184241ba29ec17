import { alternate } from "./alternate.ts";
import type { Contender } from "./alternate.ts";

function recording(name: string, seconds: readonly number[], log: string[]): Contender {
  let run = 0;
  return {
    name,
    label: name,
    accounts: 6,
    before: () => log.push(`before ${name}`),
    run: (sampleMemory) => {
      log.push(sampleMemory ? `look at ${name}` : name);
      run += 1;
      const peakPssMiB = sampleMemory ? 100 : null;
      return Promise.resolve({ seconds: seconds[run - 1] ?? 0, cpuSeconds: 1, peakPssMiB });
    },
  };
}

describe("alternate", () => {
  it("takes turns, so that a slow moment of the machine hits all", async () => {
    const log: string[] = [];
    const contenders = [recording("a", [], log), recording("b", [], log)];
    await alternate(contenders, { warmUp: 1, memory: 1, timed: 2 }, () => undefined);
    expect(log.filter((line) => !line.startsWith("before"))).toEqual([
      "a",
      "b",
      "look at a",
      "look at b",
      "a",
      "b",
      "a",
      "b",
    ]);
  });

  it("prepares every run", async () => {
    const log: string[] = [];
    await alternate([recording("a", [], log)], { warmUp: 1, memory: 1, timed: 1 }, () => undefined);
    expect(log).toEqual(["before a", "a", "before a", "look at a", "before a", "a"]);
  });

  it("counts neither the warm-up nor the run for memory as time", async () => {
    const contender = recording("a", [90, 50, 1, 2, 3], []);
    const rounds = { warmUp: 1, memory: 1, timed: 3 };
    const [figure] = await alternate([contender], rounds, () => undefined);
    expect(figure?.cost).toMatchObject({ seconds: 2, peakPssMiB: 100 });
  });
});
