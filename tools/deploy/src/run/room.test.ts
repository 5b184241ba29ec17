import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { measureMemory } from "./memory.ts";
import { Room } from "./room.ts";

const folder = mkdtempSync(join(tmpdir(), "atoll-room-"));
const children: ChildProcess[] = [];

afterAll(() => {
  for (const child of children) child.kill("SIGKILL");
  rmSync(folder, { recursive: true });
});

/** A process that stands for a stack's, and holds that many MiB besides Node. */
async function stackOf(mebibytes: number): Promise<number> {
  const file = join(folder, "stack.cjs");
  writeFileSync(
    file,
    "const held = Buffer.alloc(Number(process.argv[2]) * 1024 * 1024, 1); process.on('message', () => held); process.send(held.length);",
  );
  const child = fork(file, [String(mebibytes)]);
  children.push(child);
  await once(child, "message");
  return child.pid ?? 0;
}

const ownMiB = () => measureMemory(process.pid)(process.pid);

test("much is expected of stacks until one is under way, and then what it was seen to take", async () => {
  const pid = await stackOf(10);
  // Room for one more of the expected size is not there, for one more of the real size it is.
  const room = new Room({ width: 9, memoryMiB: ownMiB() + 300, hosts: 0 });
  expect(room.hasRoom([{ pid, isUnderWay: false }], [])).toBe(false);
  expect(room.hasRoom([{ pid, isUnderWay: true }], [])).toBe(true);
});

test("a provider that takes more than was expected leaves room for fewer", async () => {
  const pid = await stackOf(400);
  const room = new Room({ width: 9, memoryMiB: ownMiB() + 380, hosts: 0 });
  expect(room.hasRoom([{ pid, isUnderWay: false }], [])).toBe(true);
  expect(room.hasRoom([{ pid, isUnderWay: true }], [])).toBe(false);
});

test("what the processes that run programs have yet to take is kept for them", () => {
  const memoryMiB = ownMiB() + 900;
  const running = [{ pid: undefined, isUnderWay: false }];
  expect(new Room({ width: 9, memoryMiB, hosts: 0 }).hasRoom(running, [])).toBe(true);
  expect(new Room({ width: 9, memoryMiB, hosts: 3 }).hasRoom(running, [])).toBe(false);
});

test("one may run in any case, and never more than there are places", () => {
  expect(new Room({ width: 1, memoryMiB: 1, hosts: 2 }).hasRoom([], [])).toBe(true);
  const running = [{ pid: undefined, isUnderWay: false }];
  expect(new Room({ width: 1, memoryMiB: 99_999, hosts: 0 }).hasRoom(running, [])).toBe(false);
});
