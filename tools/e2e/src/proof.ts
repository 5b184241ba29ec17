import { countKills } from "./kills/kill-plan.ts";
import { describeResult, type KillResult } from "./kills/kill-result.ts";
import { KILLS_A_ROUND, killReference } from "./kills/reference-kills.ts";

/*
 * `npm run proof`: kills on the six reference accounts. `ATOLL_KILLS` says how many (default 30), `ATOLL_KILL_SEED` with
 * which seed the first round begins; each round has the next one. Exit code 0 when nothing was lost or made twice.
 */

const kills = Number(process.env["ATOLL_KILLS"] ?? 30);
const firstSeed = Number(process.env["ATOLL_KILL_SEED"] ?? 1);

const started = performance.now();
const results: KillResult[] = [];
const met = () => results.flatMap(({ victims }) => victims);
const bad = () => results.filter(({ problem }) => problem !== null);

// A kill may come too late for its process: another round makes up for those.
const mostRounds = 2 * Math.ceil(kills / KILLS_A_ROUND);
for (let round = 0; round < mostRounds && met().length < kills && bad().length === 0; round += 1) {
  await killReference(firstSeed + round, (result) => {
    results.push(result);
    process.stderr.write(describeResult(result));
  });
}

const seconds = Math.round((performance.now() - started) / 1_000);
const isProven = bad().length === 0 && met().length >= kills;
const verdict = isProven ? "nothing lost, nothing made twice" : "NOT PROVEN: see above";
process.stdout.write(
  `six accounts, seeds from ${String(firstSeed)}: ${countKills(met())}, ${verdict}, ${String(seconds)} s\n`,
);
process.exitCode = isProven ? 0 : 1;
