import { mkdtempSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** How deep a chain of causes is followed. */
const LONGEST_CHAIN = 10;

/** What a crash report is made of. */
export interface Crash {
  readonly error: unknown;
  /** What was being done, such as `previewing network`. */
  readonly doing: string;
  readonly argv: readonly string[];
}

/** What people are told: what was being done, why it failed, cause by cause, and where the rest is. */
export function crashMessage(crash: Crash, logFile: string | null, debug: boolean): string {
  const [first, ...causes] = causesOf(crash.error);
  const lines = [
    `atoll: failed while ${crash.doing}: ${messageOf(first)}`,
    ...causes.map((cause) => `  caused by: ${messageOf(cause)}`),
  ];
  if (debug) lines.push("", ...stacksOf(crash.error));
  if (logFile !== null) lines.push(`The full report is in ${logFile}.`);
  if (!debug) lines.push("ATOLL_DEBUG=1 prints the stack here.");
  return `${lines.join("\n")}\n`;
}

/** The report for the log file: everything, stacks included. */
function crashReport(crash: Crash): string {
  const lines = [
    `command: atoll ${crash.argv.join(" ")}`,
    `while: ${crash.doing}`,
    `node: ${process.version} ${process.platform} ${process.arch}`,
    "",
    ...stacksOf(crash.error),
  ];
  return `${lines.join("\n")}\n`;
}

/** Writes the report into a new folder inside of a temporary one; null when it cannot be written. */
export function writeCrashLog(crash: Crash, temporaryFolder: string): string | null {
  try {
    const file = join(mkdtempSync(join(temporaryFolder, "atoll-crash-")), "report.txt");
    writeFileSync(file, crashReport(crash), { mode: 0o600 });
    return file;
  } catch {
    return null;
  }
}

function causesOf(error: unknown): readonly unknown[] {
  const chain: unknown[] = [];
  for (let next = error; next !== undefined && chain.length < LONGEST_CHAIN;) {
    if (chain.includes(next)) break;
    chain.push(next);
    next = next instanceof Error ? next.cause : undefined;
  }
  return chain;
}

function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code } = error as { code?: unknown };
  const name = typeof code === "string" ? code : error.name;
  return error.message.includes(name) ? error.message : `${error.message} (${name})`;
}

function stacksOf(error: unknown): readonly string[] {
  return causesOf(error).map((cause, index) => {
    const text = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
    return index === 0 ? text : `caused by: ${text}`;
  });
}
