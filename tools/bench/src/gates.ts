/** A figure that must hold: a ratio of two medians of the same run. */
export interface Gate {
  /** Stable, such as `cdk-6`. */
  readonly name: string;
  /** What is claimed, for a reader. */
  readonly claim: string;
  readonly bound: "at-least" | "at-most";
  readonly target: number;
  /** The measured ratio; null where it could not be measured, which misses the gate. */
  readonly measured: number | null;
}

/** A gate with its verdict. */
export interface GateResult extends Gate {
  readonly passed: boolean;
}

/** Judges one gate. What was not measured, or is not a number, has not passed. */
export function evaluateGate(gate: Gate): GateResult {
  return { ...gate, passed: holds(gate) };
}

function holds({ bound, measured, target }: Gate): boolean {
  if (measured === null || !Number.isFinite(measured)) {
    return false;
  }
  switch (bound) {
    case "at-least":
      return measured >= target;
    case "at-most":
      return measured <= target;
    default: {
      const never: never = bound;
      return never;
    }
  }
}

/** 0 when every gate passed and every suite was measured, else 1. */
export function exitCode(gates: readonly GateResult[], failures: readonly string[]): 0 | 1 {
  return gates.every((gate) => gate.passed) && failures.length === 0 ? 0 : 1;
}
