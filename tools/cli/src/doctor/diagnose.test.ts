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
  go: null,
  pulumi: {
    aws: {
      status: "refused",
      steps: [],
      problem: {
        code: "PULUMI_CLI_MISSING",
        severity: "error",
        path: "pulumi",
        message: "There is no Pulumi CLI.",
        got: null,
        expected: "one",
        fix: "Install it.",
      },
    },
    sandbox: { status: "make", steps: [] },
  },
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

test("Pulumi, Go and Python are optional, and how to get them is said", () => {
  expect(missing({})).toEqual([]);
  const optional = diagnose(healthy).filter(({ status }) => status === "optional");
  expect(optional.map(({ name }) => name)).toEqual([
    "Pulumi CLI (AWS)",
    "Pulumi CLI (sandbox)",
    "go",
    "python3",
  ]);
  expect(optional[1]?.fix).toContain("install Go");
});

test("the Pulumi in use is told with the reason for each part, what was passed over included", () => {
  const steps = [
    { about: "cli", text: "pulumi 3.1.0 is not used", reason: "version 3.259.0 is needed" },
    { about: "cli", text: "pulumi 3.259.0+atoll is used", reason: "it was built here" },
    { about: "language-host", text: "ours runs the programs", reason: "there is no other" },
  ] as const;
  const pulumi = {
    file: "/c/pulumi",
    version: "3.259.0+atoll",
    origin: "built",
    languageHost: "/w/host",
    ownLanguageHost: true,
    bundled: true,
    steps,
  } as const;
  const { aws } = healthy.pulumi!;
  const found = diagnose({ ...healthy, pulumi: { aws, sandbox: { status: "found", pulumi } } })
    .filter(({ name }) => name.endsWith("(sandbox)"))
    .map(({ name, status, found: text }) => [name, status, text]);
  expect(found).toEqual([
    ["Pulumi CLI (sandbox)", "ok", "pulumi 3.1.0 is not used: version 3.259.0 is needed"],
    ["Pulumi CLI (sandbox)", "ok", "pulumi 3.259.0+atoll is used: it was built here"],
    ["language host (sandbox)", "ok", "ours runs the programs: there is no other"],
  ]);
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
