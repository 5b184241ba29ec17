import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { BUILD_TIMEOUT_MILLISECONDS, realPulumi } from "../pulumi-cli/testing/real-pulumi.ts";
import type { FoundPulumi } from "../pulumi-cli/types.ts";
import { pulumiProject, type PulumiProject } from "./testing/pulumi-project.ts";

jest.setTimeout(120_000);

let pulumi: FoundPulumi | null;
let project: PulumiProject | null = null;

beforeAll(async () => {
  pulumi = await realPulumi();
}, BUILD_TIMEOUT_MILLISECONDS);

beforeEach(async () => {
  project = pulumi === null ? null : pulumiProject({ ...pulumi, languageHost: OWN });
  await project?.run("stack", "init", "dev");
});

afterEach(() => project?.remove());

const OWN = join(import.meta.dirname, "../../bin/pulumi-language-nodejs");

/** A test with the real CLI. */
function withPulumi(name: string, run: (project: PulumiProject) => Promise<void>): void {
  test(name, async () => {
    // The reason is printed where the CLI is looked for.
    if (project !== null) await run(project);
  });
}

withPulumi(
  "a TypeScript program runs as it is: components, settings, secrets, outputs",
  async (at) => {
    at.write(
      "main.ts",
      `import * as pulumi from "@pulumi/pulumi";
interface Args { readonly size: number }
class Box extends pulumi.ComponentResource {
  constructor(name: string, args: Args) {
    super("tiny:index:Box", name, args as never);
    this.registerOutputs({ size: args.size });
  }
}
const config = new pulumi.Config();
new Box("box", { size: config.requireNumber("size") });
export const where = [pulumi.getOrganization(), pulumi.getProject(), pulumi.getStack()].join("/");
export const word = config.requireSecret("word");
export const dry = pulumi.runtime.isDryRun();
`,
    );
    await at.run("config", "set", "size", "3");
    await at.run("config", "set", "--secret", "word", "hush");
    const preview = await at.run("preview");
    expect(preview).toMatchObject({ exitCode: 0 });
    expect(preview.text).toContain("dry  : true");
    const up = await at.run("up", "--yes");
    expect(up).toMatchObject({ exitCode: 0 });
    expect(up.text).toContain("2 created");
    expect(up.text).not.toContain("hush");
    const { text } = await at.run("stack", "output", "--json", "--show-secrets");
    expect(JSON.parse(text)).toEqual({ where: "organization/tiny/dev", word: "hush", dry: false });
    expect((await at.run("up", "--yes")).text).toContain("2 unchanged");
  },
);

withPulumi("a program that throws is told once; the run after it has its stack", async (at) => {
  at.write("main.ts", `function deep(): never { throw new Error("broken"); }\ndeep();\n`);
  const first = await at.run("preview");
  expect(first.exitCode).not.toBe(0);
  expect(first.text).toContain("broken");
  expect(first.text).toContain("run it again to see them");
  expect(first.text).not.toContain("main.ts:1");
  const second = await at.run("preview");
  expect(second.text).toContain("main.ts:1");
  at.write("main.ts", "export {};\n");
  expect(await at.run("preview")).toMatchObject({ exitCode: 0 });
});

withPulumi("a program that ends itself fails the run, with its exit code", async (at) => {
  at.write("main.ts", "process.exit(3);\n");
  const run = await at.run("up", "--yes");
  expect(run.exitCode).not.toBe(0);
  expect(run.text).toContain("exited with code 3");
});

withPulumi("kill -9 of pulumi leaves neither language host nor program", async (at) => {
  const file = join(at.folder, "ids");
  at.write(
    "main.ts",
    `import { writeFileSync } from "node:fs";
writeFileSync(${JSON.stringify(file)}, process.ppid + " " + process.pid);
for (;;) {}
`,
  );
  const child = at.start("preview");
  while (!existsSync(file) || readFileSync(file, "utf8") === "") await sleep(50);
  const ids = readFileSync(file, "utf8").split(" ").map(Number);
  expect(ids.every(isRunning)).toBe(true);
  child.kill("SIGKILL");
  const until = Date.now() + 20_000;
  while (ids.some(isRunning) && Date.now() < until) await sleep(100);
  expect(ids.filter(isRunning)).toEqual([]);
});

function isRunning(id: number): boolean {
  try {
    process.kill(id, 0);
    const file = `/proc/${id}/status`;
    // Where nobody waits for one that has ended, it is still listed.
    return !existsSync(file) || !/^State:\s+Z/m.test(readFileSync(file, "utf8"));
  } catch {
    return false;
  }
}
