import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import type { Bench } from "./bench.ts";
import { MAIN_RESOURCES } from "./content.ts";
import { assertDeployed, deployedStack, PROJECT } from "./sandbox-state.ts";

const folder = mkdtempSync(join(tmpdir(), "atoll-bench-state-"));
const bench = { scratch: { checkout: folder } } as Bench;

afterAll(() => {
  rmSync(folder, { recursive: true });
});

function writeState(stack: string, latest: unknown): void {
  const file = join(folder, ".atoll", PROJECT, "backend/.pulumi/stacks", PROJECT, `${stack}.json`);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify({ version: 3, checkpoint: { latest } }));
}

const WHOLE = [
  { type: "pulumi:pulumi:Stack", outputs: { vpcId: "vpc-1" } },
  ...MAIN_RESOURCES.flatMap(({ pulumi, perAccount }) =>
    Array.from({ length: perAccount }, () => ({ type: pulumi })),
  ),
];

test("a stack is what its state says, outputs included", () => {
  writeState("a", { resources: WHOLE });
  expect(deployedStack(bench, "a").outputs).toEqual({ vpcId: "vpc-1" });
  expect(() => {
    assertDeployed(bench, "up", ["a"]);
  }).not.toThrow();
});

test.each([
  ["was never deployed", undefined],
  ["is empty", { resources: [] }],
  ["was cut short", { resources: WHOLE, pending_operations: [{ type: "creating" }] }],
])("a stack that %s was not deployed", (_, latest) => {
  writeState("b", latest);
  expect(() => deployedStack(bench, "b")).toThrow(
    expect.objectContaining({ code: "BENCH_NOT_DEPLOYED" }) as Error,
  );
});

test("a contender that deployed less is not compared", () => {
  writeState("a", { resources: WHOLE });
  writeState("b", { resources: WHOLE.slice(0, -1) });
  expect(() => {
    assertDeployed(bench, "up", ["a", "b"]);
  }).toThrow(expect.objectContaining({ code: "BENCH_CONTENT_DIFFERS" }) as Error);
});
