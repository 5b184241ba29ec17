import { spawnSync } from "node:child_process";
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { defectsOf } from "./kills/defects.ts";
import { processesOf, untilQuiet } from "./kills/processes.ts";
import type { DeployedOrganization } from "./testing/deployed-organization.ts";
import { setFaults } from "./testing/faults.ts";
import { statuses, well, type Report } from "./testing/report.ts";
import { setShape, twoAccounts } from "./testing/two-accounts.ts";

/* What is not as a run needs it. The tests share one organization: each leaves it whole behind. */

jest.setTimeout(240_000);

let organization: DeployedOrganization;
let file: string;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "atoll-bad-input-"));
  organization = twoAccounts();
  file = join(organization.folder, "organization.ts");
  well(await up());
});
afterAll(() => {
  organization.remove();
  rmSync(folder, { recursive: true, force: true });
});
afterEach(async () => {
  for (const name of Object.keys(organization.env)) Reflect.deleteProperty(organization.env, name);
  await untilQuiet(file, 30_000);
});

const up = (...words: readonly string[]) =>
  organization.json<Report>("up", "--sandbox", "--yes", ...words);

const WHOLE = { lost: [], doubled: [], missing: [], unfinished: [] };

function problemsOf(report: Report, stack: string) {
  return report.stacks.find((each) => each.stack === stack)?.problems ?? [];
}

const stateFile = (stack: string, project = organization.name) =>
  join(organization.local, "backend", ".pulumi", "stacks", project, `${stack}.json`);

const accountFile = (id: string) => join(organization.local, "sandbox", "accounts", `${id}.json`);

describe("the Pulumi CLI", () => {
  test("there is none and no way to get one: that is said, with what to do", async () => {
    const bin = join(folder, "empty-bin");
    mkdirSync(bin);
    // What the launcher itself is made of.
    for (const tool of ["dirname", "readlink"]) {
      const { stdout } = spawnSync("sh", ["-c", `command -v ${tool}`], { encoding: "utf8" });
      symlinkSync(stdout.trim(), join(bin, tool));
    }
    Object.assign(organization.env, {
      PATH: bin,
      XDG_CACHE_HOME: join(folder, "cache"),
      HOME: folder,
    });
    const { exitCode, err } = await organization.run("up", "--sandbox", "--yes");
    expect(exitCode).not.toBe(0);
    expect(err).toContain("PULUMI_CLI_MISSING");
    expect(err).toContain("there is no npm");
    expect(err).toContain("there is no go");
  });

  test("on AWS another version is refused, and nothing is made in its place", async () => {
    const bin = join(folder, "old-bin");
    mkdirSync(bin);
    writeFileSync(join(bin, "pulumi"), "#!/bin/sh\necho v3.100.0\n");
    chmodSync(join(bin, "pulumi"), 0o755);
    organization.env["PATH"] = `${bin}:${process.env["PATH"] ?? ""}`;
    const { exitCode, err } = await organization.run("up", "--yes");
    expect(exitCode).not.toBe(0);
    expect(err).toContain("PULUMI_CLI_VERSION");
    expect(err).toContain("3.100.0");
  });
});

describe("a lock", () => {
  test("of a living pulumi is respected, and a stale one is cleared with one command", async () => {
    // Longer than a run that was cut short is given to end by itself.
    setFaults(organization, { latencyMilliseconds: 120_000 });
    setShape(organization, 3);
    const { child, done } = organization.start("up", "--sandbox", "--yes");
    // In the middle of a call the engine cannot stop when nobody is left to tell it what to do.
    await until(() => readFileSync(stateFile("app"), "utf8").includes('"creating"'));
    const pulumi = await seen("pulumi");
    child.kill("SIGKILL");
    await done;
    setFaults(organization, null);
    const [problem] = problemsOf(await up("--resume"), "app");
    expect(problem).toMatchObject({ code: "STACK_LOCKED" });
    expect(problem?.message).toContain(`process ${String(pulumi)}`);
    const refused = await organization.run("unlock", "app", "--sandbox", "--yes");
    expect(refused.exitCode).toBe(1);
    expect(refused.err).toContain("it is running");

    process.kill(pulumi, "SIGKILL");
    const cleared = await organization.run("unlock", "app", "--sandbox", "--yes");
    expect(cleared).toMatchObject({ exitCode: 0 });
    expect(cleared.err).toContain("the lock is stale");
    expect(statuses(well(await up("--resume")))["app"]).toBe("ok");
    expect(defectsOf(organization)).toEqual(WHOLE);
  });

  test("of a run that is at work keeps a second one out, and the first ends well", async () => {
    setFaults(organization, { latencyMilliseconds: 500 });
    setShape(organization, 0);
    const first = organization.start("up", "--sandbox", "--yes", "--json");
    await until(() => readFileSync(stateFile("app"), "utf8").includes('"creating"'));
    const second = await organization.run("up", "--sandbox", "--yes");
    expect(second.exitCode).not.toBe(0);
    expect(second.err).toContain("RUN_IN_PROGRESS");
    expect(second.err).toContain(String(first.child.pid));
    const { exitCode } = await first.done;
    expect(exitCode).toBe(0);
    expect(defectsOf(organization)).toEqual(WHOLE);
  });
});

test("a wrong passphrase is told as such, and changes nothing", async () => {
  const before = readFileSync(stateFile("app"), "utf8");
  organization.env["PULUMI_CONFIG_PASSPHRASE"] = "not the right one";
  const report = await up("--all", "app");
  expect(problemsOf(report, "app")).toMatchObject([{ code: "PASSPHRASE_WRONG" }]);
  expect(readFileSync(stateFile("app"), "utf8")).toBe(before);
  delete organization.env["PULUMI_CONFIG_PASSPHRASE"];
  well(await up("--all", "app"));
});

describe("a file cut in half", () => {
  test.each([
    { kind: "state", words: "STATE_DAMAGED", path: () => stateFile("app") },
    { kind: "sandbox", words: "is damaged", path: () => accountFile("700000000002") },
  ])("of the $kind: nothing is overwritten, and restored it is well", async ({ words, path }) => {
    const whole = readFileSync(path());
    const half = whole.subarray(0, whole.length / 2);
    writeFileSync(path(), half);
    setShape(organization, 1);
    const [problem] = problemsOf(await up("app"), "app");
    expect(`${problem?.code ?? ""} ${problem?.message ?? ""}`).toContain(words);
    expect(problem?.message).toContain(path());
    expect(readFileSync(path())).toEqual(half);
    writeFileSync(path(), whole);
    well(await up("--all"));
    expect(defectsOf(organization)).toEqual(WHOLE);
    setShape(organization, 0);
    well(await up());
  });
});

describe("accounts", () => {
  test("a suspended account is left out, also where it is named, and that is said", async () => {
    const suspended = '\n      lifecycle: "suspended",';
    organization.edit("organization.ts", (text) =>
      text.replace('kind: "app",', `kind: "app",${suspended}`),
    );
    setShape(organization, 1);
    const before = readFileSync(accountFile("700000000002"), "utf8");
    expect((await up()).stacks.map(({ stack }) => stack)).toEqual(["management"]);
    const named = await organization.run("up", "--sandbox", "--yes", "app");
    expect(`${named.out}${named.err}`).toContain("suspended");
    expect(readFileSync(accountFile("700000000002"), "utf8")).toBe(before);
    organization.edit("organization.ts", (text) => text.replace(suspended, ""));
    setShape(organization, 0);
    well(await up());
  });

  test.each([
    {
      what: "whose role cannot be assumed",
      provider: `allowedAccountIds: [context.account.id],
        assumeRoles: [{ roleArn: \`arn:aws:iam::\${context.account.id}:role/renamed\` }],`,
      code: "ROLE_NOT_ASSUMABLE",
      words: "role/renamed",
    },
    {
      what: "that is another account's",
      provider: `allowedAccountIds: ["700000000001"],
        assumeRoles: [{ roleArn: "arn:aws:iam::700000000001:role/AtollDeploy" }],`,
      code: "ENGINE_FAILED",
      words: "its provider is bound to 700000000001",
    },
  ])(
    "a provider $what is refused, and nothing is made with it",
    async ({ provider, code, words }) => {
      const line = "const { provider } = context;";
      const more = `
    const wrong = new aws.Provider("wrong", { region: "eu-west-1", ${provider} });
    new aws.cloudwatch.LogGroup("elsewhere", {}, { provider: wrong });`;
      organization.edit("app/index.ts", (text) => text.replace(line, `${line}${more}`));
      const report = await up("--ignore-preview-errors", "app");
      const problems = problemsOf(report, "app");
      expect(problems.map((each) => each.code)).toContain(code);
      expect(problems.map(({ message }) => message).join("\n")).toContain(words);
      expect(defectsOf(organization)).toEqual(WHOLE);
      const accounts = ["700000000001", "700000000002"].map((id) =>
        readFileSync(join(organization.local, "sandbox", "accounts", `${id}.json`), "utf8"),
      );
      expect(accounts.join("")).not.toContain("elsewhere");
      organization.edit("app/index.ts", (text) => text.replace(more, ""));
      well(await up("--resume"));
    },
  );
});

test("stacks of another organization in the same backend are nobody's business", async () => {
  const other = stateFile("app", "somebody-else");
  mkdirSync(join(other, ".."), { recursive: true });
  cpSync(stateFile("app"), other);
  const before = readFileSync(other, "utf8");
  const report = well(await up("--all"));
  expect(report.problems).toEqual([]);
  expect(statuses(report)).toEqual({ management: "ok", app: "ok" });
  const named = await organization.run("destroy", "--sandbox", "--yes", "somebody-else");
  expect(`${named.out}${named.err}`).toContain("STACK_UNKNOWN");
  expect(readFileSync(other, "utf8")).toBe(before);
});

test("another organization's state in the place of ours is refused before anything is made", async () => {
  const own = readFileSync(stateFile("app"), "utf8");
  const foreign = own.replaceAll(`::${organization.name}::`, "::somebody-else::");
  expect(foreign).not.toBe(own);
  writeFileSync(stateFile("app"), foreign);
  const [problem] = problemsOf(await up("--all", "app"), "app");
  expect(problem).toMatchObject({ code: "STATE_FOREIGN" });
  expect(problem?.message).toContain("somebody-else");
  expect(readFileSync(stateFile("app"), "utf8")).toBe(foreign);
  writeFileSync(stateFile("app"), own);
  well(await up("--all", "app"));
  expect(defectsOf(organization)).toEqual(WHOLE);
});

test("an account that is taken out while it has resources is told of, and its stack can be destroyed", async () => {
  cpSync(file, join(folder, "organization.ts"));
  organization.edit("organization.ts", (text) =>
    text.replace(/\{\s*name: "app",[\s\S]*?\},\n/u, ""),
  );
  const report = await up();
  expect(report.problems).toMatchObject([{ code: "STACK_ORPHANED", path: "app" }]);
  const destroyed = await organization.json<Report>("destroy", "--sandbox", "--yes", "app");
  expect(statuses(well(destroyed))).toEqual({ app: "ok" });
  expect(defectsOf(organization)).toEqual(WHOLE);
  cpSync(join(folder, "organization.ts"), file);
  well(await up());
});

/** Waits for a process of the organization and says which it is. */
async function seen(role: "pulumi"): Promise<number> {
  const find = () => processesOf(file).find((each) => each.role === role)?.pid;
  await until(() => find() !== undefined);
  return find() ?? 0;
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 20));
}
