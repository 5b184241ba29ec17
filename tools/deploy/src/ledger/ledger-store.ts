/** Who holds a ledger's lock. */
export interface LedgerHolder {
  readonly pid: number;
  readonly host: string;
  readonly user: string;
  /** What was started, such as `atoll up`. */
  readonly command: string;
  /** The run's id. */
  readonly run: string;
  /** ISO 8601, UTC. */
  readonly since: string;
}

/** A lock that is held. */
export interface LedgerLock {
  release(): Promise<void>;
}

/** Where a ledger's files are: a folder or a bucket. Keys are relative paths with `/`. */
export interface LedgerStore {
  /** For messages: a path or an address. */
  readonly location: string;
  /** Null when there is nothing under the key. */
  read(key: string): Promise<string | null>;
  /** In one step: a reader sees the old text or the new one. */
  write(key: string, text: string): Promise<void>;
  /** Keys that start with a prefix, which ends in `/`; sorted. */
  list(prefix: string): Promise<readonly string[]>;
  /**
   * Takes the lock.
   *
   * @throws AtollError `RUN_IN_PROGRESS` when someone holds it
   */
  lock(holder: LedgerHolder): Promise<LedgerLock>;
  /** Who holds the lock, as far as they said; null when it is free. */
  holder(): Promise<LedgerHolder | null>;
  /** Takes the lock away from whoever holds it. The result is false where only its holder can let it go. */
  breakLock(): Promise<boolean>;
}
