/** What the command's exit code says. An interrupted run exits with 128 plus the signal's number. */
export const EXIT = {
  /** No error was found; warnings do not count. */
  ok: 0,
  /** Errors were found. */
  errors: 1,
  /** Wrong usage, or no such file, revision or stack. */
  usage: 2,
  /** Atoll itself failed. */
  internal: 3,
} as const;

/** The signals that end a run early. */
export type StopSignal = "SIGHUP" | "SIGINT" | "SIGTERM";

/** What a run exits with that a signal ended. */
export const SIGNAL_EXIT: Readonly<Record<StopSignal, number>> = {
  SIGHUP: 129,
  SIGINT: 130,
  SIGTERM: 143,
};

/** Said at the end of every `--help`. */
export const EXIT_CODE_HELP = `Exit codes:
  0  no error was found (warnings do not count)
  1  errors were found
  2  wrong usage, or no such file, revision or stack
  3  Atoll itself failed
`;
