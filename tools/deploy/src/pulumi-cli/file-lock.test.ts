import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { pathToFileURL } from "node:url";

import { withFileLock } from "./file-lock.ts";

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "atoll-lock-"));
  file = join(folder, "deep", "lock");
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** A process that holds the lock until it is killed. */
async function startHolder() {
  const module = pathToFileURL(join(import.meta.dirname, "file-lock.ts")).href;
  const program = `
    import { withFileLock } from ${JSON.stringify(module)};
    await withFileLock(${JSON.stringify(file)}, {}, async () => {
      process.stdout.write("held");
      await new Promise((resolve) => setTimeout(resolve, 60_000));
    });`;
  const child = spawn(process.execPath, ["--input-type=module", "--eval", program]);
  await new Promise((resolve) => child.stdout.once("data", resolve));
  return child;
}

test("only one holds it at a time, and all get their turn", async () => {
  let holders = 0;
  let most = 0;
  const turns = [1, 2, 3].map((turn) =>
    withFileLock(file, {}, async () => {
      holders += 1;
      most = Math.max(most, holders);
      await sleep(20);
      holders -= 1;
      return turn;
    }),
  );
  await expect(Promise.all(turns)).resolves.toEqual([1, 2, 3]);
  expect(most).toBe(1);
});

test("another process that holds it is waited for, and told of once; kill -9 gives it back", async () => {
  const child = await startHolder();
  let waits = 0;
  const onWait = () => {
    waits += 1;
    setTimeout(() => child.kill("SIGKILL"), 250);
  };
  await expect(withFileLock(file, { onWait }, () => "mine")).resolves.toBe("mine");
  expect(waits).toBe(1);
  expect(child.killed).toBe(true);
});

test("who waits can be stopped, and has nothing then", async () => {
  const controller = new AbortController();
  await withFileLock(file, {}, async () => {
    let ran = false;
    const waiting = withFileLock(file, { signal: controller.signal }, () => {
      ran = true;
    });
    controller.abort(new TypeError("enough"));
    await expect(waiting).rejects.toThrow("enough");
    expect(ran).toBe(false);
  });
  await expect(withFileLock(file, {}, () => 1)).resolves.toBe(1);
});

test("an action that fails gives it back", async () => {
  await expect(withFileLock(file, {}, () => Promise.reject(new TypeError("no")))).rejects.toThrow();
  await expect(withFileLock(file, {}, () => 1)).resolves.toBe(1);
});

test.each<[string, () => void]>([
  ["a folder stands there", () => mkdirSync(file, { recursive: true })],
  ["its folder is a file", () => writeFileSync(join(folder, "deep"), "")],
])("%s: that is said, and not waited for", async (_name, arrange) => {
  arrange();
  await expect(withFileLock(file, {}, () => 1)).rejects.toMatchObject({
    code: "LOCK_FILE_UNUSABLE",
    message: expect.stringContaining(file),
  });
});
