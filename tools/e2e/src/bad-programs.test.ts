import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";

import { defectsOf } from "./kills/defects.ts";
import { untilQuiet } from "./kills/processes.ts";
import { DeployedOrganization } from "./testing/deployed-organization.ts";

/* Programs that exit, reject, block, wait for ever and leak: what they do is their own accounts' problem alone. */

jest.setTimeout(240_000);

const KINDS = ["good", "exits", "rejects", "blocks", "waits", "leaks"];

interface Outcome {
  readonly status: string;
  readonly problems: readonly string[];
}

let organization: DeployedOrganization;
let outcomes: Readonly<Record<string, Outcome>>;

beforeAll(async () => {
  const source = join(import.meta.dirname, "../fixtures/bad-programs");
  organization = new DeployedOrganization(source, ["organization.ts", "management", ...KINDS]);
  const file = join(organization.folder, "organization.ts");
  const runner = join(import.meta.dirname, "testing/up-with-limits.ts");
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ["--disable-warning=ExperimentalWarning", runner, file],
    { env: { ...process.env, ATOLL_ORGANIZATION: file } },
  );
  outcomes = JSON.parse(stdout) as Readonly<Record<string, Outcome>>;
  await untilQuiet(file, 30_000);
});
afterAll(() => {
  organization.remove();
});

test("the other accounts are brought up all the same", () => {
  expect(outcomes).toMatchObject({
    management: { status: "ok", problems: [] },
    good: { status: "ok", problems: [] },
  });
});

test.each([
  ["exits", /^PROGRAM_/u],
  ["rejects", /nobody awaits this/u],
  ["blocks", /^PROGRAM_HOST_ENDED: .*kept its process busy for 6 s/u],
  ["waits", /^PROGRAM_STALLED: .*has done nothing for 6 s/u],
  ["leaks", /^PROGRAM_HOST_ENDED: .*took more than 200 MiB/u],
])(
  "a program that %s fails its own account, for the right reason, and the ledger says so",
  (stack, why) => {
    const outcome = outcomes[stack];
    expect(outcome?.status).toBe("failed");
    expect(outcome?.problems.join("\n")).toMatch(why);
    const record = JSON.parse(
      readFileSync(join(organization.local, "ledger/latest", `${stack}.json`), "utf8"),
    ) as { readonly status: string; readonly reason: string };
    expect(record.status).toBe("failed");
    expect(record.reason).toMatch(why);
  },
);

test("nothing is lost with them", () => {
  expect(defectsOf(organization)).toEqual({ lost: [], doubled: [], missing: [], unfinished: [] });
});
