import { mayStart } from "./admission.ts";
import { measureMemory } from "./memory.ts";

/** What a stack's processes are expected to take until some were seen, in MiB: `pulumi` about 100, a provider 40 to 430. */
const FIRST_GUESS_MIB = 350;
/** What a process that runs programs comes to, in MiB, unless they leave much behind. */
const HOST_MIB = 150;

/** A stack that runs. */
export interface RunningStack {
  /** Process id of its `pulumi`; undefined until it has one. */
  readonly pid: number | undefined;
  /** Whether its provider has done something: it then takes what providers take. */
  readonly isUnderWay: boolean;
}

/** Bounds of what runs at once. */
export interface RoomLimits {
  /** Stacks at once. */
  readonly width: number;
  /** What the command and everything that it starts may take, in MiB. */
  readonly memoryMiB: number;
  /** Processes that run programs; 0 where none are run. */
  readonly hosts: number;
}

/**
 * Room for stacks. It learns what a stack takes from those that run, and until one was seen under way it expects much: the
 * first stacks tell how many may join them.
 */
export class Room {
  readonly #limits: RoomLimits;
  #seenMiB = 0;

  constructor(limits: RoomLimits) {
    this.#limits = limits;
  }

  /**
   * Whether one more may start beside those that run.
   *
   * @param hosts process ids of those that run programs
   */
  hasRoom(running: readonly RunningStack[], hosts: readonly number[]): boolean {
    const { width, memoryMiB } = this.#limits;
    if (running.length >= width) return false;
    const memoryOf = measureMemory(process.pid);
    const runningMiB = running.map(({ pid }) => (pid === undefined ? 0 : memoryOf(pid)));
    running.forEach(({ isUnderWay }, index) => {
      if (isUnderWay) this.#seenMiB = Math.max(this.#seenMiB, runningMiB[index] ?? 0);
    });
    const hostsMiB = hosts.reduce((sum, pid) => sum + memoryOf(pid), 0);
    const hostsGrowMiB = Math.max(0, this.#limits.hosts * HOST_MIB - hostsMiB);
    return mayStart({
      width,
      budgetMiB: memoryMiB,
      usedMiB: memoryOf(process.pid) + hostsGrowMiB,
      runningMiB,
      stackMiB: this.#seenMiB === 0 ? FIRST_GUESS_MIB : this.#seenMiB,
    });
  }
}
