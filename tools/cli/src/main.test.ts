import { symlinkSync } from "node:fs";
import { join } from "node:path";

import { LAUNCHER, tinyOrganization, workbench, type Workbench } from "./testing/run-atoll.ts";

const BUCKET = 'new aws.s3.Bucket("logs", {}, { provider: context.provider }); return {};';

// Each starts whole processes; on a busy machine that takes its time.
jest.setTimeout(60_000);

let bench: Workbench;

beforeEach(() => {
  bench = workbench();
});

afterEach(() => {
  bench.remove();
});

const tiny = ["--organization", "organization.ts"];

describe("exit codes", () => {
  test.each<[string, string[], number, RegExp]>([
    ["--version", ["--version"], 0, /^\d+\.\d+\.\d+\n$/],
    ["--help of a command", ["preview", "--help"], 0, /Example:[^]*Exit codes:/],
  ])("%s writes to standard output", async (_name, args, exitCode, expected) => {
    const run = await bench.run(args);
    expect(run).toMatchObject({ exitCode, err: "" });
    expect(run.out).toMatch(expected);
  });

  test.each<[string, string[], RegExp]>([
    ["no command", [], /Usage: atoll/],
    ["an unknown command", ["previw"], /unknown command 'previw'[^]*preview/],
    ["an unknown option", ["preview", "--jsn"], /unknown option '--jsn'[^]*--json/],
    ["an unknown command of a command", ["addresses", "alocate"], /did you mean allocate/i],
    ["a bad value", ["preview", "--workers", "0"], /whole number/],
    ["options that exclude each other", ["preview", "--json", "--graph", "dot"], /--graph/],
    ["no such organization file", ["accounts", "--organization", "nope.ts"], /nope\.ts/],
    ["no such stack", ["preview", "netwrk"], /no stack "netwrk" \(did you mean network\?\)/],
    ["no such revision", ["preview", "--base", "no-such-branch"], /no-such-branch|git repository/],
  ])("%s is wrong usage: 2, and nothing on standard output", async (_name, args, expected) => {
    const run = await bench.run(args);
    expect(run).toMatchObject({ exitCode: 2, out: "" });
    expect(run.err).toMatch(expected);
  });

  test("an organization file that does not parse is an error with file and line: 1", async () => {
    bench.write({ "organization.ts": "export default {\n  name: 'x'\n  oops\n};\n" });
    const run = await bench.run(["preview", "--json", ...tiny]);
    expect(run).toMatchObject({ exitCode: 1, err: "" });
    const { problems } = JSON.parse(run.out) as { problems: { source?: { line: number } }[] };
    expect(problems[0]?.source?.line).toBe(3);
  });

  test("a crash is 3, says the cause and where the report is, and prints no stack", async () => {
    const run = await bench.run(["preview", ...tiny], {
      env: { TMPDIR: join(bench.folder, "gone") },
    });
    expect(run.exitCode).toBe(3);
    expect(run.err).toMatch(/^atoll: failed while .*ENOENT/m);
    expect(run.err).not.toMatch(/^ {4}at /m);
  });
});

test("the launcher works through a link, and options may stand before the command", async () => {
  bench.write(tinyOrganization(BUCKET));
  symlinkSync(LAUNCHER, join(bench.folder, "link"));
  const launcher = join(bench.folder, "link");
  const run = await bench.run([...tiny, "--json", "preview", "--no-cache"], { launcher });
  expect(run).toMatchObject({ exitCode: 0, err: "" });
  const { stacks } = JSON.parse(run.out) as { stacks: { stack: string; status: string }[] };
  expect(stacks).toMatchObject([{ stack: "one", status: "ok" }]);
  expect(bench.leftovers()).toEqual([]);
});

test("what programs and organization files print does not get into the data", async () => {
  const files = tinyOrganization(`console.log("hello from the program"); ${BUCKET}`);
  const organization = `console.log("hello from the organization");\n${files["organization.ts"] ?? ""}`;
  bench.write({ ...files, "organization.ts": organization });
  const run = await bench.run(["preview", "--json", "--no-cache", ...tiny]);
  expect(run.exitCode).toBe(0);
  expect(() => JSON.parse(run.out) as unknown).not.toThrow();
});

test("for people: the stacks on standard output, progress as plain lines on standard error", async () => {
  bench.write(tinyOrganization(BUCKET));
  const run = await bench.run(["preview", "--no-cache", ...tiny]);
  expect(run.exitCode).toBe(0);
  expect(run.err).toBe("previewing 1 stack\n✔ one ok (1 resource)\n");
  expect(run.out).toContain("✔ one  111111111111  management  eu-west-1  1 resource\n");
  expect(run.out).toContain("└─ s3.Bucket logs\n");
  expect(run.out).toContain("tiny: 1 stack (1 ok), 1 resource, no problems\n");
  expect(run.out).toContain("atoll preview one --verbose --organization organization.ts");
});

test("--quiet says the problems and the summary, FORCE_COLOR colours them", async () => {
  bench.write(tinyOrganization('throw new Error("broken");'));
  const run = await bench.run(["preview", "--no-cache", "--quiet", ...tiny], {
    env: { FORCE_COLOR: "1" },
  });
  expect(run).toMatchObject({ exitCode: 1, err: "" });
  expect(run.out).toContain("broken");
  expect(run.out).toContain("\u001b[");
  expect(run.out).not.toContain("Next");
});

test("a reader that goes away is no error", async () => {
  bench.write(tinyOrganization(BUCKET));
  const { child, done } = bench.start(["preview", "--no-cache", "--verbose", ...tiny]);
  child.stdout?.destroy();
  const run = await done;
  expect(run.exitCode).toBe(0);
  expect(run.err).not.toMatch(/EPIPE|Error/);
  expect(bench.leftovers()).toEqual([]);
});

test.each([
  ["SIGINT", 130],
  ["SIGTERM", 143],
] as const)("%s in the middle leaves nothing behind", async (signal, exitCode) => {
  bench.write(tinyOrganization("for (;;) {}"));
  const { child, done, said } = bench.start(["preview", "--no-cache", ...tiny]);
  await said("previewing 1 stack");
  child.kill(signal);
  const run = await done;
  expect(run).toMatchObject({ exitCode, out: "" });
  expect(run.err).toBe(`previewing 1 stack\natoll: stopped by ${signal}\n`);
  expect(bench.leftovers()).toEqual([]);
});
