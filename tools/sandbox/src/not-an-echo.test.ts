import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

import { typesInUse } from "@atoll/aws-model";

import { connect } from "./testing/connect.ts";
import { echoHandlers } from "./testing/echo-handlers.ts";
import { ProtocolClient } from "./testing/protocol-client.ts";
import { ACCOUNT_ROWS } from "./testing/rows/account-rows.ts";
import { NETWORK_ROWS } from "./testing/rows/network-rows.ts";
import { ORGANIZATION_ROWS } from "./testing/rows/organization-rows.ts";
import { STORAGE_ROWS } from "./testing/rows/storage-rows.ts";
import type { TypeRow } from "./testing/rows/row.ts";
import { makeTestSandbox, type TestSandbox } from "./testing/test-sandbox.ts";
import { isNone, verifyRow } from "./testing/verify-row.ts";

const ROWS = [...NETWORK_ROWS, ...ACCOUNT_ROWS, ...STORAGE_ROWS, ...ORGANIZATION_ROWS];
const WORKSPACE = resolve(import.meta.dirname, "../../..");

/** Every type that the sources of the packages and stacks create. */
function createdTypes(): readonly string[] {
  const found = new Set<string>();
  for (const folder of ["packages", "stacks"]) {
    const files = readdirSync(join(WORKSPACE, folder), { recursive: true, encoding: "utf8" });
    for (const file of files) {
      const isSource = file.endsWith(".ts") && !/node_modules|fixtures|\.test\.ts$/u.test(file);
      if (!isSource) continue;
      const text = readFileSync(join(WORKSPACE, folder, file), "utf8");
      for (const [, module = "", kind = ""] of text.matchAll(/new aws\.(\w+)\.(\w+)\(/gu)) {
        found.add(typeOf(module, kind));
      }
    }
  }
  return [...found].sort();
}

function typeOf(module: string, kind: string): string {
  const pattern = new RegExp(`^aws:${module}/\\w+:${kind}$`, "u");
  return typesInUse().find((type) => pattern.test(type)) ?? `aws.${module}.${kind} is not in use`;
}

describe("the sandbox is not an echo", () => {
  let sandbox: TestSandbox;
  beforeEach(() => {
    sandbox = makeTestSandbox();
  });
  afterEach(() => {
    sandbox.remove();
  });

  it("has a row for every type that the packages create", () => {
    expect(ROWS.map(({ type }) => type).sort()).toEqual(createdTypes());
  });

  it.each(ROWS.map((row) => [row.type, row] as const))(
    "answers for %s as AWS does",
    async (_, row) => {
      expect(await verifyRow(row, await connect(sandbox.folder, row.account))).toEqual([]);
    },
  );

  it.each(ROWS.map((row) => [row.type, row] as const))("tells an echo of %s", async (_, row) => {
    const misses = await verifyRow(
      row,
      new ProtocolClient(echoHandlers(), row.account ?? "network"),
    );
    const told = new Set(misses.map((miss) => miss.slice(0, miss.indexOf(":"))));
    const aspects = (["adds", "computed", "replaces", "refuses"] as const).filter(
      (aspect) => !isNone(row[aspect]),
    );
    expect([...told].sort()).toEqual(expect.arrayContaining([...aspects].sort()));
    expect(aspects.length).toBeGreaterThan(1);
  });
});

/** A row says at least one thing that an echo cannot, in each of what it leaves out with a reason. */
test.each(ROWS)("$type says why where it has none", (row: TypeRow) => {
  for (const aspect of [row.adds, row.computed, row.replaces, row.keeps, row.refuses]) {
    if (isNone(aspect)) expect(aspect.none).toMatch(/\(.+\)\.?$/u);
  }
});
