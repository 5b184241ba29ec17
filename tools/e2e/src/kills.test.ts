import { VICTIMS } from "./kills/kill-plan.ts";
import { killSmall, type KillResult } from "./kills/small-kills.ts";

/*
 * Kills with -9 of each process of a run, at moments drawn from a seed. `ATOLL_KILL_SEED=<n> ATOLL_KILLS=1` does one of
 * them again; `ATOLL_VERBOSE=1` prints a line for each.
 */

const FIRST_SEED = Number(process.env["ATOLL_KILL_SEED"] ?? 1_000);
const KILLS = Number(process.env["ATOLL_KILLS"] ?? 60);
/** Organizations at once: a run waits for its processes half of the time. */
const LANES = 3;
const MOST_SECONDS = 300;

jest.setTimeout(2 * MOST_SECONDS * 1_000);

/** The seeds in as many rows as there are lanes. */
function lanes(): readonly (readonly number[])[] {
  const seeds = Array.from({ length: KILLS }, (_, index) => FIRST_SEED + index);
  const each = Math.ceil(KILLS / LANES);
  return Array.from({ length: LANES }, (_, lane) => seeds.slice(lane * each, (lane + 1) * each));
}

function tell({ seed, kills, victims, milliseconds, problem }: KillResult): void {
  if ((process.env["ATOLL_VERBOSE"] ?? "") === "") return;
  const end = problem ?? `${String(victims.length)} killed, ${String(milliseconds)} ms`;
  process.stderr.write(`seed ${String(seed)}: ${kills.join("; then ")}: ${end}\n`);
}

test("whatever is killed whenever, the next run goes on: nothing is lost, nothing is made twice", async () => {
  const started = performance.now();
  const results: KillResult[] = [];
  await Promise.all(
    lanes().map((seeds) =>
      killSmall(seeds, (result) => {
        results.push(result);
        tell(result);
      }),
    ),
  );
  const seconds = (performance.now() - started) / 1_000;
  const bad = results.filter(({ problem }) => problem !== null);
  expect(bad.map(({ seed, kills, problem }) => ({ seed, kills, problem }))).toEqual([]);
  expect(results).toHaveLength(KILLS);
  const met = results.flatMap(({ victims }) => victims);
  const counts = VICTIMS.map((victim) => met.filter((each) => each === victim).length);
  process.stderr.write(
    `${String(met.length)} kills (${VICTIMS.map((each, index) => `${each} ${String(counts[index])}`).join(", ")}) in ${seconds.toFixed(0)} s\n`,
  );
  if (KILLS < 60) return;
  // Some runs are over before the moment of their kill; most are not.
  for (const count of counts) expect(count).toBeGreaterThanOrEqual(KILLS / VICTIMS.length / 2);
  expect(met.length).toBeGreaterThanOrEqual(KILLS);
  expect(seconds).toBeLessThan(MOST_SECONDS);
});
