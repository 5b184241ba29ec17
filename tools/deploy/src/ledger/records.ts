/** What a run is against: the sandbox, AWS itself, or something that answers as AWS at another address. */
export type LedgerTarget = "sandbox" | "aws" | "emulator";

/** How a stack stands in a run. `unchanged`: nothing was to be done, so Pulumi was not started. */
export type RecordStatus =
  "waiting" | "running" | "ok" | "unchanged" | "failed" | "blocked" | "cancelled";

/** One run of a command over stacks. */
export interface RunRecord {
  readonly version: 1;
  /** Sorts by time; see `newRunId`. */
  readonly id: string;
  readonly organization: string;
  /** `up`, `destroy` and the like. */
  readonly command: string;
  readonly target: LedgerTarget;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  /** Null while it runs, and for ever after it was killed. */
  readonly endedAt: string | null;
  readonly host: string;
  readonly pid: number;
  readonly user: string;
  /** In the order in which they are shown. */
  readonly stacks: readonly string[];
}

/** What was predicted for one resource, and what the engine did. */
export interface OperationRecord {
  readonly urn: string;
  readonly type: string;
  /** `create`, `same`, `update`, `replace` or `delete`; null where nothing was predicted. */
  readonly predicted: string | null;
  /** Pulumi's word, such as `create`; null where the engine did not come to it. */
  readonly happened: string | null;
  /**
   * `failed`: the provider said no. `lost`: it was asked and never answered. `running`: begun, and nobody was there to see
   * how it ended. `none`: the engine did not come to it.
   */
  readonly state: "done" | "failed" | "lost" | "running" | "none";
}

/** How one stack came out of one run. Values of inputs and outputs are never in it, only hashes and paths. */
export interface StackRecord {
  readonly version: 1;
  readonly run: string;
  readonly stack: string;
  readonly status: RecordStatus;
  /** Why, for people; redacted. Empty when there is nothing to say. */
  readonly reason: string;
  /** Of everything that decides what the stack is to be; null where that is not known. */
  readonly inputHash: string | null;
  /** Hash of the outputs of each stack that it needs, as it was given them. */
  readonly needs: Readonly<Record<string, string>>;
  /** Versions of the stack's state; null where it was not read. */
  readonly stateBefore: string | null;
  readonly stateAfter: string | null;
  readonly outputsHash: string | null;
  readonly startedAt: string | null;
  readonly endedAt: string | null;
  readonly durationMilliseconds: number | null;
  /** Relative to the ledger, or absolute; null when nothing was logged. */
  readonly logFile: string | null;
  /** How often each operation happened. */
  readonly counts: Readonly<Record<string, number>>;
  readonly operations: readonly OperationRecord[];
  /**
   * URNs whose creation had no answer, carried over from earlier runs until a recovery has looked for them: they may
   * exist without being in the state.
   */
  readonly uncertain: readonly string[];
}

/** A record of a stack that waits for its turn, to be filled by `{ ...waitingRecord(…), … }`. */
export function waitingRecord(run: string, stack: string): StackRecord {
  return {
    version: 1,
    run,
    stack,
    status: "waiting",
    reason: "",
    inputHash: null,
    needs: {},
    stateBefore: null,
    stateAfter: null,
    outputsHash: null,
    startedAt: null,
    endedAt: null,
    durationMilliseconds: null,
    logFile: null,
    counts: {},
    operations: [],
    uncertain: [],
  };
}

/**
 * Names a run: its start to the millisecond, then something random, so that names sort by time and two machines that
 * start at once do not share one.
 *
 * @param random 6 or more characters
 */
export function newRunId(startedAt: Date, random: string): string {
  return `${startedAt.toISOString().replace(/[-:.]/gu, "").toLowerCase()}-${random.slice(0, 6)}`;
}

/** What a record leaves in doubt, as sorted URNs. */
export interface Doubts {
  /** May have been made without being in the state. */
  readonly made: readonly string[];
  /** May have been changed or deleted without the state saying so. */
  readonly changed: readonly string[];
}

/** Pulumi's words for operations that make something. */
const MAKES = new Set(["create", "create-replacement", "replace"]);

/** What the last run of a stack leaves in doubt: operations that were begun and not answered. */
export function doubtsOf(record: StackRecord | null): Doubts {
  const open = (record?.operations ?? []).filter(
    ({ state }) => state === "lost" || state === "running",
  );
  const made = open.filter(({ happened }) => MAKES.has(happened ?? "")).map(({ urn }) => urn);
  const changed = open.filter(({ happened }) => !MAKES.has(happened ?? "")).map(({ urn }) => urn);
  return {
    made: [...new Set([...(record?.uncertain ?? []), ...made])].sort(),
    changed: [...new Set(changed)].sort(),
  };
}

/** How Pulumi and gRPC report a provider that went away with a question open; read in their 3.259.0 and by killing one. */
const NO_ANSWER =
  /error reading from server|transport is closing|connection (?:refused|reset|error)|\bEOF\b|Unavailable/u;

/** Whether an engine's error message means that the provider never answered, instead of saying no. */
export function isAnswerLost(message: string): boolean {
  return NO_ANSWER.test(message);
}
