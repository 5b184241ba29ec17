import { doubtsOf, type StackRecord } from "../ledger/records.ts";
import { readState } from "../state/read-state.ts";
import type { StackAccess } from "../state/stack-access.ts";

import { applyRecovery } from "./apply-recovery.ts";
import type { DeclaredResource } from "./declared.ts";
import { endOrphans } from "./end-orphans.ts";
import type { IdentityLookup } from "./identity.ts";
import { planRecovery, type RecoveryAnswer, type RecoveryDecision } from "./plan-recovery.ts";
import { needsRecovery, soughtResources } from "./seek-resources.ts";
import { clearStackLock, type StackLock } from "./stack-lock.ts";

/** What a recovery takes. */
export interface RecoverStackOptions {
  /** What the program declares now, from an embedded preview; empty when it could not be previewed. */
  readonly declared: readonly DeclaredResource[];
  /** The stack's newest record. */
  readonly latest: StackRecord | null;
  readonly lookup: IdentityLookup;
  /** By URN. @default none */
  readonly answers?: ReadonlyMap<string, RecoveryAnswer>;
  /** Takes secrets out of what Pulumi prints. */
  readonly redact: (text: string) => string;
  readonly signal?: AbortSignal | undefined;
}

/** What a recovery did. */
export interface RecoveryReport {
  /** Locks that a killed Pulumi had left. */
  readonly unlocked: readonly StackLock[];
  /** Processes that a killed Pulumi had left. */
  readonly ended: readonly number[];
  readonly decisions: readonly RecoveryDecision[];
  /** URNs that were read anew. */
  readonly refreshed: readonly string[];
}

/**
 * Brings a stack whose last run did not end cleanly back to a state that says what exists: clears the stale lock, ends
 * what was left running, finds what was made and not recorded, imports it, and reads what is in doubt. It does nothing to
 * a stack whose last run ended well. It may be killed at any moment and be run again.
 *
 * @throws AtollError `STACK_LOCKED` when Pulumi is at work on the stack; ProblemError with what is left to a person
 *   (`RECOVERY_AMBIGUOUS`, `RECOVERY_UNIDENTIFIED`); what `readState` and `applyRecovery` throw
 */
export async function recoverStack(
  access: StackAccess,
  options: RecoverStackOptions,
): Promise<RecoveryReport> {
  const { declared, latest, lookup, answers, redact, signal } = options;
  const unlocked = await clearStackLock(access, { signal });
  const ended = endOrphans(access);
  const state = await readState(access, signal);
  const nothing = { unlocked, ended, decisions: [], refreshed: [] };
  if (state === null) return nothing;
  const { deployment } = state;
  const doubts = doubtsOf(latest);
  const seek = { deployment, declared, doubts, cutShort: isCutShort(latest) };
  if (!needsRecovery(seek)) return nothing;
  const sought = soughtResources(seek);
  const found = sought.length === 0 ? new Map<string, never>() : await lookup.find(sought);
  const plan = planRecovery({
    deployment,
    sought,
    found,
    doubts,
    ...(answers === undefined ? {} : { answers }),
  });
  await applyRecovery(access, state, plan, { declared, redact, signal });
  return { unlocked, ended, decisions: plan.decisions, refreshed: plan.refresh };
}

/** Any run that did not end well may have left something, or one before it whose traces are still to be looked for. */
function isCutShort(latest: StackRecord | null): boolean {
  return latest !== null && latest.status !== "ok" && latest.status !== "unchanged";
}
