import type { EngineEvent, StepEventMetadata } from "@pulumi/pulumi/automation/events.js";

import { mergeOperations } from "./merge-operations.ts";
import { OperationLog } from "./operations.ts";

const made = { custom: true } as NonNullable<StepEventMetadata["new"]>;
const step = (op: string, more: Partial<StepEventMetadata> = {}): StepEventMetadata => ({
  op: op as StepEventMetadata["op"],
  urn: "urn:pulumi:a::b::aws:ec2/vpc:Vpc::main",
  type: "aws:ec2/vpc:Vpc",
  provider: "",
  new: made,
  ...more,
});
const begins = (metadata: StepEventMetadata) =>
  ({ resourcePreEvent: { metadata } }) as unknown as EngineEvent;
const ends = (metadata: StepEventMetadata) =>
  ({ resOutputsEvent: { metadata } }) as unknown as EngineEvent;
const fails = (metadata: StepEventMetadata) =>
  ({ resOpFailedEvent: { metadata, status: 1, steps: 1 } }) as unknown as EngineEvent;

function logOf(...events: readonly EngineEvent[]): OperationLog {
  const log = new OperationLog();
  for (const event of events) log.add(event);
  return log;
}

test("the three steps of a replacement are one operation, with what it is for", () => {
  const detailedDiff = {
    cidrBlock: { diffKind: "update-replace" as never, inputDiff: true },
    tags: { diffKind: "update" as never, inputDiff: true },
  };
  const log = logOf(
    begins(step("create-replacement")),
    ends(step("create-replacement")),
    begins(step("replace", { detailedDiff })),
    ends(step("replace", { detailedDiff })),
    begins(step("delete-replaced")),
    ends(step("delete-replaced")),
  );
  expect(log.operations).toEqual([
    expect.objectContaining({
      op: "replace",
      state: "done",
      changed: ["cidrBlock", "tags"],
      replacing: ["cidrBlock"],
    }),
  ]);
  expect(log.running).toBe(0);
});

test("a failure stays one, whatever the engine says of the resource afterwards", () => {
  const log = logOf(begins(step("create")), fails(step("create")), ends(step("same")));
  expect(log.operations[0]).toMatchObject({ op: "create", state: "failed" });
});

test("the stack, its providers and components are no work of a provider's", () => {
  const component = { custom: false } as NonNullable<StepEventMetadata["new"]>;
  const log = logOf(
    ends(step("create", { urn: "s", type: "pulumi:pulumi:Stack", new: component })),
    ends(step("create", { urn: "p", type: "pulumi:providers:aws" })),
    ends(step("create", { urn: "c", type: "atoll:networking:Vpc", new: component })),
    begins(step("create")),
  );
  expect(log.hasProviderWork).toBe(false);
  log.add(fails(step("create")));
  expect(log.hasProviderWork).toBe(true);
});

test("an operation that began and did not end is running", () => {
  const log = logOf(begins(step("create")));
  expect(log.running).toBe(1);
  expect(log.done).toBe(0);
});

test("a component lasts as long as its program: it is nothing that a stalled program would wait for", () => {
  // The engine leaves out what is false.
  const { custom: _custom, ...component } = made;
  const log = logOf(begins(step("create", { new: component })));
  expect(log.running).toBe(0);
});

test("errors lose Pulumi's marks for colours", () => {
  const message = "<{%reset%}>it broke<{%reset%}>\n";
  const event = { diagnosticEvent: { severity: "error", message, color: "raw" } };
  expect(logOf(event as unknown as EngineEvent).errors).toEqual([{ urn: "", message: "it broke" }]);
});

test("of two passes, what the first did counts unless the second has news", () => {
  const first = logOf(begins(step("import")), ends(step("import"))).operations;
  const second = logOf(begins(step("update")), ends(step("update"))).operations;
  expect(mergeOperations(first, second)).toEqual(first);
  const failed = logOf(begins(step("update")), fails(step("update"))).operations;
  expect(mergeOperations(first, failed)).toEqual(failed);
});
