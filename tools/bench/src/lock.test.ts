import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { isStale, withLock } from "./lock.ts";

const folder = mkdtempSync(join(tmpdir(), "atoll-bench-lock-"));
const file = join(folder, "lock");
const endedPid = () => String(spawnSync("true").pid);

afterEach(() => {
  rmSync(file, { force: true });
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe("withLock", () => {
  it("holds the file while the action runs, and lets go", async () => {
    let held = false;
    await withLock(
      file,
      () => undefined,
      () => {
        held = existsSync(file);
      },
    );
    expect([held, existsSync(file)]).toEqual([true, false]);
  });

  it("takes over from a process that was killed", async () => {
    writeFileSync(file, endedPid());
    let ran = false;
    await withLock(
      file,
      () => undefined,
      () => {
        ran = true;
      },
    );
    expect(ran).toBe(true);
  });

  it("waits for a process that runs, and says so once", async () => {
    writeFileSync(file, String(process.pid));
    const said: string[] = [];
    const done = withLock(
      file,
      (line) => said.push(line),
      () => undefined,
    );
    setTimeout(() => {
      rmSync(file, { force: true });
    }, 700);
    await done;
    expect(said).toHaveLength(1);
  });

  it("lets go when the action fails", async () => {
    const failing = withLock(
      file,
      () => undefined,
      () => {
        throw new RangeError("no");
      },
    );
    await expect(failing).rejects.toThrow("no");
    expect(existsSync(file)).toBe(false);
  });
});

describe("isStale", () => {
  it("does not mistake a lock that is being written, or has just gone, for a stale one", () => {
    writeFileSync(file, "");
    expect(isStale(file)).toBe(false);
    rmSync(file);
    expect(isStale(file)).toBe(false);
  });
});
