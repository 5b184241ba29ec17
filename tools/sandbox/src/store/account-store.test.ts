import { spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { loadModel, type CloudResource } from "@atoll/aws-model";

import { makeTestSandbox, type TestSandbox } from "../testing/test-sandbox.ts";
import type { AccountStore } from "./account-store.ts";
import { openStore } from "./open-store.ts";

const NETWORK = "333333333333";

function resource(id: string, changes: Partial<CloudResource> = {}): CloudResource {
  return {
    type: "aws:ec2/vpc:Vpc",
    id,
    accountId: NETWORK,
    region: "eu-west-1",
    inputs: { cidrBlock: "10.0.0.0/16" },
    outputs: { cidrBlock: "10.0.0.0/16", tags: { z: "1", a: "2" } },
    origin: "created",
    ...changes,
  };
}

const put = (...resources: CloudResource[]) => ({
  result: null,
  change: { put: resources, remove: [] },
});
const codeOf = (action: () => unknown): unknown => {
  try {
    action();
    return "no error";
  } catch (error) {
    return (error as { code?: unknown }).code;
  }
};

describe("AccountStore", () => {
  let sandbox: TestSandbox;
  let store: AccountStore;
  const open = () => openStore(sandbox.folder, loadModel());
  const file = () => store.fileOf(NETWORK);
  beforeEach(() => {
    sandbox = makeTestSandbox();
    store = open();
  });
  afterEach(() => {
    sandbox.remove();
  });

  it("hands what one process wrote to another, in the order in which it was made", () => {
    const other = open();
    other.read(NETWORK);
    store.change(NETWORK, () => put(resource("vpc-2"), resource("vpc-1")));
    expect(
      other
        .read(NETWORK)
        .list("aws:ec2/vpc:Vpc")
        .map(({ id }) => id),
    ).toEqual(["vpc-2", "vpc-1"]);
  });

  it("writes the same text for the same content, whatever the order of keys", () => {
    store.change(NETWORK, () => put(resource("vpc-1")));
    const first = readFileSync(file(), "utf8");
    const { outputs } = resource("vpc-1");
    const reversed = Object.fromEntries(Object.entries(outputs).reverse());
    store.change(NETWORK, () => put(resource("vpc-1", { outputs: reversed })));
    expect(readFileSync(file(), "utf8")).toBe(first);
    expect(open().read(NETWORK).find("aws:ec2/vpc:Vpc", "vpc-1")?.outputs).toEqual(outputs);
  });

  it("tells two regions' resources of the same id apart", () => {
    store.change(NETWORK, () =>
      put(resource("default"), resource("default", { region: "eu-central-1" })),
    );
    store.change(NETWORK, () => ({
      result: null,
      change: { put: [], remove: [resource("default", { region: "eu-central-1" })] },
    }));
    const left = open().read(NETWORK).list("aws:ec2/vpc:Vpc");
    expect(left.map(({ region }) => region)).toEqual(["eu-west-1"]);
  });

  it("changes two accounts at once, each under its own lock", () => {
    store.change(NETWORK, () =>
      put(resource("vpc-1"), resource("vpc-2", { accountId: "111111111111" })),
    );
    expect(open().read("111111111111").find("aws:ec2/vpc:Vpc", "vpc-2")).toBeDefined();
    expect(open().read(NETWORK).find("aws:ec2/vpc:Vpc", "vpc-2")).toBeUndefined();
  });

  it("loses no change of processes that write at the same time", async () => {
    const script = join(import.meta.dirname, "..", "testing", "write-vpcs.ts");
    const writers = ["a", "b"].map(
      (name) =>
        new Promise<number | null>((resolve) => {
          spawn(
            process.execPath,
            ["--disable-warning=ExperimentalWarning", script, sandbox.folder, NETWORK, name, "25"],
            {
              stdio: "inherit",
            },
          ).once("exit", resolve);
        }),
    );
    expect(await Promise.all(writers)).toEqual([0, 0]);
    const ids = open()
      .read(NETWORK)
      .list("aws:ec2/vpc:Vpc")
      .map(({ id }) => id);
    expect(new Set(ids).size).toBe(50);
    expect(open().read(NETWORK).creations).toBe(50);
  }, 30_000);

  it.each([
    ["cut in half", (text: string) => text.slice(0, text.length / 2), "SANDBOX_FILE_DAMAGED"],
    ["emptied", () => "", "SANDBOX_FILE_DAMAGED"],
    ["without its resources", () => '{"version":1}', "SANDBOX_FILE_DAMAGED"],
    [
      "of a newer version",
      (text: string) => text.replace('"version": 1', '"version": 2'),
      "SANDBOX_FILE_VERSION",
    ],
    [
      "of another organization",
      (text: string) => text.replace('"acme"', '"other"'),
      "SANDBOX_FILE_FOREIGN",
    ],
    [
      "of another account",
      (text: string) => text.replace(`"${NETWORK}"`, '"111111111111"'),
      "SANDBOX_FILE_FOREIGN",
    ],
  ] as const)("refuses a file %s, and leaves it as it is", (_, damage, code) => {
    const damaged = damage(readFileSync(file(), "utf8"));
    writeFileSync(file(), damaged);
    expect(codeOf(() => open().read(NETWORK))).toBe(code);
    expect(codeOf(() => open().change(NETWORK, () => put(resource("vpc-1"))))).toBe(code);
    expect(readFileSync(file(), "utf8")).toBe(damaged);
  });

  it("says where a file is cut off and how to go on, and repeats nothing of it", () => {
    const text = readFileSync(file(), "utf8").slice(0, 700);
    writeFileSync(file(), text);
    const lines = text.split("\n");
    const where = `line ${String(lines.length)}, column ${String((lines.at(-1)?.length ?? 0) + 1)}`;
    expect(() => open().read(NETWORK)).toThrow(where);
    expect(() => open().read(NETWORK)).toThrow(`atoll sandbox reset ${NETWORK}`);
    open().reset(NETWORK);
    expect(open().read(NETWORK).all().length).toBeGreaterThan(0);
  });

  it("leaves the old file and no other when the disk is full", () => {
    const before = readFileSync(file(), "utf8");
    // Whatever is written to that device finds no room.
    symlinkSync("/dev/full", `${file()}.${String(process.pid)}.tmp`);
    expect(codeOf(() => store.change(NETWORK, () => put(resource("vpc-1"))))).toBe(
      "SANDBOX_NOT_WRITTEN",
    );
    expect(readFileSync(file(), "utf8")).toBe(before);
    expect(
      readdirSync(join(sandbox.folder, "accounts")).filter((name) => name.endsWith(".tmp")),
    ).toEqual([]);
    expect(store.read(NETWORK).find("aws:ec2/vpc:Vpc", "vpc-1")).toBeUndefined();
  });

  it("changes nothing when the decision throws, and lets go of the lock", () => {
    expect(
      codeOf(() =>
        store.change(NETWORK, () => {
          throw Object.assign(new Error("no"), { code: "NO" });
        }),
      ),
    ).toBe("NO");
    store.change(NETWORK, () => put(resource("vpc-1")));
    expect(existsSync(file())).toBe(true);
  });

  it("knows no account that the organization lacks", () => {
    expect(codeOf(() => store.read("999999999999"))).toBe("SANDBOX_ACCOUNT_UNKNOWN");
  });
});
