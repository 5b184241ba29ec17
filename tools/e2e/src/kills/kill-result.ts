import type { Victim } from "./kill-plan.ts";

/** What came of the kills that one seed stands for. */
export interface KillResult {
  readonly seed: number;
  /** What was planned, in words. */
  readonly kills: readonly string[];
  /** Those that met their process. */
  readonly victims: readonly Victim[];
  readonly milliseconds: number;
  /** What went wrong; null when nothing did. */
  readonly problem: string | null;
}

/** A result as a line. */
export function describeResult({
  seed,
  kills,
  victims,
  milliseconds,
  problem,
}: KillResult): string {
  const end = problem ?? `${String(victims.length)} killed, ${String(milliseconds)} ms`;
  return `seed ${String(seed)}: ${kills.join("; then ")}: ${end}\n`;
}
