import { spawnSync } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { resolve } from "node:path";

import { tinyOrganization, workbench, type Workbench } from "../testing/run-atoll.ts";

const NAME = "env-command-test";
const LOCAL = resolve(import.meta.dirname, "../../../../.atoll", NAME);

// The first run on a machine builds the Pulumi CLI.
jest.setTimeout(30 * 60_000);

let bench: Workbench;

beforeEach(() => {
  bench = workbench();
  const files = tinyOrganization('return { word: "planned" } as never;');
  const named = files["organization.ts"]?.replace('"tiny"', JSON.stringify(NAME)) ?? "";
  bench.write({ ...files, "organization.ts": named });
});

afterEach(() => {
  bench.remove();
  rmSync(LOCAL, { recursive: true, force: true });
});

const run = (...args: string[]) => bench.run(["env", "--organization", "organization.ts", ...args]);

test("--sandbox writes export lines alone to standard output, and pulumi works with them", async () => {
  const { exitCode, out, err } = await run("--sandbox");
  if (exitCode === 1 && err.includes("PULUMI_CLI_MISSING")) {
    process.stderr.write(`skipped, for there is no Pulumi CLI: ${err}\n`);
    return;
  }
  expect(exitCode).toBe(0);
  for (const line of out.trimEnd().split("\n")) expect(line).toMatch(/^export [A-Z_]+='[^']*'$/);
  expect(err).toContain("is used (");
  const script = 'eval "$1"; cd "$2"; pulumi stack ls --json; cat "$ATOLL_PLANNED"';
  const root = resolve(import.meta.dirname, "../../../..");
  const shell = spawnSync("sh", ["-c", script, "sh", out, root], { encoding: "utf8" });
  expect(shell.stderr).toBe("");
  expect(shell.stdout).toContain('"name": "one"');
  expect(shell.stdout).toContain('"word": "planned"');
});

test("without an official CLI there is nothing for AWS on standard output: 1, and what to do", async () => {
  const nowhere = { HOME: bench.folder, XDG_CACHE_HOME: bench.folder, PATH: "/usr/bin:/bin" };
  const { exitCode, out, err } = await bench.run(["env", "--organization", "organization.ts"], {
    env: nowhere,
  });
  expect({ exitCode, out }).toEqual({ exitCode: 1, out: "" });
  expect(err).toMatch(/PULUMI_CLI_MISSING[^]*--sandbox/);
});

test("an organization with errors has no environment", async () => {
  const text = readFileSync(resolve(bench.folder, "organization.ts"), "utf8");
  bench.write({ "organization.ts": text.replace("111111111111", "1") });
  const { exitCode, out, err } = await run("--sandbox");
  expect({ exitCode, out }).toEqual({ exitCode: 1, out: "" });
  expect(err).toContain("accounts[0].id");
});
