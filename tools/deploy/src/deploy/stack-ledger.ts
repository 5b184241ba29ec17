import { AtollError } from "@atoll/core";

import {
  isAnswerLost,
  waitingRecord,
  type OperationRecord,
  type StackRecord,
} from "../ledger/records.ts";
import type { Ledger } from "../ledger/ledger.ts";
import type { StackOutcome } from "../run/run-options.ts";

/** What a run knows of a stack when it ends. */
export interface Ending {
  readonly stateAfter: string | null;
  readonly outputsHash: string | null;
  /** Predicted operations by URN. */
  readonly predicted: ReadonlyMap<string, string>;
}

/**
 * Keeps the records of one run's stacks in the ledger. Writing happens in the background, in order; `flush` waits for it
 * and says what went wrong.
 */
export class StackLedger {
  readonly #ledger: Ledger;
  readonly #records: Map<string, StackRecord>;
  readonly #redact: (text: string) => string;
  #writing: Promise<unknown> = Promise.resolve();
  #failure: (() => never) | undefined;

  constructor(
    ledger: Ledger,
    run: string,
    stacks: readonly string[],
    redact: (text: string) => string,
  ) {
    this.#ledger = ledger;
    this.#redact = redact;
    this.#records = new Map(stacks.map((stack) => [stack, waitingRecord(run, stack)]));
  }

  /** What is known before the stack's turn; written when that comes. */
  prepare(stack: string, known: Partial<StackRecord>): void {
    const record = this.#records.get(stack);
    if (record !== undefined) this.#records.set(stack, { ...record, ...known });
  }

  started(stack: string): void {
    this.prepare(stack, { status: "running", startedAt: new Date().toISOString() });
    this.#write(stack);
  }

  ended(outcome: StackOutcome, ending: Ending): void {
    const { stack, status, problems, reason, blockedBy, milliseconds } = outcome;
    const before = this.#records.get(stack);
    // A stack with which there was nothing to do stays as its last run left it.
    if (before === undefined || status === "unchanged") return;
    const operations = operationsOf(outcome, ending.predicted);
    const why = [
      ...problems.map(({ code, message }) => `${code}: ${message}`),
      ...(blockedBy.length > 0 ? [`it waits for ${blockedBy.join(", ")}`] : []),
      reason,
    ];
    const record: StackRecord = {
      ...before,
      status,
      reason: this.#redact(why.filter((text) => text !== "").join("\n")),
      stateAfter: ending.stateAfter,
      outputsHash: ending.outputsHash,
      endedAt: new Date().toISOString(),
      durationMilliseconds: milliseconds,
      counts: countsOf(operations),
      operations,
    };
    this.#records.set(stack, record);
    this.#write(stack);
  }

  /** Waits until everything is written. @throws what went wrong when the ledger was written */
  async flush(): Promise<void> {
    await this.#writing;
    this.#failure?.();
  }

  #write(stack: string): void {
    const record = this.#records.get(stack);
    if (record === undefined) return;
    this.#writing = this.#writing
      .then(() => this.#ledger.stack(record))
      .catch((error: unknown) => {
        this.#failure ??= () => {
          throw error instanceof Error
            ? error
            : new AtollError("LEDGER_NOT_WRITTEN", String(error));
        };
      });
  }
}

/** Resources that exist in the cloud; components, providers and the stack have no operations to speak of. */
function operationsOf(
  outcome: StackOutcome,
  predicted: ReadonlyMap<string, string>,
): readonly OperationRecord[] {
  const happened = new Map(outcome.operations.map((operation) => [operation.urn, operation]));
  const lost = new Set(
    outcome.errors.filter(({ message }) => isAnswerLost(message)).map(({ urn }) => urn),
  );
  const urns = [...new Set([...predicted.keys(), ...happened.keys()])].filter(isCloud).sort();
  return urns.map((urn) => {
    const operation = happened.get(urn);
    return {
      urn,
      type: typeOf(urn),
      predicted: predicted.get(urn) ?? null,
      happened: operation?.op ?? null,
      state: operation?.state === "failed" && lost.has(urn) ? "lost" : (operation?.state ?? "none"),
    };
  });
}

function isCloud(urn: string): boolean {
  return typeOf(urn).startsWith("aws:");
}

function typeOf(urn: string): string {
  return urn.split("::")[2]?.split("$").at(-1) ?? "";
}

function countsOf(operations: readonly OperationRecord[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { happened } of operations) {
    if (happened !== null) counts[happened] = (counts[happened] ?? 0) + 1;
  }
  return counts;
}
