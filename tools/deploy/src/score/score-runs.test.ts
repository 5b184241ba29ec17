import { waitingRecord, type OperationRecord, type RunRecord } from "../ledger/records.ts";

import { scoreRuns } from "./score-runs.ts";

const VPC = "aws:ec2/vpc:Vpc";

function operation(
  predicted: string | null,
  happened: string | null,
  state: OperationRecord["state"] = "done",
): OperationRecord {
  return {
    urn: `urn::${String(predicted)}-${String(happened)}`,
    type: VPC,
    predicted,
    happened,
    state,
  };
}

function run(id: string, target: RunRecord["target"], operations: readonly OperationRecord[]) {
  const base = {
    version: 1,
    organization: "acme",
    command: "up",
    startedAt: "",
    endedAt: "",
  } as const;
  return {
    run: { ...base, id, target, host: "", pid: 1, user: "", stacks: ["a"] },
    stacks: [{ ...waitingRecord(id, "a"), operations }],
  };
}

test("counts by target and type, and names each miss, the newest first", () => {
  const score = scoreRuns([
    run("1", "sandbox", [operation("create", "create"), operation("update", "replace")]),
    run("2", "sandbox", [operation("same", "update")]),
    run("3", "aws", [operation("same", "same")]),
  ]);
  expect(score.types).toEqual([
    { target: "aws", type: VPC, sample: 1, right: 1, accuracy: 1 },
    { target: "sandbox", type: VPC, sample: 3, right: 1, accuracy: 1 / 3 },
  ]);
  expect(score.misses.map(({ run: id, predicted, happened }) => [id, predicted, happened])).toEqual(
    [
      ["2", "same", "update"],
      ["1", "update", "replace"],
    ],
  );
  expect(score.runs).toBe(3);
});

test("the parts of a replacement are one", () => {
  const parts = ["replace", "create-replacement", "delete-replaced"].map((op) =>
    operation("replace", op),
  );
  expect(scoreRuns([run("1", "aws", parts)]).misses).toEqual([]);
});

test("what AWS refused was predicted wrongly; what has no answer, or was not come to, does not count", () => {
  const score = scoreRuns([
    run("1", "aws", [
      operation("create", "create", "failed"),
      operation("create", "create", "lost"),
      operation("create", null, "none"),
      operation("update", "update", "running"),
    ]),
  ]);
  expect(score.types).toMatchObject([{ sample: 1, right: 0 }]);
  expect(score.misses).toMatchObject([{ predicted: "create", happened: "create failed" }]);
});

test("what came unpredicted is a miss; what nobody predicted at all is none, nor are reads and refreshes", () => {
  const unpredicted = [
    operation("create", "create"),
    operation(null, "update"),
    operation(null, "same"),
  ];
  expect(scoreRuns([run("1", "aws", unpredicted)]).misses).toMatchObject([
    { predicted: null, happened: "update" },
  ]);
  expect(scoreRuns([run("1", "aws", [operation(null, "create")])])).toEqual({
    runs: 0,
    types: [],
    misses: [],
  });
  const reads = [operation("same", "same"), operation(null, "refresh"), operation(null, "read")];
  expect(scoreRuns([run("1", "aws", reads)]).misses).toEqual([]);
});

test("nothing recorded is nothing scored", () => {
  expect(scoreRuns([])).toEqual({ runs: 0, types: [], misses: [] });
});
