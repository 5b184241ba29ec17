import { alternate } from "../alternate.ts";
import { assertAtollContent, atoll } from "../atoll.ts";
import { compare, rounds } from "../bench.ts";
import type { Suite } from "../bench.ts";
import { pulumiPeer } from "../pulumi-peer.ts";

const ACCOUNTS = 6;

/** Peer 2: the Pulumi SDK's own way to run a program, with its defaults. */
export const pulumiSuite: Suite = {
  name: "pulumi",
  title: "@pulumi/pulumi's cmd/run with the SDK's defaults, one account after another",
  gates: [
    {
      name: "pulumi-run-6",
      claim: "time of the SDK's cmd/run / Atoll's, 6 accounts",
      bound: "at-least",
      target: 8,
    },
  ],
  run: async (bench) => {
    const peer = await pulumiPeer(bench);
    try {
      const ours = atoll(bench, { accounts: ACCOUNTS });
      const theirs = peer.contender(ACCOUNTS);
      // Each of its runs is six programs of several seconds: few of them do.
      const figures = await alternate(
        [ours, theirs],
        { ...rounds(bench, 3), memory: 1 },
        bench.progress,
      );
      assertAtollContent(bench, ours);
      const comparison = compare(`${ACCOUNTS} accounts`, figures, theirs, ours);
      return {
        figures,
        comparisons: [comparison],
        measured: { [theirs.name]: comparison.ratio },
      };
    } finally {
      peer.close();
    }
  },
};
