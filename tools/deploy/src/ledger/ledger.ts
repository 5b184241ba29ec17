import type { Problem } from "@atoll/core";

import type { LedgerHolder, LedgerLock, LedgerStore } from "./ledger-store.ts";
import { parseRun, parseStack } from "./parse-record.ts";
import type { RunRecord, StackRecord } from "./records.ts";

/** How many records are read at once. */
const AT_ONCE = 32;

/**
 * The run ledger of one organization: what each run did to each stack. Records are readable JSON, one file each:
 * `runs/<run>.json`, `runs/<run>/<stack>.json`, and `latest/<stack>.json`, the newest of each stack. Whatever moment it is
 * killed at, every record is whole.
 */
export class Ledger {
  readonly store: LedgerStore;
  readonly #warn: (problem: Problem) => void;

  /** @param warn is told of records that are damaged, and were passed over; code `LEDGER_RECORD_DAMAGED` */
  constructor(store: LedgerStore, warn: (problem: Problem) => void) {
    this.store = store;
    this.#warn = warn;
  }

  /** @throws AtollError `RUN_IN_PROGRESS` when another run is at work on the organization */
  async lock(holder: LedgerHolder): Promise<LedgerLock> {
    return this.store.lock(holder);
  }

  /** Notes that a run begins. */
  async begin(run: RunRecord): Promise<void> {
    await this.store.write(runKey(run.id), text(run));
  }

  /** Notes how a stack stands. Of a killed run the last of these is what is known. */
  async stack(record: StackRecord): Promise<void> {
    const json = text(record);
    // The newest last: killed in between, it is older than what happened, and the stack is looked at once more.
    await this.store.write(`runs/${record.run}/${record.stack}.json`, json);
    await this.store.write(`latest/${record.stack}.json`, json);
  }

  /** Notes that a run has ended. */
  async end(run: RunRecord): Promise<void> {
    await this.store.write(runKey(run.id), text(run));
  }

  /** The newest record of a stack; null when there is none, or it is damaged. */
  async latest(stack: string): Promise<StackRecord | null> {
    return this.#readStack(`latest/${stack}.json`);
  }

  /** The newest record of each of many stacks. */
  async latestOf(stacks: readonly string[]): Promise<ReadonlyMap<string, StackRecord | null>> {
    const records = await inBatches(stacks, (stack) => this.latest(stack));
    return new Map(stacks.map((stack, index) => [stack, records[index] ?? null]));
  }

  /** All runs, the newest first. */
  async runs(): Promise<readonly RunRecord[]> {
    const keys = (await this.store.list("runs/")).filter((key) => key.split("/").length === 2);
    const runs = await inBatches(keys, async (key) => {
      const json = await this.store.read(key);
      const run = json === null ? null : parseRun(json, this.#nameOf(key));
      if (run === null && json !== null) this.#damaged(key);
      return run;
    });
    return runs.filter((run) => run !== null).reverse();
  }

  /** The records of a run's stacks. */
  async stacksOf(run: string): Promise<readonly StackRecord[]> {
    const keys = await this.store.list(`runs/${run}/`);
    const records = await inBatches(keys, (key) => this.#readStack(key));
    return records.filter((record) => record !== null);
  }

  async #readStack(key: string): Promise<StackRecord | null> {
    const json = await this.store.read(key);
    if (json === null) return null;
    const record = parseStack(json, this.#nameOf(key));
    if (record === null) this.#damaged(key);
    return record;
  }

  #nameOf(key: string): string {
    return `${this.store.location}/${key}`;
  }

  #damaged(key: string): void {
    this.#warn({
      code: "LEDGER_RECORD_DAMAGED",
      severity: "warning",
      path: this.#nameOf(key),
      message:
        "A record of the run ledger is damaged and was passed over: its stack counts as never run.",
      got: "text that is not a record",
      expected: "a record of version 1",
      fix: "Run the stack again, which writes it anew, or delete the file.",
    });
  }
}

const runKey = (id: string): string => `runs/${id}.json`;

function text(record: RunRecord | StackRecord): string {
  return `${JSON.stringify(record, null, 2)}\n`;
}

async function inBatches<T, R>(
  items: readonly T[],
  read: (item: T) => Promise<R>,
): Promise<readonly R[]> {
  const results: R[] = [];
  for (let start = 0; start < items.length; start += AT_ONCE) {
    results.push(...(await Promise.all(items.slice(start, start + AT_ONCE).map(read))));
  }
  return results;
}
