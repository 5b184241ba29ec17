import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync, type StatementSync } from "node:sqlite";

/** Counts calls by key over all processes of a sandbox; a count survives a kill. */
export class CallCounter {
  readonly #file: string;
  #next: StatementSync | undefined;

  /** @param file the database; made when something is counted for the first time */
  constructor(file: string) {
    this.#file = file;
  }

  /** Counts a call of that key and says which one it is, from 1 on. */
  count(key: string): number {
    this.#next ??= open(this.#file);
    const row = this.#next.get(key) as { readonly calls: number };
    return row.calls;
  }
}

function open(file: string): StatementSync {
  mkdirSync(dirname(file), { recursive: true });
  const database = new DatabaseSync(file, { timeout: 30_000 });
  // A count may be lost with the machine, not with a process.
  database.exec("PRAGMA synchronous = OFF");
  database.exec(
    "CREATE TABLE IF NOT EXISTS counts (key TEXT PRIMARY KEY, calls INTEGER NOT NULL) WITHOUT ROWID",
  );
  return database.prepare(
    "INSERT INTO counts VALUES (?, 1) ON CONFLICT (key) DO UPDATE SET calls = calls + 1 RETURNING calls",
  );
}
