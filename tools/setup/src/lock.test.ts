import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";

import { withLock } from "./lock.mjs";

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "atoll-lock-"));
  file = join(folder, "lock");
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

const ignore = () => undefined;

/** The pid of a process that has ended. */
function deadPid(): number {
  return spawnSync(process.execPath, ["--version"]).pid;
}

test("only one of many holds it at a time", async () => {
  let holders = 0;
  let most = 0;
  const action = async () => {
    most = Math.max(most, (holders += 1));
    await new Promise((resolve) => setTimeout(resolve, 5));
    holders -= 1;
  };
  await Promise.all(Array.from({ length: 8 }, () => withLock(file, action, ignore)));
  expect(most).toBe(1);
  expect(existsSync(file)).toBe(false);
});

test("it is given back when the action fails", async () => {
  const failing = withLock(file, () => Promise.reject(new Error("no disk")), ignore);
  await expect(failing).rejects.toThrow("no disk");
  expect(existsSync(file)).toBe(false);
});

test.each([
  [
    "a dead process of this machine",
    () => JSON.stringify({ host: hostname(), pid: deadPid(), id: "x" }),
  ],
  ["nobody that can be read", () => "{"],
])("a lock of %s is taken over at once", async (_holder, token) => {
  writeFileSync(file, token());
  await expect(withLock(file, () => Promise.resolve("ran"), ignore)).resolves.toBe("ran");
});

test("a lock of another machine is taken over when nobody has touched it for long", async () => {
  writeFileSync(file, JSON.stringify({ host: "another", pid: 1, id: "x" }));
  const longAgo = new Date(Date.now() - 60_000);
  utimesSync(file, longAgo, longAgo);
  await expect(withLock(file, () => Promise.resolve("ran"), ignore)).resolves.toBe("ran");
});

test("a live holder is waited for, and named", async () => {
  writeFileSync(file, JSON.stringify({ host: hostname(), pid: process.pid, id: "x" }));
  const holders: string[] = [];
  const waiting = withLock(
    file,
    () => Promise.resolve("ran"),
    (holder) => {
      holders.push(holder);
      rmSync(file, { force: true });
    },
  );
  await expect(waiting).resolves.toBe("ran");
  expect(holders).toEqual([`process ${String(process.pid)}`]);
});
