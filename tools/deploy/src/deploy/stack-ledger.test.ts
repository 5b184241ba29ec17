import type { Ledger } from "../ledger/ledger.ts";
import type { StackRecord } from "../ledger/records.ts";
import type { StackOutcome } from "../run/run-options.ts";
import { StackLedger } from "./stack-ledger.ts";

const VPC = "urn:pulumi:network::acme::aws:ec2/vpc:Vpc::main";
const COMPONENT = "urn:pulumi:network::acme::atoll:networking:Vpc::main";
const ending = { stateAfter: "s1", outputsHash: "o1", predicted: new Map([[VPC, "create"]]) };
const operation = { op: "create", state: "failed", changed: [], replacing: [] } as const;
const outcome = (more: Partial<StackOutcome>): StackOutcome => ({
  stack: "network",
  status: "ok",
  problems: [],
  operations: [],
  errors: [],
  steps: new Map(),
  reason: "",
  blockedBy: [],
  milliseconds: 5,
  ...more,
});

function ledgerInto(written: StackRecord[], fail = false): Ledger {
  return {
    stack: (record: StackRecord) => {
      if (fail) return Promise.reject(new TypeError("full"));
      written.push(record);
      return Promise.resolve();
    },
  } as unknown as Ledger;
}

test("a creation whose provider went away is lost, one that it refused has failed", async () => {
  const written: StackRecord[] = [];
  const records = new StackLedger(ledgerInto(written), "r1", ["network"], (text) => text);
  const other = VPC.replace("main", "other");
  records.started("network");
  records.ended(
    outcome({
      status: "failed",
      operations: [
        { ...operation, urn: VPC },
        { ...operation, urn: other },
        { ...operation, urn: COMPONENT },
      ],
      errors: [
        { urn: VPC, message: "error reading from server: EOF" },
        { urn: other, message: "api error VpcLimitExceeded" },
      ],
    }),
    ending,
  );
  await records.flush();
  expect(written.map(({ status }) => status)).toEqual(["running", "failed"]);
  expect(written[1]?.operations).toMatchObject([
    { urn: VPC, predicted: "create", state: "lost" },
    { urn: other, predicted: null, state: "failed" },
  ]);
});

test("a stack with which there was nothing to do keeps the record of its last run", async () => {
  const written: StackRecord[] = [];
  const records = new StackLedger(ledgerInto(written), "r1", ["network"], (text) => text);
  records.ended(outcome({ status: "unchanged" }), ending);
  await records.flush();
  expect(written).toEqual([]);
});

test("secrets are taken out of what is written down", async () => {
  const written: StackRecord[] = [];
  const redact = (text: string) => text.replaceAll("canary", "[secret]");
  const records = new StackLedger(ledgerInto(written), "r1", ["network"], redact);
  const problem = {
    code: "X",
    severity: "error",
    path: "",
    message: "got canary",
    got: null,
    expected: "",
    fix: "",
  } as const;
  records.ended(outcome({ status: "failed", problems: [problem] }), ending);
  await records.flush();
  expect(JSON.stringify(written)).not.toContain("canary");
});

test("a ledger that cannot be written is told of at the end, not lost", async () => {
  const records = new StackLedger(ledgerInto([], true), "r1", ["network"], (text) => text);
  records.started("network");
  await expect(records.flush()).rejects.toThrow("full");
});
