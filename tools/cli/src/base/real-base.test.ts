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
  const program = `
    const { provider } = context;
    new aws.s3.Bucket("logs", { tags: { days } }, { provider });
    const vpc = new aws.ec2.Vpc("main", { cidrBlock }, { provider });
    new aws.ec2.InternetGateway("main", { vpcId: vpc.id }, { provider });
    new aws.ec2.RouteTable("main", { vpcId: vpc.id }, { provider });
    return {};`;
  const tiny = tinyOrganization(program);
  repository.write({
    "packages/probe/package.json": JSON.stringify({
      name: "@atoll/probe",
      type: "module",
      exports: { ".": "./index.ts" },
    }),
    "packages/probe/index.ts": probe("7", "10.0.0.0/16"),
    "tiny/organization.ts": tiny["organization.ts"] ?? "",
    "tiny/management/index.ts": `import { cidrBlock, days } from "@atoll/probe";\n${tiny["management/index.ts"] ?? ""}`,
  });
  repository.commit("base");
  linkModules(join(ROOT, "node_modules"), repository.folder);
}, 60_000);

afterAll(() => {
  repository.remove();
});

/** The package that the program takes its values from. */
function probe(days: string, cidrBlock: string): string {
  return `export const days: string = "${days}";\nexport const cidrBlock: string = "${cidrBlock}";\n`;
}

/** Runs the command of the repository, against what was committed. */
async function compareWithBase(): Promise<PreviewComparison> {
  const bench = workbench();
  const launcher = join(repository.folder, "tools/cli/bin/atoll");
  const file = join(repository.folder, "tiny/organization.ts");
  const args = ["preview", "--base", "HEAD", "--json", "--organization", file];
  // What is compiled in a folder that will never come again is not worth keeping.
  const run = await bench.run(args, { launcher, env: { NODE_DISABLE_COMPILE_CACHE: "1" } });
  expect(run).toMatchObject({ exitCode: 0, err: "" });
  expect(bench.leftovers()).toEqual([]);
  bench.remove();
  return JSON.parse(run.out) as PreviewComparison;
}

test("a change in a workspace package alone shows against the base", async () => {
  repository.write({ "packages/probe/index.ts": probe("30", "10.0.0.0/16") });
  const comparison = await compareWithBase();
  expect(comparison.notes).toEqual([]);
  expect(comparison.groups).toMatchObject([
    {
      stacks: ["one"],
      change: {
        subject: "resource",
        change: "changed",
        name: "logs",
        differences: [{ path: "inputs.tags.days", before: "7", after: "30" }],
        action: "update",
        replaces: [],
        verified: true,
      },
    },
  ]);
}, 60_000);

test("what is replaced, and what gets another id because of that", async () => {
  repository.write({ "packages/probe/index.ts": probe("7", "10.1.0.0/16") });
  const { stacks } = await compareWithBase();
  const said = stacks.flatMap(({ changes }) =>
    changes.map((change) =>
      change.subject === "resource" ? [change.type, change.action, change.replaces] : [],
    ),
  );
  expect(said).toEqual([
    ["aws:ec2/internetGateway:InternetGateway", "update", []],
    ["aws:ec2/routeTable:RouteTable", "replace", ["vpcId"]],
    ["aws:ec2/vpc:Vpc", "replace", ["cidrBlock"]],
  ]);
}, 60_000);
