import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";

import type { StackAccess } from "../state/stack-access.ts";

import { clearStackLock, parseLockError, readStackLocks, stackLocked } from "./stack-lock.ts";

let base: string;
let access: StackAccess;
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), "atoll-lock-"));
  const pulumi = { file: "/nowhere/pulumi", env: {}, cwd: base };
  access = { stack: "network", project: "acme", backendUrl: `file://${base}`, pulumi };
});
afterEach(() => {
  rmSync(base, { recursive: true, force: true });
});

/** A process that has ended: its id is free. */
function endedPid(): number {
  return spawnSync(process.execPath, ["-e", ""]).pid;
}

function lock(text: string): void {
  const folder = join(base, ".pulumi/locks/organization/acme/network");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${String(text.length)}.json`), text);
}

function held(pid: number, host: string): void {
  lock(JSON.stringify({ pid, username: "me", hostname: host, timestamp: "2026-11-27T10:00:00Z" }));
}

test("no lock is no lock, and nothing is run to clear it", async () => {
  expect(readStackLocks(access)).toEqual([]);
  expect(await clearStackLock(access)).toEqual([]);
});

test("a lock of a process that is gone is stale; the error has the one command that clears it", () => {
  held(endedPid(), hostname());
  const locks = readStackLocks(access) ?? [];
  expect(locks).toMatchObject([{ user: "me", life: "gone" }]);
  expect(stackLocked(access, locks).message).toMatch(/atoll unlock network$/u);
  const pulumi = { ...access.pulumi, env: { ATOLL_TARGET: "sandbox" } };
  expect(stackLocked({ ...access, pulumi }, locks).message).toMatch(
    /atoll unlock network --sandbox$/u,
  );
});

test("an id that another program has by now is stale too", () => {
  // This process is alive and is not Pulumi.
  held(process.pid, hostname());
  expect(readStackLocks(access)).toMatchObject([{ life: "gone" }]);
});

test.each(["elsewhere", ""])(
  "a lock of another machine (%s) is not cleared without force",
  async (host) => {
    held(endedPid(), host);
    expect(readStackLocks(access)).toMatchObject([{ life: "unknown" }]);
    await expect(clearStackLock(access)).rejects.toMatchObject({ code: "STACK_LOCKED" });
  },
);

test("a lock that is cut off is one whose holder is not known", async () => {
  lock('{"pid":');
  await expect(clearStackLock(access)).rejects.toMatchObject({ code: "STACK_LOCKED" });
});

test("what cannot be looked at is not cleared", async () => {
  const remote = { ...access, backendUrl: "s3://bucket" };
  expect(readStackLocks(remote)).toBeNull();
  expect(await clearStackLock(remote)).toEqual([]);
});

test("Pulumi's own error tells who holds it", () => {
  const text =
    "error: the stack is currently locked by 1 lock(s). Either wait for the other process(es) to end or delete the lock " +
    "file with `pulumi cancel`.\n  s3://b/.pulumi/locks/organization/acme/network/1.json: " +
    "created by me@far.example.com (pid 42) at 2026-11-27T10:00:00Z";
  expect(parseLockError(text)).toEqual([
    {
      user: "me",
      host: "far.example.com",
      pid: 42,
      since: "2026-11-27T10:00:00Z",
      life: "unknown",
    },
  ]);
  expect(parseLockError("error: something else (pid 1)")).toEqual([]);
});
