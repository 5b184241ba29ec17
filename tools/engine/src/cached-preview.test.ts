import { spawnSync } from "node:child_process";
import { readdirSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";

import {
  organizationText,
  programText,
  temporaryOrganization,
  type TemporaryOrganization,
} from "./testing/temporary-organization.ts";

const ALL = ["management", "alpha", "beta", "gamma"];

/** Three accounts, of which the third needs the first, and one that looks at the whole organization. */
let bench: TemporaryOrganization;
beforeEach(() => {
  bench = temporaryOrganization();
  bench.writeOrganization(ALL);
  bench.writeProgram(
    "management",
    [],
    "{ names: context.organization.accounts.map(({ owner }) => owner) }",
  );
  bench.writeProgram("alpha", [], "{ owner: context.account.owner, version: 1 }");
  bench.writeProgram("beta", [], "{ owner: context.account.owner }");
  bench.writeProgram("gamma", ["alpha"], '{ from: context.output("alpha", "owner") }');
});
afterEach(() => {
  bench.remove();
});

const run: TemporaryOrganization["run"] = (...args) => bench.run(...args);
const write = (path: string, text: string) => {
  bench.write(path, text);
};

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
  bench.writeOrganization(ALL, { beta: "somebody" });
  const beta = run();
  expect(beta.cached).toEqual(["alpha", "gamma"]);
  expect(beta.outputs("beta")).toEqual({ owner: "somebody" });
  expect(beta.outputs("management")).toEqual({
    names: ["platform", "platform", "somebody", "platform"],
  });
  bench.writeOrganization(ALL, { beta: "somebody", alpha: "another" });
  const alpha = run();
  expect(alpha.cached).toEqual(["beta"]);
  expect(alpha.outputs("gamma")).toEqual({ from: "another" });
});

describe("nothing stale is served", () => {
  test("after a program changed", () => {
    run();
    write(
      "alpha/index.ts",
      programText("alpha", [], "{ owner: context.account.owner, version: 2 }"),
    );
    expect(run().outputs("alpha")).toEqual({ owner: "platform", version: 2 });
  });

  test("after a file that a program imports or reads changed", () => {
    write("value.ts", "export const value = 1;\n");
    write("data.txt", "one");
    write(
      "alpha/index.ts",
      `import { readFileSync } from "node:fs";
import { value } from "../value.ts";
${programText("alpha", [], '{ value, data: readFileSync(new URL("../data.txt", import.meta.url), "utf8") }')}`,
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
${programText("beta", [], '{ all: organization.organization?.accounts.map(({ owner }) => owner).join(" ") }')}`,
    );
    expect(run().outputs("beta")).toEqual({ all: "platform platform platform platform" });
    bench.writeOrganization(ALL, { gamma: "new" });
    expect(run().outputs("beta")).toEqual({ all: "platform platform platform new" });
  });

  test("after a file that git ignores changed, because it can be neither imported nor read", () => {
    spawnSync("git", ["init", "-q"], { cwd: bench.folder });
    write(".gitignore", "ignored.*\n");
    write("ignored.ts", "export const value = 1;\n");
    write("ignored.txt", "1");
    write(
      "alpha/index.ts",
      `import { value } from "../ignored.ts";\n${programText("alpha", [], "{ owner: String(value) }")}`,
    );
    write(
      "beta/index.ts",
      `import { readFileSync } from "node:fs";
${programText("beta", [], '{ owner: readFileSync(new URL("../ignored.txt", import.meta.url), "utf8") }')}`,
    );
    const codes = run().stacks.flatMap(({ stack, problems }) =>
      problems.map(({ code }) => [stack, code]),
    );
    expect(codes).toEqual([
      ["alpha", "PREVIEW_NOT_HERMETIC"],
      ["beta", "PREVIEW_NOT_HERMETIC"],
    ]);
  });

  test("to another organization of the same name whose accounts are the same", () => {
    run();
    write("copy/organization.ts", organizationText(basename(bench.cacheFolder), ALL));
    for (const kind of ["management", "alpha", "beta", "gamma"]) {
      write(`copy/${kind}/index.ts`, programText(kind, [], '{ owner: "the copy" }'));
    }
    run();
    const copy = run({ organizationFile: join(bench.folder, "copy/organization.ts") });
    expect(copy.outputs("beta")).toEqual({ owner: "the copy" });
  });

  test("after a named environment variable changed", () => {
    write(
      "alpha/index.ts",
      programText("alpha", [], '{ owner: process.env["ATOLL_CACHED_FIXTURE"] ?? "none" }'),
    );
    expect(run({}, { ATOLL_CACHED_FIXTURE: "a" }).outputs("gamma")).toEqual({ from: "a" });
    expect(run({}, { ATOLL_CACHED_FIXTURE: "b" }).outputs("gamma")).toEqual({ from: "b" });
  });

  test("after a quota of the organization changed", () => {
    run();
    const text = organizationText(basename(bench.cacheFolder), ALL);
    const raised = text.replace("accounts:", 'quotas: { "vpc/vpcs-per-region": 9 },\n  accounts:');
    write("organization.ts", raised);
    expect(run().cached).toEqual([]);
    expect(run().cached).toEqual(ALL);
  });

  test("with another flag", () => {
    run();
    expect(run({ unknowns: true }).cached).toEqual([]);
    expect(run({ sources: true }).cached).toEqual([]);
  });

  test("after a failure, which is tried again", () => {
    write("beta/index.ts", programText("beta", [], '(() => { throw new TypeError("no"); })()'));
    run();
    expect(run().cached).toEqual(["management", "alpha", "gamma"]);
  });
});

test("a secret is not kept on disk", () => {
  write(
    "alpha/index.ts",
    `import * as pulumi from "@pulumi/pulumi";
${programText("alpha", [], '{ owner: pulumi.secret("canary-in-the-cache") }')}`,
  );
  run();
  const kept = readdirSync(join(bench.cacheFolder, "cache/preview"));
  expect(kept.length).toBeGreaterThan(0);
  const search = spawnSync("grep", ["-r", "-l", "canary-in-the-cache", bench.cacheFolder]);
  expect(search.stdout.toString()).toBe("");
  expect(run().cached).not.toContain("alpha");
});

test("entries cut in half are made anew", () => {
  const first = run();
  const entries = join(bench.cacheFolder, "cache/preview");
  for (const entry of readdirSync(entries)) writeFileSync(join(entries, entry), "{");
  expect(run().text).toBe(first.text);
});
