import type { GraphFormat } from "../render/graph.ts";

/** The options of `atoll preview`, as the command line gives them. */
export interface PreviewOptions {
  readonly json?: true;
  readonly sources?: true;
  readonly timings?: true;
  /** False with `--no-cache`. */
  readonly cache: boolean;
  readonly verbose?: true;
  readonly graph?: GraphFormat;
  readonly unknowns?: true;
  /** A git revision. */
  readonly base?: string;
  /** Threads that run programs. @default one for each core */
  readonly workers?: number;
}
