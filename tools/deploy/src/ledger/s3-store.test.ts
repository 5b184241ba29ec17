import { spawnSync } from "node:child_process";
import { hostname } from "node:os";

import type { LedgerHolder } from "./ledger-store.ts";
import { Ledger } from "./ledger.ts";
import { waitingRecord } from "./records.ts";
import { S3Store, type S3Sender } from "./s3-store.ts";

/** A bucket in memory that keeps S3's conditions: `IfNoneMatch: "*"` and `IfMatch`. */
class Bucket {
  readonly objects = new Map<string, { text: string; etag: string }>();
  failure: Error | undefined;
  #etag = 0;

  readonly send = ((command: { constructor: { name: string }; input: Record<string, string> }) => {
    if (this.failure !== undefined) return Promise.reject(this.failure);
    const {
      Key = "",
      Prefix = "",
      Body = "",
      IfNoneMatch,
      IfMatch,
      ContinuationToken,
    } = command.input;
    const found = this.objects.get(Key);
    switch (command.constructor.name) {
      case "PutObjectCommand":
        if ((IfNoneMatch === "*" && found) || (IfMatch !== undefined && found?.etag !== IfMatch)) {
          return Promise.reject(
            Object.assign(new Error("PreconditionFailed"), { $metadata: { httpStatusCode: 412 } }),
          );
        }
        this.#etag += 1;
        this.objects.set(Key, { text: Body, etag: String(this.#etag) });
        return Promise.resolve({});
      case "GetObjectCommand":
        if (found === undefined)
          return Promise.reject(Object.assign(new Error("no"), { name: "NoSuchKey" }));
        return Promise.resolve({
          ETag: found.etag,
          Body: { transformToString: () => Promise.resolve(found.text) },
        });
      case "DeleteObjectCommand":
        this.objects.delete(Key);
        return Promise.resolve({});
      default: {
        const keys = [...this.objects.keys()].filter((key) => key.startsWith(Prefix)).sort();
        const start = Number(ContinuationToken ?? 0);
        const next = start + 2 < keys.length ? { NextContinuationToken: String(start + 2) } : {};
        return Promise.resolve({
          Contents: keys.slice(start, start + 2).map((key) => ({ Key: key })),
          ...next,
        });
      }
    }
  }) as unknown as S3Sender["send"];
}

let bucket: Bucket;
let store: S3Store;
beforeEach(() => {
  bucket = new Bucket();
  store = new S3Store({ bucket: "b", prefix: "ledgers/acme" }, bucket);
});

function holder(run: string, pid = process.pid, host = hostname()): LedgerHolder {
  return { run, pid, host, user: "me", command: "atoll up", since: "2026-11-27T10:00:00Z" };
}

test("records come back, under the prefix, through as many pages as there are", async () => {
  const ledger = new Ledger(store, () => undefined);
  for (const stack of ["a", "b", "c"]) await ledger.stack(waitingRecord("run", stack));
  expect(bucket.objects.has("ledgers/acme/latest/a.json")).toBe(true);
  expect((await ledger.stacksOf("run")).map(({ stack }) => stack)).toEqual(["a", "b", "c"]);
  expect(await ledger.latest("nothing")).toBeNull();
});

test("of two runs at once one gets the lock", async () => {
  const tries = await Promise.allSettled([store.lock(holder("1")), store.lock(holder("2"))]);
  expect(tries.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  const [refused] = tries.filter((each) => each.status === "rejected");
  expect(refused?.reason).toMatchObject({ code: "RUN_IN_PROGRESS" });
});

test("a holder on another machine keeps it until somebody takes it away", async () => {
  await store.lock(holder("1", 1, "elsewhere"));
  await expect(store.lock(holder("2"))).rejects.toMatchObject({
    code: "RUN_IN_PROGRESS",
    message: expect.stringContaining("atoll unlock --ledger") as string,
  });
  expect(await store.holder()).toMatchObject({ run: "1", host: "elsewhere" });
  expect(await store.breakLock()).toBe(true);
  await (await store.lock(holder("2"))).release();
  expect(await store.holder()).toBeNull();
});

test("a holder of this machine that is gone is followed by one of those that want it", async () => {
  const { pid } = spawnSync(process.execPath, ["-e", ""]);
  await store.lock(holder("1", pid));
  const tries = await Promise.allSettled([store.lock(holder("2")), store.lock(holder("3"))]);
  expect(tries.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
});

test("whoever lost the lock does not take it from the next", async () => {
  const lost = await store.lock(holder("1"));
  await store.breakLock();
  await store.lock(holder("2"));
  await lost.release();
  expect(await store.holder()).toMatchObject({ run: "2" });
});

test("a lock whose text is damaged is held by someone", async () => {
  await store.write("lock.json", "{");
  await expect(store.lock(holder("1"))).rejects.toMatchObject({ code: "RUN_IN_PROGRESS" });
  expect(await store.holder()).not.toBeNull();
});

test("a bucket that cannot be reached is an error of its own, not a free lock", async () => {
  bucket.failure = new Error("AccessDenied");
  for (const attempt of [
    store.lock(holder("1")),
    store.read("x"),
    store.list("runs/"),
    store.write("x", ""),
  ]) {
    await expect(attempt).rejects.toMatchObject({ code: "LEDGER_UNREACHABLE" });
  }
});
