import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { measureMemory } from "./memory.ts";

const MIB = 1024 * 1024;
const folder = mkdtempSync(join(tmpdir(), "atoll-memory-"));
const children: ChildProcess[] = [];

afterAll(() => {
  for (const child of children) child.kill("SIGKILL");
  rmSync(folder, { recursive: true });
});

/** A process that holds so many MiB, and one below it that holds as many. */
async function holdTwice(mebibytes: number): Promise<number> {
  const file = join(folder, "hold.cjs");
  writeFileSync(
    file,
    `const held = Buffer.alloc(${String(mebibytes * MIB)}, 1);
     process.on("message", () => held); // Without it the process would end.
     if (process.argv[2] === "below") process.send(held.length);
     else require("node:child_process").fork(__filename, ["below"]).on("message", (m) => process.send(m));`,
  );
  const child = fork(file, []);
  children.push(child);
  await once(child, "message");
  return child.pid ?? 0;
}

test("what processes hold is counted, with all that is below them", async () => {
  const before = measureMemory(process.pid)(process.pid);
  const pid = await holdTwice(64);
  const memoryOf = measureMemory(process.pid);
  expect(memoryOf(pid)).toBeGreaterThan(128);
  expect(memoryOf(pid)).toBeLessThan(128 + 200);
  expect(memoryOf(process.pid)).toBeGreaterThan(before + 64);
});

test("it is no less than the proportional set size that the kernel adds up, and not much more", async () => {
  const pid = await holdTwice(128);
  const rollup = readFileSync(`/proc/${String(pid)}/smaps_rollup`, "utf8");
  const kernels = Number(/^Pss:\s+(\d+)/mu.exec(rollup)?.[1]) / 1024;
  const lower = readFileSync(`/proc/${String(pid)}/task/${String(pid)}/children`, "utf8");
  const memoryOf = measureMemory(process.pid);
  const alone = memoryOf(pid) - memoryOf(Number(lower.trim()));
  expect(alone).toBeGreaterThan(0.95 * kernels);
  expect(alone).toBeLessThan(1.25 * kernels);
});

test("a process that is not there takes nothing", () => {
  expect(measureMemory(process.pid)(2 ** 22 + 1)).toBe(0);
  expect(measureMemory(2 ** 22 + 1)(2 ** 22 + 1)).toBe(0);
});
