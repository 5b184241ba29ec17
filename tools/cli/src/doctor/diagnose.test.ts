import { diagnose } from "./diagnose.ts";
import type { Facts } from "./facts.ts";

const lockfile = JSON.stringify({ packages: { "node_modules/zod": { version: "4.0.0" } } });

const healthy: Facts = {
  node: "v24.1.0",
  systemNode: "v20.0.0",
  ownNode: "v24.1.0",
  npm: "10.0.0",
  git: "git version 2",
  tar: "tar 1",
  pulumi: null,
  pulumiSdk: "3.259.0",
  pulumiNodejs: null,
  python: null,
  lockfile,
  installed: lockfile,
  tablesReady: true,
  organizationFile: "/w/stacks/organization.ts",
  organizationFileExists: true,
  localFolder: "/w/.atoll",
  localFolderWritable: true,
  temporaryFolder: "/tmp",
  temporaryFolderWritable: true,
};

const missing = (facts: Partial<Facts>) =>
  diagnose({ ...healthy, ...facts })
    .filter(({ status }) => status === "missing")
    .map(({ name }) => name);

test("Pulumi and Python are optional, and how to get them is said", () => {
  expect(missing({})).toEqual([]);
  const pulumi = diagnose(healthy).find(({ name }) => name === "Pulumi CLI");
  expect(pulumi).toMatchObject({ status: "optional" });
  expect(pulumi?.fix).toContain("3.259.0");
});

test.each<[string, Partial<Facts>, string[]]>([
  ["no git", { git: null }, ["git"]],
  ["an old Node", { node: "v22.17.1" }, ["Node for Atoll"]],
  ["an old Node on the path", { systemNode: "v18.20.0" }, ["Node on the path"]],
  ["no Node 24, but a Node that will do", { ownNode: null, node: "v22.18.0" }, []],
  ["nothing installed", { installed: null }, ["node_modules"]],
  ["no tables yet: they are made", { tablesReady: false }, []],
  ["no organization file", { organizationFileExists: false }, ["organization file"]],
  ["a read-only folder", { localFolderWritable: false }, ["local folder"]],
])("%s", (_name, facts, expected) => {
  expect(missing(facts)).toEqual(expected);
});

test("whatever is not there comes with how to get it", () => {
  const nothing = Object.fromEntries(
    Object.entries(healthy).map(([key, value]) => [key, value === true ? false : value]),
  ) as unknown as Facts;
  const bare: Facts = {
    ...nothing,
    npm: null,
    git: null,
    tar: null,
    systemNode: null,
    ownNode: null,
  };
  for (const check of diagnose(bare)) expect(check.fix !== "").toBe(check.status !== "ok");
});
