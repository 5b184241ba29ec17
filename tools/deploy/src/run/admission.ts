/** What decides whether one more stack may start. All sizes in MiB. */
export interface Load {
  /** Most stacks at once. */
  readonly width: number;
  /** What the command and everything that it starts may take. */
  readonly budgetMiB: number;
  /** What all of it takes now. */
  readonly usedMiB: number;
  /** What each running stack's processes take now. */
  readonly runningMiB: readonly number[];
  /** What a stack's processes took at their peak: of those that were seen, else a guess. */
  readonly stackMiB: number;
}

/**
 * Whether one more stack may start: there is a place for it, and memory for it as well as for what the running ones
 * have yet to grow. One may always run, however small the budget.
 */
export function mayStart(load: Load): boolean {
  const running = load.runningMiB.length;
  if (running === 0) return true;
  if (running >= load.width) return false;
  const growth = load.runningMiB.reduce((sum, now) => sum + Math.max(0, load.stackMiB - now), 0);
  return load.usedMiB + growth + load.stackMiB <= load.budgetMiB;
}
