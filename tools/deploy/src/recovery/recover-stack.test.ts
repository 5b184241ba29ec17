import { waitingRecord, type StackRecord } from "../ledger/records.ts";
import { readState } from "../state/read-state.ts";

import { recoverStack } from "./recover-stack.ts";
import { readStackLocks } from "./stack-lock.ts";
import type { TinyFault } from "./testing/tiny-provider.ts";
import type { TinyProgram } from "./testing/tiny-up.ts";
import { faultMet, makeTinyWorld, tinyUrn, type TinyWorld } from "./testing/tiny-world.ts";

jest.setTimeout(120_000);

let world: TinyWorld;
beforeEach(async () => {
  world = await makeTinyWorld();
});
afterEach(() => {
  world.remove();
});

const OLD: TinyProgram = { base: { place: "x" }, top: { after: "base" } };

/** What the ledger says after a run that was killed, or one whose provider was. */
function recordOf(fault: TinyFault): StackRecord {
  const record = { ...waitingRecord("run", "shop"), status: "running" as const };
  if (fault.kill !== "provider") return record;
  const operation = { type: "tiny:index:Thing", predicted: null, happened: fault.call };
  const operations = [{ ...operation, urn: tinyUrn(fault.name), state: "lost" as const }];
  return { ...record, status: "failed", operations };
}

async function recover(things: TinyProgram, latest: StackRecord | null) {
  const { access, lookup } = world;
  const declared = world.declared(things);
  return recoverStack(access, { declared, latest, lookup, redact: (text) => text });
}

const MOVED: TinyProgram = { ...OLD, base: { place: "y" } };
const MOVED_FIRST: TinyProgram = { ...OLD, base: { place: "x", placeFirst: "k" } };
const WITHOUT_TOP: TinyProgram = { base: { place: "x" } };

/** What exists when all is well. */
function expected(things: TinyProgram): readonly string[] {
  return Object.entries(things)
    .map(([name, { after: _after, ...inputs }]) => {
      const values = Object.entries(inputs).map(([key, value]) => `${key}=${value}`);
      return `${name} ${values.join(" ")}`;
    })
    .sort();
}

describe("nothing is lost and nothing is made twice, whoever is killed", () => {
  const fault = (kill: TinyFault["kill"], call: TinyFault["call"], name: string): TinyFault => ({
    kill,
    call,
    name,
    moment: "after",
  });
  test.each<[string, TinyProgram, TinyProgram | null, TinyFault]>([
    ["pulumi, creating", OLD, null, fault("pulumi", "create", "top")],
    ["pulumi, about to create", OLD, null, { ...fault("both", "create", "top"), moment: "before" }],
    ["the provider, creating", OLD, null, fault("provider", "create", "top")],
    ["both, creating a replacement", MOVED, OLD, fault("both", "create", "base")],
    ["the provider, creating a replacement", MOVED, OLD, fault("provider", "create", "base")],
    ["pulumi, creating what it has deleted", MOVED_FIRST, OLD, fault("pulumi", "create", "base")],
    ["pulumi, deleting", WITHOUT_TOP, OLD, fault("pulumi", "delete", "top")],
  ])("%s", async (_name, wanted, before, asked) => {
    if (before !== null) expect(await world.up(before)).toBe(0);
    world.fault(asked);
    expect(await world.up(wanted)).not.toBe(0);
    expect(faultMet(world)).toBe(true);

    const { ended } = await recover(wanted, recordOf(asked));

    // Pulumi's provider outlives it.
    if (asked.kill === "pulumi") expect(ended.length).toBeGreaterThan(0);
    expect(readStackLocks(world.access)).toEqual([]);
    const state = await readState(world.access);
    expect(state?.deployment.pending_operations ?? []).toEqual([]);
    expect(await world.up(wanted)).toBe(0);
    expect(world.resources()).toEqual(expected(wanted));
  });
});

test("a recovery that was killed before it read what it imported is finished by the next", async () => {
  world.fault({ call: "create", name: "base", moment: "after", kill: "both" });
  expect(await world.up(OLD)).not.toBe(0);
  const record = recordOf({ call: "create", name: "base", moment: "after", kill: "both" });
  world.fault({ call: "read", name: "base", moment: "before", kill: "both" });
  await expect(recover(OLD, record)).rejects.toMatchObject({ code: "RECOVERY_REFRESH_FAILED" });
  expect(faultMet(world)).toBe(true);

  expect(await recover(OLD, record)).toMatchObject({ refreshed: [tinyUrn("base")] });

  const state = await readState(world.access);
  const base = state?.deployment.resources?.find(({ urn }) => urn === tinyUrn("base"));
  expect(base?.outputs).toMatchObject({ place: "x" });
  expect(base?.initErrors ?? []).toEqual([]);
  expect(await world.up(OLD)).toBe(0);
  expect(world.resources()).toEqual(expected(OLD));
});

test("a stack whose last run ended well is not touched", async () => {
  expect(await world.up(WITHOUT_TOP)).toBe(0);
  const before = await readState(world.access);
  const record = { ...waitingRecord("run", "shop"), status: "ok" as const };
  expect(await recover(OLD, record)).toEqual({
    unlocked: [],
    ended: [],
    decisions: [],
    refreshed: [],
  });
  expect(await readState(world.access)).toEqual(before);
});
