import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";

import type { Problem } from "@atoll/core";

import type { Ledger } from "./ledger.ts";
import type { LedgerHolder } from "./ledger-store.ts";
import { openLedger } from "./open-ledger.ts";
import { doubtsOf, isAnswerLost, newRunId, waitingRecord, type RunRecord } from "./records.ts";

let folder: string;
let warnings: Problem[];
let ledger: Ledger;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "atoll-ledger-"));
  warnings = [];
  ledger = await openLedger(folder, { warn: (problem) => warnings.push(problem) });
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function run(id: string): RunRecord {
  const base = { version: 1, organization: "acme", command: "up", target: "sandbox" } as const;
  const who = { host: "h", pid: 1, user: "u", startedAt: "t", endedAt: null };
  return { ...base, ...who, id, stacks: ["network"] };
}

const holder = (pid: number): LedgerHolder => ({
  pid,
  host: hostname(),
  user: "me",
  command: "atoll up",
  run: "r",
  since: "2026-11-27T10:00:00Z",
});

describe("records", () => {
  test("come back as they were written, the newest run first", async () => {
    await ledger.begin(run("1"));
    await ledger.begin(run("2"));
    const record = { ...waitingRecord("1", "network"), status: "ok" as const, needs: { a: "b" } };
    await ledger.stack(record);
    await ledger.stack({ ...record, run: "2", status: "failed" });
    await ledger.end({ ...run("1"), endedAt: "then" });
    expect((await ledger.runs()).map(({ id, endedAt }) => [id, endedAt])).toEqual([
      ["2", null],
      ["1", "then"],
    ]);
    expect(await ledger.latest("network")).toMatchObject({ run: "2", status: "failed" });
    expect(await ledger.stacksOf("1")).toEqual([record]);
    expect((await ledger.latestOf(["network", "other"])).get("other")).toBeNull();
  });

  test("that are cut off are passed over with a warning that names the file", async () => {
    await ledger.stack(waitingRecord("1", "network"));
    const file = join(folder, "latest", "network.json");
    writeFileSync(file, readFileSync(file, "utf8").slice(0, 40));
    expect(await ledger.latest("network")).toBeNull();
    expect(warnings).toMatchObject([{ code: "LEDGER_RECORD_DAMAGED", path: file }]);
  });

  test.each(["null", "[]", '{"version":1}', '"text"', "{}"])(
    "of another shape: %s",
    async (text) => {
      await ledger.stack(waitingRecord("1", "network"));
      writeFileSync(join(folder, "latest", "network.json"), text);
      expect(await ledger.latest("network")).toBeNull();
      expect(warnings).toHaveLength(1);
    },
  );

  test("of a newer version stop it: what they say may not be overlooked", async () => {
    await ledger.stack(waitingRecord("1", "network"));
    writeFileSync(join(folder, "latest", "network.json"), '{"version":2}');
    await expect(ledger.latest("network")).rejects.toMatchObject({ code: "LEDGER_NEWER" });
  });

  test("leave nothing half written, and nothing else behind", async () => {
    const records = Array.from({ length: 50 }, (_, index) =>
      waitingRecord("1", `s${String(index)}`),
    );
    await Promise.all(records.map((record) => ledger.stack(record)));
    expect(readdirSync(join(folder, "latest")).filter((name) => !name.endsWith(".json"))).toEqual(
      [],
    );
    const written = await ledger.latestOf(records.map(({ stack }) => stack));
    expect([...written.values()]).toEqual(records);
  });

  test("of a name that is sorted by time", () => {
    const ids = [3, 1, 2].map((second) => newRunId(new Date(second * 1000), "abcdef"));
    expect([...ids].sort()).toEqual([ids[1], ids[2], ids[0]]);
  });
});

describe("an address", () => {
  test.each(["https://example.com/ledger", "s3://", "s3:///prefix"])(
    "%s is refused",
    async (at) => {
      await expect(openLedger(at)).rejects.toMatchObject({ code: "LEDGER_LOCATION" });
    },
  );
});

describe("the lock", () => {
  test("keeps a second run out and says who holds it, and is free again afterwards", async () => {
    const lock = await ledger.lock(holder(process.pid));
    const other = await openLedger(folder);
    await expect(other.lock(holder(process.pid))).rejects.toMatchObject({
      code: "RUN_IN_PROGRESS",
      message: expect.stringContaining(String(process.pid)) as string,
    });
    expect(await other.store.holder()).toMatchObject({ command: "atoll up" });
    expect(await other.store.breakLock()).toBe(false);
    await lock.release();
    expect(await other.store.holder()).toBeNull();
    await (await other.lock(holder(process.pid))).release();
  });

  test("is gone with a holder that was killed", async () => {
    const script = `
      const { DatabaseSync } = require("node:sqlite");
      const database = new DatabaseSync(process.argv[1]);
      database.exec("BEGIN EXCLUSIVE");
      console.log("held");
      setInterval(() => database, 1000);`;
    const child = spawn(process.execPath, ["-e", script, join(folder, "lock.db")], {
      stdio: ["ignore", "pipe", "ignore"],
    });
    await new Promise((resolve) => child.stdout.once("data", resolve));
    await expect(ledger.lock(holder(1))).rejects.toMatchObject({ code: "RUN_IN_PROGRESS" });
    const gone = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGKILL");
    await gone;
    await (await ledger.lock(holder(1))).release();
  });
});

describe("what a record leaves in doubt", () => {
  test("is what was begun and not answered, and what nobody looked for yet", () => {
    const operation = (
      urn: string,
      happened: string,
      state: "done" | "failed" | "lost" | "running",
    ) => ({
      urn,
      type: "t",
      predicted: null,
      happened,
      state,
    });
    const operations = [
      operation("a", "create", "lost"),
      operation("b", "create", "failed"),
      operation("c", "replace", "running"),
      operation("d", "update", "lost"),
      operation("e", "create", "done"),
      operation("f", "delete", "running"),
    ];
    const record = { ...waitingRecord("1", "network"), operations, uncertain: ["z", "a"] };
    expect(doubtsOf(record)).toEqual({ made: ["a", "c", "z"], changed: ["d", "f"] });
    expect(doubtsOf(null)).toEqual({ made: [], changed: [] });
  });

  test("is told by how the engine reports a provider that is gone", () => {
    expect(isAnswerLost("error reading from server: EOF")).toBe(true);
    expect(isAnswerLost("connection error: desc = transport: Error while dialing")).toBe(true);
    expect(isAnswerLost("VpcLimitExceeded: The maximum number of VPCs has been reached")).toBe(
      false,
    );
    expect(isAnswerLost("AccessDenied: not authorized to perform ec2:CreateVpc")).toBe(false);
  });
});
