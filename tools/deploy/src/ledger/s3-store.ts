import {
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { AtollError } from "@atoll/core";

import type { LedgerHolder, LedgerLock, LedgerStore } from "./ledger-store.ts";
import { lifeOf, parseHolder, runInProgress } from "./lock-holder.ts";

const LOCK = "lock.json";

/** What S3 answers when a condition does not hold, or another conditional write came first. */
const CONDITION_FAILED: readonly (number | undefined)[] = [409, 412];

/** Where a ledger is in S3. */
export interface S3Location {
  readonly bucket: string;
  /** Without a slash at its ends; may be empty. */
  readonly prefix: string;
}

/** What the store asks of a client: `S3Client`'s own `send`. */
export type S3Sender = Pick<S3Client, "send">;

/** The lock's object, and what a conditional write names it by. */
interface LockObject {
  readonly holder: LedgerHolder | null;
  readonly etag: string;
}

/**
 * A ledger in an S3 bucket. Its lock is an object that is written on the condition that there is none (S3, conditional
 * writes, read 2026-11-27: https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html). A killed holder leaves it behind:
 * on the same machine the next run takes it over; on another, `atoll unlock --ledger` clears it.
 */
export class S3Store implements LedgerStore {
  readonly location: string;
  readonly #client: S3Sender;
  readonly #bucket: string;
  readonly #prefix: string;

  /** @param client @default one with the credentials and the region of the environment */
  constructor(
    { bucket, prefix }: S3Location,
    client: S3Sender = new S3Client({ followRegionRedirects: true }),
  ) {
    this.#client = client;
    this.#bucket = bucket;
    this.#prefix = prefix === "" ? "" : `${prefix}/`;
    this.location = `s3://${bucket}/${prefix}`;
  }

  async read(key: string): Promise<string | null> {
    return (await this.#get(key))?.text ?? null;
  }

  async write(key: string, text: string): Promise<void> {
    await this.#put(key, text);
  }

  async list(prefix: string): Promise<readonly string[]> {
    const keys: string[] = [];
    let token: string | undefined;
    do {
      const command = new ListObjectsV2Command({
        Bucket: this.#bucket,
        Prefix: `${this.#prefix}${prefix}`,
        ContinuationToken: token,
      });
      const page = await this.#asked(this.#client.send(command));
      keys.push(...(page.Contents ?? []).map(({ Key = "" }) => Key.slice(this.#prefix.length)));
      token = page.NextContinuationToken;
    } while (token !== undefined);
    return keys.sort();
  }

  async lock(holder: LedgerHolder): Promise<LedgerLock> {
    const text = `${JSON.stringify(holder, null, 2)}\n`;
    if (!(await this.#putIf(text, { IfNoneMatch: "*" }))) await this.#takeOver(text);
    return {
      release: async () => {
        // Not one that somebody has taken away in the meantime.
        const current = await this.#lockObject();
        if (current?.holder?.run === holder.run) await this.breakLock();
      },
    };
  }

  async holder(): Promise<LedgerHolder | null> {
    const lock = await this.#lockObject();
    return lock === null ? null : (lock.holder ?? UNREADABLE);
  }

  async breakLock(): Promise<boolean> {
    const command = new DeleteObjectCommand({ Bucket: this.#bucket, Key: this.#keyOf(LOCK) });
    await this.#asked(this.#client.send(command));
    return true;
  }

  /** Only from a process of this machine that is gone, and from nobody who took it over first. */
  async #takeOver(text: string): Promise<void> {
    const lock = await this.#lockObject();
    const holder = lock?.holder ?? null;
    const gone = holder !== null && lifeOf(holder) === "gone";
    if (lock !== null && gone && (await this.#putIf(text, { IfMatch: lock.etag }))) return;
    const fix = "Wait for it, or, when it is gone: atoll unlock --ledger";
    throw runInProgress(this.location, holder, fix);
  }

  async #lockObject(): Promise<LockObject | null> {
    const found = await this.#get(LOCK);
    return found === null ? null : { holder: parseHolder(found.text), etag: found.etag };
  }

  async #get(key: string): Promise<{ readonly text: string; readonly etag: string } | null> {
    const command = new GetObjectCommand({ Bucket: this.#bucket, Key: this.#keyOf(key) });
    try {
      const { Body, ETag = "" } = await this.#client.send(command);
      return { text: (await Body?.transformToString()) ?? "", etag: ETag };
    } catch (error) {
      if ((error as Error).name === "NoSuchKey") return null;
      throw this.#failed(error);
    }
  }

  async #putIf(
    text: string,
    condition: { readonly IfNoneMatch: "*" } | { readonly IfMatch: string },
  ): Promise<boolean> {
    try {
      await this.#put(LOCK, text, condition);
      return true;
    } catch (error) {
      const { cause } = error as {
        readonly cause?: { readonly $metadata?: { readonly httpStatusCode?: number } };
      };
      if (CONDITION_FAILED.includes(cause?.$metadata?.httpStatusCode)) return false;
      throw error;
    }
  }

  async #put(key: string, text: string, condition: object = {}): Promise<void> {
    const command = new PutObjectCommand({
      Bucket: this.#bucket,
      Key: this.#keyOf(key),
      Body: text,
      ContentType: "application/json",
      ...condition,
    });
    await this.#asked(this.#client.send(command));
  }

  #keyOf(key: string): string {
    return `${this.#prefix}${key}`;
  }

  async #asked<T>(answer: Promise<T>): Promise<T> {
    try {
      return await answer;
    } catch (error) {
      throw this.#failed(error);
    }
  }

  #failed(cause: unknown): AtollError {
    const { name, message } = cause as Error;
    return new AtollError(
      "LEDGER_UNREACHABLE",
      `The run ledger ${this.location} could not be reached: ${name}: ${message}`,
      { cause },
    );
  }
}

/** Holds the lock, but what it wrote about itself is damaged. */
const UNREADABLE: LedgerHolder = {
  pid: 0,
  host: "an unknown machine",
  user: "someone",
  command: "a run",
  run: "",
  since: "an unknown time",
};
