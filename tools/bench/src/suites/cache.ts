import { alternate } from "../alternate.ts";
import type { Contender } from "../alternate.ts";
import { assertAtollContent, atoll, outputHash } from "../atoll.ts";
import { oneAccountChanged, writeOrganization } from "../bench-organization.ts";
import { compare, rounds } from "../bench.ts";
import type { Bench, Suite } from "../bench.ts";
import { BenchError } from "../errors.ts";

const ACCOUNTS = 100;

/** What the preview cache is worth, and that it never answers with what was. */
export const cacheSuite: Suite = {
  name: "cache",
  title: `The preview cache, ${ACCOUNTS} accounts`,
  gates: [
    {
      name: "cache-unchanged",
      claim: "uncached time / time with nothing changed since the last preview",
      bound: "at-least",
      target: 4,
    },
    {
      name: "cache-one-changed",
      claim: "uncached time / time with one account changed",
      bound: "at-least",
      target: 2,
    },
  ],
  run: async (bench) => {
    const uncached = atoll(bench, { accounts: ACCOUNTS, label: "atoll preview --no-cache" });
    const unchanged = atoll(bench, {
      accounts: ACCOUNTS,
      name: `atoll-${ACCOUNTS}-unchanged`,
      label: "atoll preview, nothing changed",
      cache: true,
    });
    const changed = changedContender(bench);
    const contenders = [uncached, unchanged, changed];
    const figures = await alternate(contenders, rounds(bench, 5), bench.progress);
    await assertSameAnswer(bench, uncached, unchanged, changed);
    const whole = compare("nothing changed", figures, uncached, unchanged);
    const part = compare("one account changed", figures, uncached, changed);
    return {
      figures,
      comparisons: [whole, part],
      measured: { "cache-unchanged": whole.ratio, "cache-one-changed": part.ratio },
    };
  },
};

/** Before each of its runs a tag of one account is edited in the organization file; each edit is a new one. */
function changedContender(bench: Bench): Contender {
  let revision = 0;
  return atoll(bench, {
    accounts: ACCOUNTS,
    name: `atoll-${ACCOUNTS}-one-changed`,
    label: "atoll preview, one account changed",
    cache: true,
    before: () => {
      revision += 1;
      writeOrganization(bench.scratch.checkout, ACCOUNTS, oneAccountChanged(ACCOUNTS, revision));
    },
  });
}

/**
 * A cached answer must be the uncached one byte for byte, after the last edit as well.
 *
 * @throws BenchError `BENCH_CACHE_STALE`
 */
async function assertSameAnswer(
  bench: Bench,
  uncached: Contender,
  unchanged: Contender,
  changed: Contender,
): Promise<void> {
  const before = outputHash(bench, unchanged);
  await uncached.run(false);
  await unchanged.run(false);
  assertAtollContent(bench, uncached);
  const truth = outputHash(bench, uncached);
  if (outputHash(bench, changed) !== truth || outputHash(bench, unchanged) !== truth) {
    throw new BenchError("BENCH_CACHE_STALE", "A cached preview differs from the uncached one.");
  }
  if (before === truth) {
    throw new BenchError(
      "BENCH_CACHE_STALE",
      "An edited account's preview is the one from before.",
    );
  }
}
