import { join } from "node:path";

import { alternate } from "../alternate.ts";
import { assertAtollContent, atoll } from "../atoll.ts";
import { compare, rounds } from "../bench.ts";
import type { Bench, Suite, SuiteOutcome } from "../bench.ts";
import { cdkPeer } from "../cdk-peer.ts";

const LABEL = "AWS CDK, app.synth()";

/** Peer 1: preview against synth, the same content, one process each. */
export const cdkSuite: Suite = {
  name: "cdk",
  title: "AWS CDK synthesizing the same content (preview against synth)",
  gates: [
    {
      name: "cdk-6",
      claim: "AWS CDK's time / Atoll's, 6 accounts",
      bound: "at-least",
      target: 3,
    },
    {
      name: "cdk-100",
      claim: "AWS CDK's time / Atoll's, 100 accounts",
      bound: "at-least",
      target: 2.5,
    },
  ],
  run: async (bench) => {
    const small = await against(bench, 6, 5);
    const large = await against(bench, 100, 3);
    return {
      figures: [...small.figures, ...large.figures],
      comparisons: [...small.comparisons, ...large.comparisons],
      measured: { ...small.measured, ...large.measured },
    };
  },
};

async function against(bench: Bench, accounts: number, timed: number): Promise<SuiteOutcome> {
  const peer = await cdkPeer(bench);
  const ours = atoll(bench, { accounts });
  const theirs = peer.contender(accounts, `cdk-${accounts}`, LABEL);
  // Not what the peer does by itself, so no gate, but Atoll has one: fairness wants it stated.
  const cached = peer.contender(
    accounts,
    `cdk-${accounts}-compile-cache`,
    `${LABEL}, with Node's compile cache`,
    { NODE_COMPILE_CACHE: join(bench.scratch.folder, "cdk-compile-cache") },
  );
  const figures = await alternate([ours, theirs, cached], rounds(bench, timed), bench.progress);
  assertAtollContent(bench, ours);
  peer.assertContent(theirs);
  const comparison = compare(`${accounts} accounts`, figures, theirs, ours);
  return {
    figures,
    comparisons: [
      comparison,
      compare(`${accounts} accounts, CDK with a compile cache`, figures, cached, ours),
    ],
    measured: { [theirs.name]: comparison.ratio },
  };
}
