import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { defectsOf } from "./kills/defects.ts";
import { processesOf, untilQuiet } from "./kills/processes.ts";
import type { DeployedOrganization } from "./testing/deployed-organization.ts";
import { setFaults } from "./testing/faults.ts";
import { statuses, well, type Report } from "./testing/report.ts";
import { setShape, twoAccounts } from "./testing/two-accounts.ts";

/* Ctrl-C, a disk that is full, and secrets: what a run does when it cannot go on, and what it never writes down. */

jest.setTimeout(240_000);

let organization: DeployedOrganization;

beforeEach(() => {
  organization = twoAccounts();
});
afterEach(() => {
  organization.remove();
});

const up = (...words: readonly string[]) =>
  organization.json<Report>("up", "--sandbox", "--yes", ...words);
const WHOLE = { lost: [], doubled: [], missing: [], unfinished: [] };
const file = () => join(organization.folder, "organization.ts");

/** Starts an update of the second account and waits until a resource is being made. */
async function inTheMiddle(latencyMilliseconds: number) {
  well(await up());
  setFaults(organization, { latencyMilliseconds });
  setShape(organization, 3);
  const running = organization.start("up", "--sandbox", "--yes");
  const state = join(organization.local, "backend/.pulumi/stacks", organization.name, "app.json");
  while (!readFileSync(state, "utf8").includes('"creating"')) await pause(20);
  return running;
}

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

test("one Ctrl-C finishes what is under way, begins nothing new and leaves nothing behind", async () => {
  const { child, done } = await inTheMiddle(1_500);
  child.kill("SIGINT");
  const { exitCode, err } = await done;
  expect(exitCode).toBe(130);
  expect(err).toContain("stopped by SIGINT");
  expect(await untilQuiet(file(), 2_000)).toBe(true);
  expect(defectsOf(organization)).toEqual(WHOLE);
  setFaults(organization, null);
  expect(statuses(well(await up("--resume")))).toEqual({ management: "unchanged", app: "ok" });
  expect(defectsOf(organization)).toEqual(WHOLE);
});

test("a second Ctrl-C ends everything at once, and the next run puts it right", async () => {
  const { child, done } = await inTheMiddle(60_000);
  child.kill("SIGINT");
  await pause(500);
  const second = performance.now();
  child.kill("SIGINT");
  expect((await done).exitCode).toBe(130);
  expect(await untilQuiet(file(), 5_000)).toBe(true);
  expect(performance.now() - second).toBeLessThan(10_000);
  setFaults(organization, null);
  expect(statuses(well(await up("--resume")))).toEqual({ management: "unchanged", app: "ok" });
  expect(defectsOf(organization)).toEqual(WHOLE);
});

test("a full disk is told as such, and with room again the next run goes on", async () => {
  mkdirSync(organization.local, { recursive: true });
  const disk = ["-t", "tmpfs", "-o", "size=24m", "tmpfs", organization.local];
  if (spawnSync("mount", disk).status !== 0) {
    process.stderr.write("not tested here: a full disk, because a small one cannot be mounted\n");
    return;
  }
  try {
    well(await up());
    const filler = join(organization.local, "filler");
    // Everything but a few pages.
    spawnSync("sh", ["-c", 'cat /dev/zero > "$0" 2>/dev/null; truncate -s -12288 "$0"', filler]);
    setShape(organization, 3);
    const { exitCode, out, err } = await organization.run("up", "--sandbox", "--yes");
    expect(exitCode).not.toBe(0);
    expect(`${out}${err}`).toMatch(/DISK_FULL|no space left on device|ENOSPC|disk is full/u);
    spawnSync("rm", [filler]);
    await untilQuiet(file(), 30_000);
    well(await up("--resume"));
    well(await up());
    expect(defectsOf(organization)).toEqual(WHOLE);
  } finally {
    await untilQuiet(file(), 30_000);
    spawnSync("umount", [organization.local]);
  }
});

test("a secret is in nothing that a run prints, records or keeps, but in the account itself", async () => {
  const canary = `canary-${String(Date.now())}`;
  organization.edit("app/index.ts", (text) =>
    text
      .replace(
        'import * as aws from "@pulumi/aws";',
        'import * as aws from "@pulumi/aws";\nimport * as pulumi from "@pulumi/pulumi";',
      )
      .replace(
        "const { provider } = context;",
        `const { provider } = context;
    const secret = pulumi.secret("${canary}");
    new aws.cloudwatch.LogGroup("hidden", { tags: { Token: secret } }, { provider });`,
      )
      .replace("return { vpcId", "return { secret, vpcId"),
  );
  const said: string[] = [];
  const run = async (...words: readonly string[]) => {
    const { out, err } = await organization.run(...words);
    said.push(out, err);
  };
  await run("up", "--sandbox", "--yes", "--json");
  organization.edit("app/index.ts", (text) => text.replace(canary, `${canary}-two`));
  await run("up", "--sandbox", "--yes");
  const urn = `urn:pulumi:app::${organization.name}::aws:cloudwatch/logGroup:LogGroup::hidden`;
  await run("sandbox", "set", urn, "retentionInDays=7");
  await run("drift", "--sandbox");
  await run("drift", "--sandbox", "--json");
  expect(said.join("\n")).toContain("retentionInDays");
  expect(said.join("\n")).not.toContain(canary);
  const holding = readdirSync(organization.local, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => existsSync(path) && readFileSync(path).includes(canary))
    .map((path) => path.slice(organization.local.length + 1));
  // AWS holds it in clear, and so does its model.
  expect(holding).toEqual(["sandbox/accounts/700000000002.json"]);
  expect(processesOf(file())).toEqual([]);
});
