import { countKills, VICTIMS } from "./kills/kill-plan.ts";
import { describeResult, type KillResult } from "./kills/kill-result.ts";
import { killSmall } from "./kills/small-kills.ts";

/*
 * Kills with -9 of each process of a run, at moments drawn from a seed. `ATOLL_KILL_SEED=<n> ATOLL_KILLS=1` does one of
 * them again; `ATOLL_VERBOSE=1` prints a line for each.
 */

const FIRST_SEED = Number(process.env["ATOLL_KILL_SEED"] ?? 1_000);
const KILLS = Number(process.env["ATOLL_KILLS"] ?? 60);
const isVerbose = (process.env["ATOLL_VERBOSE"] ?? "") !== "";
/** Organizations at once: a run waits for its processes half of the time. */
const LANES = 3;

// They take less than five minutes on two cores that have nothing else to do.
jest.setTimeout(900_000);

/** The seeds in as many rows as there are lanes. */
function lanes(): readonly (readonly number[])[] {
  const seeds = Array.from({ length: KILLS }, (_, index) => FIRST_SEED + index);
  const each = Math.ceil(KILLS / LANES);
  return Array.from({ length: LANES }, (_, lane) => seeds.slice(lane * each, (lane + 1) * each));
}

test("whatever is killed whenever, the next run goes on: nothing is lost, nothing is made twice", async () => {
  const started = performance.now();
  const results: KillResult[] = [];
  await Promise.all(
    lanes().map((seeds) =>
      killSmall(seeds, (result) => {
        results.push(result);
        if (isVerbose) process.stderr.write(describeResult(result));
      }),
    ),
  );
  const seconds = (performance.now() - started) / 1_000;
  const bad = results.filter(({ problem }) => problem !== null);
  expect(bad.map(({ seed, kills, problem }) => ({ seed, kills, problem }))).toEqual([]);
  expect(results).toHaveLength(KILLS);
  const met = results.flatMap(({ victims }) => victims);
  process.stderr.write(`${countKills(met)} in ${seconds.toFixed(0)} s\n`);
  if (KILLS < 60) return;
  // Some runs are over before the moment of their kill; most are not.
  for (const victim of VICTIMS) {
    const count = met.filter((each) => each === victim).length;
    expect(count).toBeGreaterThanOrEqual(KILLS / VICTIMS.length / 2);
  }
  expect(met.length).toBeGreaterThanOrEqual(KILLS);
});
