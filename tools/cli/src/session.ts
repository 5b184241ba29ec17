import type { Cleanup } from "./cleanup.ts";
import type { Io } from "./io.ts";

/** What every command is given: where it runs, where it writes, and how it is stopped. */
export interface Session {
  /** Folder of the workspace that this command belongs to. */
  readonly root: string;
  /** Folder that the command was started in. */
  readonly cwd: string;
  readonly io: Io;
  readonly quiet: boolean;
  /** Absolute path. */
  readonly organizationFile: string;
  /** True when the organization file was named, on the command line or in the environment. */
  readonly organizationNamed: boolean;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Aborts when the user or the system stops the command. */
  readonly signal: AbortSignal;
  /** Lets the command take its time when it is stopped: only a second signal ends it at once. */
  readonly takeTime: () => void;
  readonly cleanup: Cleanup;
  /** Says what is being done, for the case that it fails. */
  readonly doing: (what: string) => void;
}
