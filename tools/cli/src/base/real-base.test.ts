import { execFileSync } from "node:child_process";
import { join, resolve } from "node:path";

import type { PreviewComparison } from "../compare/types.ts";
import { gitRepository, type GitRepository } from "../testing/git-repository.ts";
import { tinyOrganization, workbench } from "../testing/run-atoll.ts";
import { linkModules } from "./link-modules.ts";

const ROOT = resolve(import.meta.dirname, "../../../..");

let repository: GitRepository;

beforeAll(() => {
  repository = gitRepository();
  // The working tree's own files, committed or not: what is tested is the code as it is now.
  const files = execFileSync("git", ["ls-files", "-z", "-co", "--exclude-standard"], { cwd: ROOT });
  const archive = execFileSync(
    "tar",
    ["-c", "--null", "--ignore-failed-read", "--files-from", "-"],
    { cwd: ROOT, input: files, maxBuffer: 2 ** 30, stdio: ["pipe", "pipe", "ignore"] },
  );
  execFileSync("tar", ["-x", "-C", repository.folder], { input: archive });
  const program = `new aws.s3.Bucket("logs", { tags: { days } }, { provider: context.provider }); return {};`;
  const tiny = tinyOrganization(program);
  repository.write({
    "packages/probe/package.json": JSON.stringify({
      name: "@atoll/probe",
      type: "module",
      exports: { ".": "./index.ts" },
    }),
    "packages/probe/index.ts": 'export const days: string = "7";\n',
    "tiny/organization.ts": tiny["organization.ts"] ?? "",
    "tiny/management/index.ts": `import { days } from "@atoll/probe";\n${tiny["management/index.ts"] ?? ""}`,
  });
  repository.commit("base");
  linkModules(join(ROOT, "node_modules"), repository.folder);
}, 60_000);

afterAll(() => {
  repository.remove();
});

test("a change in a workspace package alone shows against the base", async () => {
  repository.write({ "packages/probe/index.ts": 'export const days: string = "30";\n' });
  const bench = workbench();
  const launcher = join(repository.folder, "tools/cli/bin/atoll");
  const file = join(repository.folder, "tiny/organization.ts");
  const args = ["preview", "--base", "HEAD", "--json", "--organization", file];
  // What is compiled in a folder that will never come again is not worth keeping.
  const run = await bench.run(args, { launcher, env: { NODE_DISABLE_COMPILE_CACHE: "1" } });
  expect(run.err).toBe("");
  const comparison = JSON.parse(run.out) as PreviewComparison;
  expect(comparison.notes).toEqual([]);
  expect(comparison.groups).toMatchObject([
    {
      stacks: ["one"],
      change: {
        subject: "resource",
        change: "changed",
        name: "logs",
        differences: [{ path: "inputs.tags.days", before: "7", after: "30" }],
      },
    },
  ]);
  expect(run.exitCode).toBe(0);
  expect(bench.leftovers()).toEqual([]);
  bench.remove();
}, 60_000);
