import type { Problem } from "@atoll/core";

/**
 * Refuses a run that would touch more accounts than it may. The result is the error `BLAST_RADIUS`, or null.
 *
 * @param most null for no limit
 * @param accounts sorted
 */
export function refuseTooMany(most: number | null, accounts: readonly string[]): Problem | null {
  if (most === null || accounts.length <= most) return null;
  return {
    code: "BLAST_RADIUS",
    severity: "error",
    path: "",
    message: `This run would touch ${String(accounts.length)} accounts, where ${String(most)} are allowed: ${accounts.join(", ")}.`,
    got: [...accounts],
    expected: `at most ${String(most)} accounts with changes (--max-accounts)`,
    fix: "Name fewer stacks, split the change, or allow more.",
  };
}
