import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { ensureInstalled } from "./install.mjs";

const npm = [process.execPath, join(import.meta.dirname, "../fixtures/fake-npm.mjs")];

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "atoll-setup-"));
  writeLockfile("1.0.0");
});

afterEach(() => {
  delete process.env["FAKE_NPM"];
  rmSync(root, { recursive: true, force: true });
});

function writeLockfile(version: string): void {
  const packages = { "": {}, "node_modules/left-pad": { version, integrity: `sha512-${version}` } };
  writeFileSync(join(root, "package-lock.json"), JSON.stringify({ lockfileVersion: 3, packages }));
}

/** Installs with a stand-in for npm that behaves as told. */
function install(mode = "installs"): Promise<boolean> {
  process.env["FAKE_NPM"] = mode;
  const stream = { isTTY: false, write: () => true } as unknown as NodeJS.WriteStream;
  return ensureInstalled(root, { npm, stream, prepare: () => Promise.resolve() });
}

function npmCalls(): number {
  const log = join(root, "npm-calls.log");
  return existsSync(log) ? readFileSync(log, "utf8").trim().split("\n").length : 0;
}

test("a fresh clone is installed once", async () => {
  await expect(install()).resolves.toBe(true);
  await expect(install()).resolves.toBe(false);
  expect(npmCalls()).toBe(1);
});

test("a changed lockfile is installed anew", async () => {
  await install();
  writeLockfile("2.0.0");
  await expect(install()).resolves.toBe(true);
  expect(npmCalls()).toBe(2);
});

test("what another npm installed from the same lockfile is taken as it is", async () => {
  await install();
  rmSync(join(root, "node_modules/.atoll-installed.json"));
  await expect(install()).resolves.toBe(true);
  expect(npmCalls()).toBe(1);
});

test("a package that is gone from node_modules is installed again", async () => {
  await install();
  rmSync(join(root, "node_modules/.atoll-installed.json"));
  rmSync(join(root, "node_modules/left-pad"), { recursive: true });
  await install();
  expect(npmCalls()).toBe(2);
});

test("a failing npm is shown with its output, and the next run begins again", async () => {
  await expect(install("fails")).rejects.toThrow("npm error code ENOSPC");
  await expect(install()).resolves.toBe(true);
  expect(npmCalls()).toBe(2);
});

test("an install that was killed half-way is not taken for a finished one", async () => {
  await install();
  writeLockfile("2.0.0");
  await expect(install("is killed")).rejects.toThrow();
  await expect(install()).resolves.toBe(true);
  expect(npmCalls()).toBe(3);
});

test("two at once install once, and both find it installed", async () => {
  const outcomes = await Promise.all([install("is slow"), install("is slow")]);
  expect(outcomes.sort()).toEqual([false, true]);
  expect(npmCalls()).toBe(1);
});

test("Node is fetched where npm refuses to run install scripts", async () => {
  await install("refuses scripts");
  expect(existsSync(join(root, "node_modules/node/bin/node"))).toBe(true);
});

test("without a Node 24 it says so, and does not call itself installed", async () => {
  await expect(install("has no node")).rejects.toThrow("There is no Node 24");
  await expect(install("has no node")).rejects.toThrow("There is no Node 24");
});
