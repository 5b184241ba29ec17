import {
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";

import { sha256 } from "./sha256.ts";
import { stableJson } from "@atoll/core";

import type { StackResult } from "./protocol.ts";

/** A result that was found again. */
export interface CachedResult {
  readonly result: StackResult;
  /** File that holds the stack's preview. */
  readonly previewFile: string;
}

interface Entry {
  readonly result: StackResult;
  /** Hash of the whole organization when the program looked at it; else null. */
  readonly organization: string | null;
}

/** Entries that are kept whatever happens; beyond them, the ones not used for longest go. */
const KEPT_ENTRIES = 4000;

/**
 * Previews kept by the content of everything that they depend on. An entry is two files: the preview, and the result,
 * which is written last and renamed into place, so that a half-written entry is no entry.
 */
export class PreviewCache {
  readonly #folder: string;
  readonly #organizationHash: string;

  /** @param folder where the entries are; made when the first one is written */
  constructor(folder: string, organization: unknown) {
    this.#folder = folder;
    this.#organizationHash = sha256(stableJson(organization));
  }

  /** The key of everything that a result depends on. */
  static key(parts: { readonly [name: string]: unknown }): string {
    return sha256(stableJson(parts));
  }

  /** Undefined when there is no such entry, or when it looked at an organization that has changed since. */
  find(key: string): CachedResult | undefined {
    const file = join(this.#folder, `${key}.json`);
    try {
      const entry = JSON.parse(readFileSync(file, "utf8")) as Entry;
      if (entry.organization !== null && entry.organization !== this.#organizationHash)
        return undefined;
      const previewFile = join(this.#folder, `${key}.preview.json`);
      const now = new Date();
      utimesSync(previewFile, now, now);
      return { result: entry.result, previewFile };
    } catch {
      return undefined;
    }
  }

  /** Keeps a result. Failing to is no error: the next preview only takes longer. */
  keep(key: string, result: StackResult, previewFile: string): void {
    const organization = result.readsOrganization ? this.#organizationHash : null;
    try {
      mkdirSync(this.#folder, { recursive: true });
      const temporary = join(this.#folder, `.${key}.${String(process.pid)}`);
      copyFileSync(previewFile, temporary);
      renameSync(temporary, join(this.#folder, `${key}.preview.json`));
      writeFileSync(temporary, JSON.stringify({ result, organization } satisfies Entry));
      renameSync(temporary, join(this.#folder, `${key}.json`));
    } catch {
      // A full or read-only disk.
    }
  }

  /** Small facts that are worth keeping too, such as what each program needs. */
  findNote(key: string): unknown {
    try {
      return JSON.parse(readFileSync(join(this.#folder, `${key}.note.json`), "utf8")) as unknown;
    } catch {
      return undefined;
    }
  }

  keepNote(key: string, note: unknown): void {
    try {
      mkdirSync(this.#folder, { recursive: true });
      const temporary = join(this.#folder, `.${key}.${String(process.pid)}`);
      writeFileSync(temporary, JSON.stringify(note));
      renameSync(temporary, join(this.#folder, `${key}.note.json`));
    } catch {
      // As above.
    }
  }

  /** Removes what was not used for longest, once there is too much. */
  prune(): void {
    try {
      const names = readdirSync(this.#folder);
      if (names.length <= KEPT_ENTRIES * 2) return;
      const entries = names
        .map((name) => ({ name, time: statSync(join(this.#folder, name)).mtimeMs }))
        .sort((a, b) => a.time - b.time);
      for (const { name } of entries.slice(0, names.length - KEPT_ENTRIES)) {
        rmSync(join(this.#folder, name), { force: true });
      }
    } catch {
      // Nothing to prune yet.
    }
  }
}
