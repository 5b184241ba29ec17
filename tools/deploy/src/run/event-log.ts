import { closeSync, openSync, readSync } from "node:fs";

import type { EngineEvent } from "@pulumi/pulumi/automation/events.js";

/** Read into by one call at a time, and copied from: a new one for each look at a log is what would cost most. */
const chunk = Buffer.alloc(256 * 1024);

/**
 * Reads what Pulumi's engine writes to its event log, a line of JSON for each event, as far as it has come. A line that
 * is not whole yet waits for the next time.
 */
export class EventLog {
  readonly #file: string;
  #descriptor: number | undefined;
  #rest = Buffer.alloc(0);

  constructor(file: string) {
    this.#file = file;
  }

  /** The events since the last call. */
  read(): readonly EngineEvent[] {
    const lines = this.#lines();
    return lines.flatMap((line) => {
      try {
        return [JSON.parse(line) as EngineEvent];
      } catch {
        // An engine that was killed leaves half a line, and another may have gone on behind it.
        return [];
      }
    });
  }

  close(): void {
    if (this.#descriptor !== undefined) closeSync(this.#descriptor);
    this.#descriptor = undefined;
  }

  #lines(): readonly string[] {
    const descriptor = this.#open();
    if (descriptor === undefined) return [];
    const parts = [this.#rest];
    for (;;) {
      const length = readSync(descriptor, chunk, 0, chunk.length, null);
      if (length === 0) break;
      parts.push(Buffer.from(chunk.subarray(0, length)));
    }
    const bytes = Buffer.concat(parts);
    const end = bytes.lastIndexOf(0x0a) + 1;
    this.#rest = bytes.subarray(end);
    return bytes
      .subarray(0, end)
      .toString("utf8")
      .split("\n")
      .filter((line) => line !== "");
  }

  #open(): number | undefined {
    if (this.#descriptor !== undefined) return this.#descriptor;
    try {
      this.#descriptor = openSync(this.#file, "r");
    } catch {
      // The engine has not begun to write it.
    }
    return this.#descriptor;
  }
}
