import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { runForeground } from "./processes.mjs";

const here = { cwd: process.cwd(), env: process.env };

/** False for a zombie too: it has ended, and only its parent has not asked how. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  const stat = `/proc/${pid}/stat`;
  return !existsSync(stat) || !readFileSync(stat, "utf8").includes(") Z ");
}

test.each([0, 1, 7])("the exit code %i is passed on", async (code) => {
  const run = runForeground(process.execPath, ["-e", `process.exit(${code})`], here);
  await expect(run).resolves.toEqual({ code, interrupted: false });
});

test("a child that a signal ended counts as interrupted, with the shell's code", async () => {
  const run = runForeground(process.execPath, ["-e", "process.kill(process.pid, 'SIGKILL')"], here);
  await expect(run).resolves.toEqual({ code: 137, interrupted: true });
});

test("a command that does not exist is an error", async () => {
  await expect(runForeground("/nowhere/at/all", [], here)).rejects.toMatchObject({
    code: "ENOENT",
  });
});

test("after a signal nothing is left behind, not even what does not listen", async () => {
  const script = join(import.meta.dirname, "../fixtures/stubborn-parent.mjs");
  const parent = spawn(process.execPath, [script], { stdio: ["ignore", "pipe", "inherit"] });
  const [line] = (await once(parent.stdout, "data")) as [Buffer];
  const pids = line.toString().trim().split(" ").map(Number);
  expect(pids.map(isAlive)).toEqual([true, true]);

  parent.kill("SIGTERM");
  const [code] = (await once(parent, "exit")) as [number];

  expect(code).toBe(143);
  await sleep(100);
  expect(pids.map(isAlive)).toEqual([false, false]);
}, 20_000);
