import { resolve } from "node:path";

import { AtollError, type Problem } from "@atoll/core";

import { FolderStore } from "./folder-store.ts";
import { Ledger } from "./ledger.ts";

/** How a ledger is opened. */
export interface OpenLedgerOptions {
  /** Told of records that were passed over. @default nobody */
  readonly warn?: (problem: Problem) => void;
}

/**
 * Opens a run ledger. Nothing is written before a run begins.
 *
 * @param location a folder, or `s3://<bucket>/<prefix>`
 * @throws AtollError `LEDGER_LOCATION` for an address of another kind
 */
export async function openLedger(
  location: string,
  { warn = () => undefined }: OpenLedgerOptions = {},
): Promise<Ledger> {
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//iu.exec(location)?.[1];
  if (scheme === undefined) return new Ledger(new FolderStore(resolve(location)), warn);
  const [, bucket = "", prefix = ""] = /^s3:\/\/([^/?]+)(?:\/([^?]*))?$/u.exec(location) ?? [];
  if (bucket === "") {
    throw new AtollError(
      "LEDGER_LOCATION",
      `The run ledger cannot be at ${location}: it is a folder, or s3://<bucket>/<prefix>.`,
    );
  }
  // Loaded where it is asked for: most runs keep their ledger in a folder.
  const { S3Store } = await import("./s3-store.ts");
  return new Ledger(new S3Store({ bucket, prefix: prefix.replace(/^\/+|\/+$/gu, "") }), warn);
}
