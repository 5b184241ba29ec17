import fc from "fast-check";

import { decideStack, planRun, type CurrentStack } from "./plan-run.ts";
import { waitingRecord, type RecordStatus, type RunRecord, type StackRecord } from "./records.ts";

const RUN: RunRecord = {
  version: 1,
  id: "run-2",
  organization: "acme",
  command: "up",
  target: "sandbox",
  startedAt: "",
  endedAt: null,
  host: "",
  pid: 1,
  user: "",
  stacks: ["a", "b", "c", "d"],
};

function record(stack: string, status: RecordStatus, more: Partial<StackRecord> = {}): StackRecord {
  const known = { inputHash: "input", stateAfter: "state", needs: {} };
  return { ...waitingRecord("run-2", stack), status, ...known, ...more };
}

const CURRENT: CurrentStack = { inputHash: "input", stateVersion: "state", needs: {} };

describe("a stack", () => {
  test("that was never run is run", () => {
    expect(decideStack(null, CURRENT).action).toBe("run");
  });

  test("of which nothing changed is left alone, unless it is forced", () => {
    expect(decideStack(record("a", "ok"), CURRENT).action).toBe("unchanged");
    expect(decideStack(record("a", "ok"), CURRENT, { force: true }).action).toBe("run");
  });

  test.each(["waiting", "running", "failed", "blocked", "cancelled"] as const)(
    "that ended as %s is run, although nothing changed",
    (status) => {
      expect(decideStack(record("a", status), CURRENT).action).toBe("run");
    },
  );

  test("whose state someone else changed is stale", () => {
    const current = { ...CURRENT, stateVersion: "other" };
    expect(decideStack(record("a", "ok"), current).action).toBe("stale");
    const unread = record("a", "ok", { stateAfter: null });
    expect(decideStack(unread, { ...CURRENT, stateVersion: null }).action).toBe("stale");
  });

  test("with other inputs is run, also when neither is known", () => {
    expect(decideStack(record("a", "ok"), { ...CURRENT, inputHash: "other" }).action).toBe("run");
    const unknown = record("a", "ok", { inputHash: null });
    expect(decideStack(unknown, { ...CURRENT, inputHash: null }).action).toBe("run");
  });

  test("is run when outputs of a need changed, came, or went, and says which", () => {
    const latest = record("a", "ok", { needs: { network: "old" } });
    for (const needs of [
      { network: "new" },
      { network: null },
      {},
      { network: "old", more: "x" },
    ]) {
      const decision = decideStack(latest, { ...CURRENT, needs });
      expect(decision.action).toBe("run");
      expect(decision.reason).toMatch(/network|more/u);
    }
    expect(decideStack(latest, { ...CURRENT, needs: { network: "old" } }).action).toBe("unchanged");
  });
});

describe("resuming", () => {
  const plan = (records: readonly StackRecord[], current: Readonly<Record<string, CurrentStack>>) =>
    planRun({
      stacks: ["a", "b", "c", "d"],
      latest: new Map(records.map((each) => [each.stack, each])),
      current: new Map(Object.entries(current)),
      resume: true,
      lastRun: RUN,
    }).map(({ stack, action }) => `${stack} ${action}`);

  test("leaves what ended well, and says so when its inputs changed since", () => {
    const records = ["a", "b", "c", "d"].map((stack) => record(stack, "ok"));
    const changed = { ...CURRENT, inputHash: "other" };
    expect(plan(records, { a: changed, b: CURRENT, c: changed, d: CURRENT })).toEqual([
      "a unchanged",
      "b unchanged",
      "c unchanged",
      "d unchanged",
    ]);
  });

  test("runs what had no turn: its newest record is of an older run", () => {
    const older = record("b", "ok", { run: "run-1" });
    const changed = { ...CURRENT, inputHash: "other" };
    const records = [record("a", "ok"), older, record("c", "failed"), record("d", "ok")];
    const stale = { ...CURRENT, stateVersion: "other" };
    expect(plan(records, { a: changed, b: changed, c: CURRENT, d: stale })).toEqual([
      "a unchanged",
      "b run",
      "c run",
      "d stale",
    ]);
  });

  test("asks again about what needs a stack that runs", () => {
    const [, second] = planRun({
      stacks: ["a", "b"],
      latest: new Map([
        ["a", record("a", "failed")],
        ["b", record("b", "ok", { needs: { a: "old" } })],
      ]),
      current: new Map([
        ["a", CURRENT],
        ["b", { ...CURRENT, needs: { a: "old" } }],
      ]),
      resume: true,
    });
    expect(second).toMatchObject({ action: "unchanged", decideAgain: true });
  });
});

describe("whatever a run was stopped at", () => {
  const statuses = fc.constantFrom<RecordStatus>(
    "waiting",
    "running",
    "ok",
    "unchanged",
    "failed",
    "blocked",
    "cancelled",
  );
  const stacks = fc.array(
    fc.record({
      status: fc.option(statuses),
      touched: fc.boolean(),
      input: fc.boolean(),
      turn: fc.boolean(),
    }),
    { minLength: 1, maxLength: 8 },
  );

  test("resuming never leaves out a stack that did not end well, is stale or had no turn", () => {
    fc.assert(
      fc.property(stacks, (made) => {
        const names = made.map((_, index) => `stack-${String(index)}`);
        const latest = new Map<string, StackRecord | null>();
        const current = new Map<string, CurrentStack>();
        made.forEach(({ status, touched, input, turn }, index) => {
          const name = names[index] ?? "";
          const run = turn ? RUN.id : "run-1";
          latest.set(name, status === null ? null : record(name, status, { run }));
          const stateVersion = touched ? "other" : "state";
          current.set(name, { ...CURRENT, stateVersion, inputHash: input ? "other" : "input" });
        });
        const lastRun = { ...RUN, stacks: names };
        const plan = planRun({ stacks: names, latest, current, resume: true, lastRun });
        for (const { stack, action } of plan) {
          const before = latest.get(stack) ?? null;
          const now = current.get(stack);
          const isWell = before?.status === "ok" || before?.status === "unchanged";
          const hadTurn = before?.run === RUN.id;
          const isAsItWas = now?.stateVersion === "state" && (hadTurn || now.inputHash === "input");
          expect(action === "unchanged").toBe(isWell && isAsItWas);
        }
      }),
    );
  });

  test("a stack whose needs have other outputs always runs", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.boolean(), (old, now, resume) => {
        const latest = new Map([["b", record("b", "ok", { needs: { a: old } })]]);
        const current = new Map([["b", { ...CURRENT, needs: { a: now } }]]);
        const [planned] = planRun({ stacks: ["b"], latest, current, resume, lastRun: RUN });
        expect(planned?.action === "run").toBe(old !== now);
      }),
    );
  });
});
