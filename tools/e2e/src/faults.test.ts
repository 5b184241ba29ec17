import { defectsOf } from "./kills/defects.ts";
import type { DeployedOrganization } from "./testing/deployed-organization.ts";
import { setFaults } from "./testing/faults.ts";
import { changes, statuses, well, type Report } from "./testing/report.ts";
import { logsOf, setShape, twoAccounts } from "./testing/two-accounts.ts";

/* What goes wrong with AWS itself. The tests share one organization: each goes on where the one before it ended. */

jest.setTimeout(300_000);

let organization: DeployedOrganization;

beforeAll(async () => {
  organization = twoAccounts();
  well(await up());
});
afterAll(() => {
  organization.remove();
});
afterEach(() => {
  setFaults(organization, null);
});

const up = (...words: readonly string[]) =>
  organization.json<Report>("up", "--sandbox", "--yes", ...words);

const WHOLE = { lost: [], doubled: [], missing: [], unfinished: [] };

function count(text: string, word: RegExp): number {
  return [...text.matchAll(word)].length;
}

function outcome(report: Report, stack: string) {
  const found = report.stacks.find((each) => each.stack === stack);
  if (found === undefined) throw new TypeError(`${stack} is not in the report`);
  return found;
}

test.each([1, 10])("with %d % of the calls throttled everything ends well", async (percent) => {
  const throttled = () => count(logsOf(organization), /Throttl|RequestLimitExceeded/gu);
  const before = throttled();
  // One in ten calls is bound to be met sooner or later; one in a hundred may not.
  const most = percent >= 10 ? 8 : 1;
  for (let change = 0; change < most && throttled() === before; change += 1) {
    const shape = change % 2 === 0 ? 3 : 0;
    setFaults(organization, { seed: change, throttling: { rate: percent / 100 } });
    setShape(organization, shape);
    well(await up());
    expect(defectsOf(organization)).toEqual(WHOLE);
  }
  if (percent >= 10) expect(throttled()).toBeGreaterThan(before);
  setFaults(organization, null);
  expect(changes(well(await up("--all")))).toEqual({});
});

test("what AWS does not find right after it was made is found a little later", async () => {
  setFaults(organization, { eventualConsistency: { lookups: 2, retries: 5 } });
  setShape(organization, 3);
  well(await up());
  expect(defectsOf(organization)).toEqual(WHOLE);
});

test("a region that does not answer fails its stacks with AWS's own word, and the next run heals them", async () => {
  setFaults(organization, { unavailableRegions: ["eu-west-1"] });
  setShape(organization, 0);
  const report = await up();
  const { status, problems } = outcome(report, "app");
  expect(status).toBe("failed");
  expect(problems.length).toBeGreaterThan(0);
  for (const { code, message } of problems) {
    expect(code).toBe("AWS_REFUSED");
    expect(message).toMatch(/ServiceUnavailable: The service is unavailable in eu-west-1/u);
  }
  setFaults(organization, null);
  expect(statuses(well(await up("--resume")))).toEqual({ management: "unchanged", app: "ok" });
  expect(defectsOf(organization)).toEqual(WHOLE);
});

test("any other failure is told once, is not tried again, and leaves nothing behind", async () => {
  const before = count(logsOf(organization), /Updating \(app\)/gu);
  setFaults(organization, { failures: [{ call: 3, calls: ["create"], stacks: ["app"] }] });
  setShape(organization, 3);
  const { status, problems } = outcome(await up(), "app");
  expect(status).toBe("failed");
  expect(problems).toHaveLength(1);
  expect(problems[0]?.message).toMatch(/api error InternalError: An internal error occurred/u);
  expect(count(logsOf(organization), /Updating \(app\)/gu)).toBe(before + 1);
  // The third creation has failed; the next one would be the fourth.
  expect(statuses(well(await up("--resume")))).toEqual({ management: "unchanged", app: "ok" });
  expect(defectsOf(organization)).toEqual(WHOLE);
});

test("a stack whose need has failed is not started, and is when that is well again", async () => {
  setFaults(organization, { failures: [{ call: 1, calls: ["update"], stacks: ["management"] }] });
  organization.edit("management/index.ts", (text) =>
    text.replace("retentionInDays: 30", "retentionInDays: 60"),
  );
  setShape(organization, 0);
  const report = await up();
  expect(statuses(report)).toEqual({ management: "failed", app: "blocked" });
  expect(outcome(report, "app").blockedBy).toEqual(["management"]);
  expect(statuses(well(await up("--resume")))).toEqual({ management: "ok", app: "ok" });
  expect(changes(well(await up("--all")))).toEqual({});
});
