import type { Score } from "@atoll/deploy";

import { plainPaint } from "./paint.ts";
import { renderScore } from "./score.ts";

const SCORE: Score = {
  runs: 2,
  types: [
    { target: "aws", type: "aws:ec2/vpc:Vpc", sample: 2, right: 2, accuracy: 1 },
    {
      target: "sandbox",
      type: "aws:ec2/subnet:Subnet",
      sample: 9999,
      right: 9998,
      accuracy: 9998 / 9999,
    },
  ],
  misses: [
    {
      run: "run-2",
      target: "sandbox",
      stack: "network",
      urn: "urn:pulumi:network::acme::aws:ec2/subnet:Subnet::a",
      type: "aws:ec2/subnet:Subnet",
      predicted: "same",
      happened: "replace",
    },
  ],
};

test("shows each sample's size and each miss, and rounds no miss away", () => {
  const text = renderScore(SCORE, plainPaint);
  expect(text).toMatch(/sandbox +aws:ec2\/subnet:Subnet +9998 +9999 +99\.9%/u);
  expect(text).toMatch(/aws +aws:ec2\/vpc:Vpc +2 +2 +100\.0%/u);
  expect(text).toContain("1 type with fewer than 30 operations");
  expect(text).toContain(SCORE.misses[0]?.urn);
  expect(text).toContain("predicted same, happened replace (sandbox, run run-2)");
});

test("sums up by target, never over both", () => {
  expect(renderScore(SCORE, plainPaint).match(/ all /gu)).toHaveLength(2);
});

test("says so when nothing is recorded, or nothing was wrong", () => {
  expect(renderScore({ runs: 0, types: [], misses: [] }, plainPaint)).toMatch(
    /^Nothing is recorded yet/u,
  );
  expect(renderScore({ ...SCORE, misses: [] }, plainPaint)).toContain("No prediction was wrong.");
});
