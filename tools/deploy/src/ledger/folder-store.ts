import { mkdir, open, readdir, readFile, rename, rm } from "node:fs/promises";
import { mkdirSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { DatabaseSync } from "node:sqlite";

import { AtollError } from "@atoll/core";

import type { LedgerHolder, LedgerLock, LedgerStore } from "./ledger-store.ts";
import { parseHolder, runInProgress } from "./lock-holder.ts";

/** SQLite's result codes for a lock that someone else holds. */
const HELD = new Set([5, 6]);
const LOCK = "lock.db";
const HOLDER = "lock.json";

/**
 * A ledger in a folder. Its lock is the kernel's: it is gone with the process that held it, however that ended. The
 * folder must not be on a network file system without locks.
 */
export class FolderStore implements LedgerStore {
  readonly location: string;
  #writes = 0;

  /** @param folder absolute path; made when something is written */
  constructor(folder: string) {
    this.location = folder;
  }

  async read(key: string): Promise<string | null> {
    try {
      return await readFile(join(this.location, key), "utf8");
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
      throw error;
    }
  }

  /** @throws AtollError `LEDGER_NOT_WRITTEN` on a full disk or without the right; what was there stays */
  async write(key: string, text: string): Promise<void> {
    const file = join(this.location, key);
    this.#writes += 1;
    const temporary = `${file}.${String(process.pid)}-${String(this.#writes)}.tmp`;
    try {
      await mkdir(dirname(file), { recursive: true });
      const handle = await open(temporary, "w", 0o600);
      try {
        await handle.writeFile(text);
        // On disk before it has its name: a power cut leaves the old record or the new one.
        await handle.sync();
      } finally {
        await handle.close();
      }
      await rename(temporary, file);
    } catch (cause) {
      await rm(temporary, { force: true });
      const { code, message } = cause as NodeJS.ErrnoException;
      const why = code === "ENOSPC" ? "the disk is full" : message;
      throw new AtollError(
        "LEDGER_NOT_WRITTEN",
        `The run ledger could not write ${file}: ${why}. Make room, then run again with --resume.`,
        { cause },
      );
    }
  }

  async list(prefix: string): Promise<readonly string[]> {
    try {
      const folder = join(this.location, prefix);
      const entries = await readdir(folder, { recursive: true, withFileTypes: true });
      return entries
        .filter((entry) => entry.isFile() && !entry.name.endsWith(".tmp"))
        .map((entry) => relative(this.location, join(entry.parentPath, entry.name)))
        .map((path) => path.split(sep).join("/"))
        .sort();
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
      throw error;
    }
  }

  async lock(holder: LedgerHolder): Promise<LedgerLock> {
    const database = await this.#tryLock();
    if (database === null) {
      const other = await this.#said();
      throw runInProgress(this.location, other, "Wait for it, or stop it.");
    }
    await this.write(HOLDER, `${JSON.stringify(holder, null, 2)}\n`);
    return {
      release: async () => {
        await rm(join(this.location, HOLDER), { force: true });
        // Ends the transaction, and with it the lock.
        database.close();
      },
    };
  }

  async holder(): Promise<LedgerHolder | null> {
    const database = await this.#tryLock();
    if (database === null) return (await this.#said()) ?? UNKNOWN_HOLDER;
    database.close();
    return null;
  }

  /** A lock of a process that is gone is free already, and one of a process that runs only that process lets go. */
  async breakLock(): Promise<boolean> {
    return (await this.holder()) === null;
  }

  async #said(): Promise<LedgerHolder | null> {
    const text = await this.read(HOLDER);
    return text === null ? null : parseHolder(text);
  }

  async #tryLock(): Promise<DatabaseSync | null> {
    const file = join(this.location, LOCK);
    try {
      mkdirSync(this.location, { recursive: true });
      const database = new DatabaseSync(file);
      try {
        database.exec("BEGIN EXCLUSIVE");
        return database;
      } catch (error) {
        database.close();
        throw error;
      }
    } catch (cause) {
      const { errcode, message } = cause as { readonly errcode?: number; readonly message: string };
      if (errcode !== undefined && HELD.has(errcode & 0xff)) return null;
      throw new AtollError("LEDGER_NOT_WRITTEN", `${file} cannot be locked: ${message}`, { cause });
    }
  }
}

/** Holds the lock and has not yet said who it is. */
const UNKNOWN_HOLDER: LedgerHolder = {
  pid: 0,
  host: "",
  user: "",
  command: "",
  run: "",
  since: "",
};
