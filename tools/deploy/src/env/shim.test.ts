import { execFileSync, spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";

import type { Organization } from "@atoll/organization";

import { BUILD_TIMEOUT_MILLISECONDS, realPulumi } from "../pulumi-cli/testing/real-pulumi.ts";
import type { FoundPulumi } from "../pulumi-cli/types.ts";
import { preparePulumi } from "./prepare-pulumi.ts";
import { SANDBOX_PASSPHRASE } from "./pulumi-environment.ts";
import { shellExports } from "./shell-exports.ts";

// A workspace of its own, in git, under a name that needs quoting; its one program creates no AWS resource.
const SETTINGS = 'config:\n  # kept\n  pulumi:disable-default-providers:\n    - "*"\n';

jest.setTimeout(180_000);

let pulumi: FoundPulumi | null;
let root: string;
let exports: string;

beforeAll(async () => {
  pulumi = await realPulumi();
}, BUILD_TIMEOUT_MILLISECONDS);

beforeEach(async () => {
  root = realpathSync(mkdtempSync(join(tmpdir(), "atoll it's $HOME ")));
  const modules = resolve(import.meta.dirname, "../../../../node_modules");
  symlinkSync(modules, join(root, "node_modules"));
  write(".gitignore", ".atoll/\nnode_modules\n");
  write(
    "Pulumi.yaml",
    "name: tiny\nmain: stacks/main.ts\nruntime: nodejs\nstackConfigDir: stacks/config\n",
  );
  write("stacks/config/Pulumi.one.yaml", SETTINGS);
  write("stacks/package.json", '{ "type": "module" }');
  write("stacks/main.ts", 'export const organization = process.env["ATOLL_ORGANIZATION"];\n');
  git("init", "--quiet");
  git("add", ".");
  git("-c", "user.name=t", "-c", "user.email=t@example.com", "commit", "--quiet", "-m", "x");
  await prepare();
});

afterEach(() => {
  rmSync(root, { recursive: true, force: true, maxRetries: 5 });
});

function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

function git(...args: string[]): string {
  return execFileSync("git", ["-C", root, ...args], { encoding: "utf8" });
}

async function prepare(): Promise<void> {
  if (pulumi === null) return;
  const { variables } = await preparePulumi({
    root,
    organization: ORGANIZATION,
    organizationFile: join(root, "stacks/organization.ts"),
    stacks: ["one", "one.unit"],
    pulumi,
    env: process.env,
  });
  exports = shellExports(variables);
}

const ORGANIZATION = {
  name: "tiny",
  partition: "aws",
  deployRoleName: "deploy",
  homeRegion: "eu-west-1",
  quotas: {},
  accounts: [],
} as unknown as Organization;

/** Runs a command in a shell that evaluated the exports. */
function shell(command: string, folder = ""): { status: number | null; text: string } {
  const script = `eval "$1"; cd "$2"; ${command}`;
  const { status, stdout, stderr } = spawnSync(
    "sh",
    ["-c", script, "sh", exports, join(root, folder)],
    {
      encoding: "utf8",
    },
  );
  return { status, text: stdout + stderr };
}

function withPulumi(name: string, run: () => Promise<void> | void): void {
  test(name, async () => {
    // The reason is printed where the CLI is looked for.
    if (pulumi !== null) await run();
  });
}

const copy = () => readFileSync(join(root, ".atoll/tiny/project/config/Pulumi.one.yaml"), "utf8");

withPulumi("plain pulumi works at the root and below, and git sees nothing of it", () => {
  const up = shell("pulumi up -s one --yes --non-interactive");
  expect(up).toMatchObject({ status: 0 });
  expect(up.text).toContain(join(root, "stacks/organization.ts"));
  expect(up.text).not.toContain("warning");
  expect(
    shell("pulumi --color never preview --stack one.unit --non-interactive", "stacks"),
  ).toMatchObject({ status: 0 });
  expect(shell("pulumi config set colour red -s one")).toMatchObject({ status: 0 });
  expect(shell("pulumi stack select one && pulumi stack --show-name").text).toContain("one");
  expect(copy()).toMatch(/encryptionsalt: v1:/);
  expect(copy()).toContain("red");
  expect(shell("pulumi stack rm one --yes --force")).toMatchObject({ status: 0 });
  expect(git("status", "--short")).toBe("");
  expect(readFileSync(join(root, "stacks/config/Pulumi.one.yaml"), "utf8")).toBe(SETTINGS);
});

withPulumi("files that are named are those of the folder that the command was typed in", () => {
  expect(shell("pulumi stack export -s one --file 'my state.json'", "stacks").status).toBe(0);
  expect(existsSync(join(root, "stacks/my state.json"))).toBe(true);
  expect(shell("pulumi stack import -s one --file='my state.json'", "stacks").status).toBe(0);
  expect(shell("pulumi stack export -s one --file nowhere/x.json").status).not.toBe(0);
  expect(readdirSync(join(root, ".atoll/tiny/project")).sort()).not.toContain("my state.json");
});

withPulumi("no option of the CLI that names a file is unknown to the shim", () => {
  const shim = readFileSync(join(import.meta.dirname, "../../bin/pulumi"), "utf8");
  const commands = ["preview", "up", "destroy", "refresh", "import", "config", "stack export"];
  const help = commands.map((name) => shell(`pulumi ${name} --help`).text).join("\n");
  const options = help.matchAll(
    /(--[a-z-]+) (?:string|strings|stringArray) +.*\b(?:file|path)\b/gi,
  );
  const names = new Set([...options].map(([, name = ""]) => name));
  // A setting's name, and URLs.
  for (const other of ["--config", "--otel-traces", "--tracing"]) names.delete(other);
  expect(names.size).toBeGreaterThan(5);
  const known = new Set(shim.match(/--[a-z-]+(?==\*)/g));
  expect([...names].filter((name) => !known.has(name))).toEqual([]);
  expect(shell("pulumi stack graph graph.dot -s one", "stacks").status).toBe(0);
  expect(existsSync(join(root, "stacks/graph.dot"))).toBe(true);
});

withPulumi(
  "settings that change in git are taken over at the next command, and the salt stays",
  () => {
    const salt = /encryptionsalt: .*/.exec(copy())?.[0];
    expect(salt).toBeDefined();
    write("stacks/config/Pulumi.one.yaml", `${SETTINGS}  tiny:size: "3"\n`);
    const soon = new Date(Date.now() + 5_000);
    utimesSync(join(root, "stacks/config/Pulumi.one.yaml"), soon, soon);
    const run = shell("pulumi config get size -s one");
    expect(run).toMatchObject({ status: 0 });
    expect(run.text).toContain("3\n");
    expect(copy()).toContain(salt);
  },
);

withPulumi("a project of somebody else's, and a folder that is named, are left alone", () => {
  write("other/Pulumi.yaml", "name: other\nruntime: yaml\n");
  const run = shell("pulumi stack init mine && ls", "other");
  expect(run.text).toContain("Pulumi.mine.yaml");
  const named = shell("pulumi -C other stack ls");
  expect(named.text).toContain("mine");
});

withPulumi("preparing again makes nothing anew", async () => {
  const before = readFileSync(
    join(root, ".atoll/tiny/backend/.pulumi/stacks/tiny/one.json"),
    "utf8",
  );
  await prepare();
  const after = readFileSync(
    join(root, ".atoll/tiny/backend/.pulumi/stacks/tiny/one.json"),
    "utf8",
  );
  expect(after).toBe(before);
  expect(exports).toContain(SANDBOX_PASSPHRASE);
  expect(exports.match(/\.atoll\/tiny\/bin/g)).toHaveLength(1);
});

withPulumi("the path has the sandbox's programs first, and each of them runs", () => {
  const { text } = shell("command -v pulumi; command -v node; node --version; pulumi version");
  const [shim, node, version, cli] = text.trim().split("\n");
  expect([shim, node]).toEqual([
    join(root, ".atoll/tiny/bin/pulumi"),
    join(root, ".atoll/tiny/bin/node"),
  ]);
  expect(version).toBe(process.version);
  expect(cli).toBe(`v${pulumi?.version ?? ""}`);
});
