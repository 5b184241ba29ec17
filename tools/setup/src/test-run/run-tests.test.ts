import { spawnSync } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

const root = join(import.meta.dirname, "../../../..");

let workspace: string;

beforeEach(() => {
  workspace = realpathSync(mkdtempSync(join(tmpdir(), "atoll-test-run-")));
  for (const file of ["nx.json", "jest.config.mjs", "tsconfig.base.json"]) {
    cpSync(join(root, file), join(workspace, file));
  }
  symlinkSync(join(root, "node_modules"), join(workspace, "node_modules"));
  cpSync(join(root, "tools/setup"), join(workspace, "tools/setup"), {
    recursive: true,
    filter: (path) => !path.endsWith(".test.ts") && !path.includes("/.results"),
  });
  write("package.json", { name: "workspace", workspaces: ["packages/*"] });
  write("package-lock.json", { lockfileVersion: 3, packages: {} });
});

afterEach(() => rmSync(workspace, { recursive: true, force: true }));

function write(file: string, content: unknown): void {
  mkdirSync(dirname(join(workspace, file)), { recursive: true });
  const text = typeof content === "string" ? content : JSON.stringify(content);
  writeFileSync(join(workspace, file), text);
}

/** Adds a project that has one test file and no lint. */
function addProject(name: string, test: string): void {
  write(`packages/${name}/package.json`, { name: `@atoll/${name}`, nx: { targets: { test: {} } } });
  write(`packages/${name}/${name}.test.ts`, test);
}

/** Runs the tests as `npm test` does. */
function run(...args: readonly string[]) {
  const main = join(workspace, "tools/setup/src/test-run/main.ts");
  const environment = Object.entries(process.env).filter(([name]) => !name.startsWith("NX_"));
  const { stdout, stderr, status } = spawnSync(process.execPath, [main, ...args], {
    cwd: tmpdir(),
    encoding: "utf8",
    env: {
      ...Object.fromEntries(environment),
      PATH: `${join(root, "node_modules/.bin")}:${process.env["PATH"]!}`,
    },
  });
  return { last: stdout.split("\n").at(-2), status, stdout, stderr };
}

const GREEN = 'test("one", () => {}); test("two", () => {}); test.skip("later", () => {});';

test("a suite that crashes fails the run, although an earlier run left a report of success", () => {
  addProject("green", GREEN);
  addProject("crash", 'test("one", () => process.kill(process.pid, "SIGKILL"));');
  write("packages/crash/.results/test.json", {
    success: true,
    numPassedTests: 5,
    numFailedTests: 0,
    numPendingTests: 0,
    numTodoTests: 0,
    numRuntimeErrorTestSuites: 0,
  });

  const crashed = run();
  expect(crashed).toMatchObject({ last: "2 passed, 1 failed, 1 skipped", status: 1 });
  expect(crashed.stderr).toContain("@atoll/crash:test");
}, 180_000);

test("a cached run counts the same, and a failing test is counted and shown", () => {
  addProject("green", GREEN);
  expect(run()).toMatchObject({ last: "2 passed, 0 failed, 1 skipped", status: 0 });

  addProject("red", 'test("one", () => {}); test("broken", () => { expect(1).toBe(2); });');
  const second = run();
  expect(second).toMatchObject({ last: "3 passed, 1 failed, 1 skipped", status: 1 });
  expect(second.stdout).toContain("broken");
  expect(second.stdout).toContain("@atoll/green:test  [local cache]");

  expect(run("green")).toMatchObject({ last: "2 passed, 0 failed, 1 skipped", status: 0 });
}, 180_000);

test("what keeps the run from starting is a failure with a closing line", () => {
  addProject("green", GREEN);
  expect(run("gren")).toMatchObject({ last: "0 passed, 1 failed", status: 1 });
  write("nx.json", "{");
  expect(run()).toMatchObject({ last: "0 passed, 1 failed", status: 1 });
}, 180_000);
