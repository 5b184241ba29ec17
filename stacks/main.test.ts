import { spawnSync } from "node:child_process";
import path from "node:path";

import { referenceTest } from "./testing/reference.ts";

const runner = path.join(import.meta.dirname, "fixtures", "run-main.ts");

jest.setTimeout(60_000);

/** Runs `main.ts` in a process of its own, because Pulumi loads it as an ES module and Jest does not. */
function runMain(project: string, stack: string, organization?: string): Record<string, unknown> {
  const { ATOLL_ORGANIZATION: _, ...env } = process.env;
  const child = spawnSync(process.execPath, [runner, project, stack], {
    encoding: "utf8",
    env: organization === undefined ? env : { ...env, ATOLL_ORGANIZATION: organization },
  });
  if (child.status !== 0) throw new TypeError(child.stderr);
  return JSON.parse(child.stdout) as Record<string, unknown>;
}

referenceTest("Pulumi finds one default export, and it runs the account's program", () => {
  const { exports, registered } = runMain("atoll", "security");
  // Pulumi refuses an entry that exports anything beside its default.
  expect(exports).toEqual(["default"]);
  expect(registered).toEqual(
    expect.arrayContaining([
      "aws:accessanalyzer/analyzer:Analyzer",
      "atoll:organization:AccountBaseline",
      "pulumi:providers:aws",
    ]),
  );
});

test("another organization is taken from ATOLL_ORGANIZATION, its units with their own programs", () => {
  const file = "stacks/fixtures/acme/acme.organization.ts";
  expect(runMain("acme", "shop.shop", file)["registered"]).toEqual([
    "pulumi:providers:aws",
    "pulumi:pulumi:Stack",
  ]);
});
