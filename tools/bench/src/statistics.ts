import { BenchError } from "./errors.ts";

/** What one run of a command cost. */
export interface Sample {
  /** Wall-clock time, in seconds. */
  readonly seconds: number;
  /** User and system time of the whole process tree, in seconds. */
  readonly cpuSeconds: number;
  /** Highest PSS of the whole process tree, in MiB; null where memory was not looked at. */
  readonly peakPssMiB: number | null;
}

/** The runs of one command, by what was measured in them. */
export interface Runs {
  /** Timed, with nobody looking at the memory: looking costs the command a few per cent. */
  readonly timed: readonly Sample[];
  /** Runs for the memory alone. */
  readonly memory: readonly Sample[];
}

/** What a command costs: medians, each column by itself. */
export interface Cost {
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly peakPssMiB: number;
  /** How far the timed runs lie apart: (slowest - fastest) / median. */
  readonly spread: number;
}

/**
 * The middle value; of an even count the mean of the middle two.
 *
 * @throws BenchError `BENCH_NO_SAMPLES` when there is none.
 */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.floor((sorted.length - 1) / 2)];
  if (upper === undefined || lower === undefined) {
    throw new BenchError("BENCH_NO_SAMPLES", "A median of no samples was asked for.");
  }
  return (lower + upper) / 2;
}

/**
 * Sums runs up.
 *
 * @throws BenchError `BENCH_NO_SAMPLES` when one of the columns was never measured.
 */
export function costOf({ timed, memory }: Runs): Cost {
  const seconds = timed.map((sample) => sample.seconds);
  const middle = median(seconds);
  return {
    seconds: middle,
    cpuSeconds: median(timed.map((sample) => sample.cpuSeconds)),
    peakPssMiB: median(
      memory.flatMap(({ peakPssMiB }) => (peakPssMiB === null ? [] : [peakPssMiB])),
    ),
    spread: (Math.max(...seconds) - Math.min(...seconds)) / middle,
  };
}

/** Commands run one after another as one sample: times add up, memory is that of the largest. */
export function sumSamples(samples: readonly Sample[]): Sample {
  const peaks = samples.flatMap(({ peakPssMiB }) => (peakPssMiB === null ? [] : [peakPssMiB]));
  return {
    seconds: samples.reduce((sum, sample) => sum + sample.seconds, 0),
    cpuSeconds: samples.reduce((sum, sample) => sum + sample.cpuSeconds, 0),
    peakPssMiB: peaks.length === 0 ? null : Math.max(...peaks),
  };
}
