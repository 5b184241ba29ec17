import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";

import { workspaceRoot } from "./workspace-root.ts";

/**
 * An organization of its own outside the workspace: three accounts of one kind, of which the third needs the first, and
 * a management account that looks at the whole organization.
 */
let folder: string;
let name: string;

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "atoll-cached-")));
  name = basename(folder)
    .toLowerCase()
    .replaceAll(/[^a-z0-9-]/gu, "");
  write("organization.ts", organization({}));
  write(
    "management/index.ts",
    program("management", [], "{ names: context.organization.accounts.map(({ owner }) => owner) }"),
  );
  write("alpha/index.ts", program("alpha", [], "{ owner: context.account.owner, version: 1 }"));
  write("beta/index.ts", program("beta", [], "{ owner: context.account.owner }"));
  write(
    "gamma/index.ts",
    program("gamma", ["alpha"], '{ from: context.output("alpha", "owner") }'),
  );
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
  rmSync(cacheFolder(), { recursive: true, force: true });
});

const cacheFolder = () => join(workspaceRoot(), ".atoll", name);

function write(path: string, text: string): void {
  mkdirSync(join(folder, path, ".."), { recursive: true });
  writeFileSync(join(folder, path), text);
}

function program(kind: string, needs: readonly string[], outputs: string): string {
  return `import { defineStack } from "@atoll/organization";
export default defineStack({
  kind: "${kind}",
  needs: ${JSON.stringify(needs)},
  program: (context) => (${outputs}),
});
`;
}

function organization(owners: Readonly<Record<string, string>>): string {
  const accounts = ["management", "alpha", "beta", "gamma"].map((kind, index) => ({
    name: kind,
    kind,
    id: String(100000000000 + index),
    email: `${kind}@example.com`,
    ou: "Root",
    owner: owners[kind] ?? "platform",
  }));
  return `import { defineOrganization } from "@atoll/organization";
export default defineOrganization({
  name: ${JSON.stringify(name)},
  homeRegion: "eu-west-1",
  organizationalUnits: {},
  environmentVariables: ["ATOLL_CACHED_FIXTURE"],
  defaults: { environment: "test" },
  accounts: ${JSON.stringify(accounts)},
});
`;
}

interface Ran {
  readonly cached: readonly string[];
  readonly text: string;
  outputs(stack: string): unknown;
}

function run(request: Record<string, unknown> = {}, environment: Record<string, string> = {}): Ran {
  const organizationFile = join(folder, "organization.ts");
  const child = spawnSync(
    process.execPath,
    [
      join(import.meta.dirname, "testing/run-preview.ts"),
      JSON.stringify({ organizationFile, ...request }),
    ],
    { encoding: "utf8", env: { ...process.env, ...environment } },
  );
  if (child.status !== 0) throw new TypeError(child.stderr);
  const { stacks } = JSON.parse(child.stdout) as {
    stacks: { stack: string; outputs: unknown; problems: unknown }[];
  };
  return {
    cached: (JSON.parse(child.stderr) as { cached: string[] }).cached,
    text: child.stdout,
    outputs: (stack) => {
      const found = stacks.find((item) => item.stack === stack);
      expect(found?.problems).toEqual([]);
      return found?.outputs;
    },
  };
}

const ALL = ["management", "alpha", "beta", "gamma"];

test("nothing changed: every stack comes from the cache, byte for byte", () => {
  const first = run();
  expect(first.cached).toEqual([]);
  const second = run();
  expect(second.cached).toEqual(ALL);
  expect(second.text).toBe(first.text);
  expect(run({ cache: false }).text).toBe(first.text);
});

test("one account changed: it, what needs it and what reads the whole organization run again", () => {
  run();
  write("organization.ts", organization({ beta: "somebody" }));
  const beta = run();
  expect(beta.cached).toEqual(["alpha", "gamma"]);
  expect(beta.outputs("beta")).toEqual({ owner: "somebody" });
  expect(beta.outputs("management")).toEqual({
    names: ["platform", "platform", "somebody", "platform"],
  });
  write("organization.ts", organization({ beta: "somebody", alpha: "another" }));
  const alpha = run();
  expect(alpha.cached).toEqual(["beta"]);
  expect(alpha.outputs("gamma")).toEqual({ from: "another" });
});

describe("nothing stale is served", () => {
  test("after a program changed", () => {
    run();
    write("alpha/index.ts", program("alpha", [], "{ owner: context.account.owner, version: 2 }"));
    expect(run().outputs("alpha")).toEqual({ owner: "platform", version: 2 });
  });

  test("after a file that a program imports or reads changed", () => {
    write("value.ts", "export const value = 1;\n");
    write("data.txt", "one");
    write(
      "alpha/index.ts",
      `import { readFileSync } from "node:fs";
import { value } from "../value.ts";
${program("alpha", [], '{ value, data: readFileSync(new URL("../data.txt", import.meta.url), "utf8") }')}`,
    );
    expect(run().outputs("alpha")).toEqual({ value: 1, data: "one" });
    write("value.ts", "export const value = 2;\n");
    expect(run().outputs("alpha")).toEqual({ value: 2, data: "one" });
    write("data.txt", "two");
    expect(run().outputs("alpha")).toEqual({ value: 2, data: "two" });
  });

  test("after a program that needs nothing of it imported the organization file", () => {
    write(
      "beta/index.ts",
      `import organization from "../organization.ts";
${program("beta", [], '{ all: organization.organization?.accounts.map(({ owner }) => owner).join(" ") }')}`,
    );
    expect(run().outputs("beta")).toEqual({ all: "platform platform platform platform" });
    write("organization.ts", organization({ gamma: "new" }));
    expect(run().outputs("beta")).toEqual({ all: "platform platform platform new" });
  });

  test("after a named environment variable changed", () => {
    write(
      "alpha/index.ts",
      program("alpha", [], '{ owner: process.env["ATOLL_CACHED_FIXTURE"] ?? "none" }'),
    );
    expect(run({}, { ATOLL_CACHED_FIXTURE: "a" }).outputs("gamma")).toEqual({ from: "a" });
    expect(run({}, { ATOLL_CACHED_FIXTURE: "b" }).outputs("gamma")).toEqual({ from: "b" });
  });

  test("with another flag", () => {
    run();
    expect(run({ unknowns: true }).cached).toEqual([]);
    expect(run({ sources: true }).cached).toEqual([]);
  });

  test("after a failure, which is tried again", () => {
    write("beta/index.ts", program("beta", [], '(() => { throw new TypeError("no"); })()'));
    run();
    expect(run().cached).toEqual(["management", "alpha", "gamma"]);
  });
});

test("a secret is not kept on disk", () => {
  write(
    "alpha/index.ts",
    `import * as pulumi from "@pulumi/pulumi";
${program("alpha", [], '{ owner: pulumi.secret("canary-in-the-cache") }')}`,
  );
  run();
  const kept = readdirSync(join(cacheFolder(), "cache/preview"), { recursive: true });
  expect(kept.length).toBeGreaterThan(0);
  const search = spawnSync("grep", ["-r", "-l", "canary-in-the-cache", cacheFolder()]);
  expect(search.stdout.toString()).toBe("");
  expect(run().cached).not.toContain("alpha");
});

test("entries cut in half are made anew", () => {
  const first = run();
  const entries = join(cacheFolder(), "cache/preview");
  for (const entry of readdirSync(entries)) writeFileSync(join(entries, entry), "{");
  expect(run().text).toBe(first.text);
});
