import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { Cleanup } from "./cleanup.ts";
import { withFileLock } from "./file-lock.ts";

let folder: string;
let file: string;
const cleanup = new Cleanup();

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "atoll-lock-"));
  file = join(folder, "deep", "lock");
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

test("only one holds it at a time, and all get their turn", async () => {
  let holders = 0;
  let most = 0;
  const turns = [1, 2, 3].map((turn) =>
    withFileLock(
      file,
      async () => {
        holders += 1;
        most = Math.max(most, holders);
        await sleep(20);
        holders -= 1;
        return turn;
      },
      { cleanup },
    ),
  );
  await expect(Promise.all(turns)).resolves.toEqual([1, 2, 3]);
  expect(most).toBe(1);
  expect(existsSync(file)).toBe(false);
});

test("an action that fails gives it back", async () => {
  const failing = withFileLock(file, () => Promise.reject(new Error("no")), { cleanup });
  await expect(failing).rejects.toThrow("no");
  expect(existsSync(file)).toBe(false);
});

test("a holder that is gone is reported at once, with the file to remove", async () => {
  await withFileLock(file, () => undefined, { cleanup });
  writeFileSync(file, "999999999");
  const started = performance.now();
  await expect(withFileLock(file, () => undefined, { cleanup })).rejects.toMatchObject({
    code: "LOCK_HELD",
    message: expect.stringContaining(file) as string,
  });
  expect(performance.now() - started).toBeLessThan(5_000);
});

test("a holder that keeps it is not waited for without end", async () => {
  await withFileLock(
    file,
    async () => {
      const second = withFileLock(file, () => undefined, { cleanup, waitMilliseconds: 10 });
      await expect(second).rejects.toMatchObject({ code: "LOCK_HELD" });
    },
    { cleanup },
  );
});
