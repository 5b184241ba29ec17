import { closeSync, openSync, readSync } from "node:fs";

/** What a version that we built ends in: `v3.259.0+atoll`. Build metadata, so that what compares versions ignores it. */
export const BUILD_STAMP = "+atoll";

/** Our scripts that stand for a program of Pulumi's; each says so in its second line. */
export type OwnScript = "pulumi" | "language-host" | "sandbox-provider";

const MARK = /^# atoll: (pulumi|language-host|sandbox-provider)\b/;

/** How far into a file to look for the mark. */
const HEAD_BYTES = 256;

/** Which of our scripts a file is; null for a file of somebody else's, or one that cannot be read. */
export function ownScript(file: string): OwnScript | null {
  const [, second = ""] = headOf(file).split("\n");
  return (MARK.exec(second)?.[1] as OwnScript | undefined) ?? null;
}

function headOf(file: string): string {
  try {
    const descriptor = openSync(file, "r");
    try {
      const head = Buffer.alloc(HEAD_BYTES);
      return head.toString("latin1", 0, readSync(descriptor, head, 0, HEAD_BYTES, 0));
    } finally {
      closeSync(descriptor);
    }
  } catch {
    return "";
  }
}
