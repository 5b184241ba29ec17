import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * Whether a program runs with stack traces. They are over half of a large program's time, so a stack runs without them
 * (and with other short cuts) until a run of it fails; then with them, until one succeeds. What failed is noted in Pulumi's home; without a home of
 * one's own, traces stay on.
 */
export class StackTraces {
  readonly #file: string | null;

  constructor(pulumiHome: string | undefined, project: string, stack: string) {
    const name = `${encodeURIComponent(project)}~${encodeURIComponent(stack)}`;
    const isNamed = pulumiHome !== undefined && pulumiHome !== "";
    this.#file = isNamed ? join(pulumiHome, "atoll-failed", name) : null;
  }

  /** True when the next run has them. */
  get on(): boolean {
    return this.#file === null || existsSync(this.#file);
  }

  /** Notes how a run ended. */
  note(succeeded: boolean): void {
    if (this.#file === null) return;
    if (succeeded) {
      rmSync(this.#file, { force: true });
      return;
    }
    mkdirSync(join(this.#file, ".."), { recursive: true });
    writeFileSync(this.#file, "");
  }
}
