import type { LifecycleAction } from "../lifecycle.ts";
import type { Account } from "../model.ts";

/** What a program says of itself, without being run. */
export interface ProgramManifest {
  /** The kind of account that it makes; for a unit, empty. */
  readonly kind: string;
  /** The unit's name; null for an account's platform. */
  readonly unit: string | null;
  /** The kinds whose outputs it reads. */
  readonly needs: readonly string[];
}

/** One stack: an account's platform, or a unit in it. */
export interface StackPlan {
  /** `<account>`, or `<account>.<unit>`. */
  readonly stack: string;
  readonly account: Account;
  readonly unit: string | null;
  /** The account's kind. */
  readonly kind: string;
  /** For each needed kind, the stack whose outputs answer it; keys sorted. Empty for a skipped stack. */
  readonly needs: Readonly<Record<string, string>>;
  /** What the command does to it, by the account's lifecycle. */
  readonly status: LifecycleAction;
  /** Why, in words for people. */
  readonly reason: string;
}
