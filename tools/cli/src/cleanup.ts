/** What must be undone before the process ends, however it ends. */
export class Cleanup {
  readonly #steps = new Set<() => void>();

  /** Adds a step; the result runs it at once and forgets it. */
  add(step: () => void): () => void {
    this.#steps.add(step);
    return () => {
      if (this.#steps.delete(step)) step();
    };
  }

  /** Runs every step, the last one first; one that fails does not keep the others from running. */
  run(): void {
    for (const step of [...this.#steps].reverse()) {
      this.#steps.delete(step);
      try {
        step();
      } catch {
        // Nothing more can be done about it while the process ends.
      }
    }
  }
}
