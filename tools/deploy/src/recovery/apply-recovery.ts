import { AtollError, ProblemError } from "@atoll/core";

import type { ExportedState } from "../state/deployment.ts";
import { importState } from "../state/import-state.ts";
import { runPulumi } from "../state/run-pulumi.ts";
import type { StackAccess } from "../state/stack-access.ts";

import type { DeclaredResource } from "./declared.ts";
import { editDeployment } from "./edit-deployment.ts";
import type { RecoveryPlan } from "./plan-recovery.ts";

/** What a recovery is applied with. */
export interface ApplyRecoveryOptions {
  readonly declared: readonly DeclaredResource[];
  /** Takes secrets out of what Pulumi prints. */
  readonly redact: (text: string) => string;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Does what a recovery decided. The state is written in one step; then what was imported, and what is in doubt, is read
 * from its provider. Killed in between, the state says by itself what is still to be read: the next recovery reads it.
 *
 * @throws ProblemError with what is left to a person, before anything is changed; AtollError `STATE_NOT_WRITTEN`,
 *   `RECOVERY_WITHOUT_PROVIDER`, `RECOVERY_REFRESH_FAILED`
 */
export async function applyRecovery(
  access: StackAccess,
  state: ExportedState,
  plan: RecoveryPlan,
  { declared, redact, signal }: ApplyRecoveryOptions,
): Promise<void> {
  if (plan.problems.length > 0) throw new ProblemError(plan.problems);
  const { deployment } = state;
  if (plan.rewrites) {
    const edited = editDeployment(deployment, plan, declared);
    await importState(access, { ...state, deployment: edited }, signal);
  }
  if (plan.refresh.length === 0) return;
  const targets = plan.refresh.flatMap((urn) => ["--target", urn]);
  const { exitCode, out, err } = await runPulumi(access, {
    args: ["refresh", "--yes", "--skip-preview", "--suppress-outputs", ...targets],
    signal,
  });
  if (exitCode === 0) return;
  const why = `${out}\n${err}`.split("\n").filter((line) => line.includes("error"));
  throw new AtollError(
    "RECOVERY_REFRESH_FAILED",
    `After a run that was cut short, ${String(plan.refresh.length)} resources of ${access.stack} could not be read: ${redact(why.slice(0, 5).join(" ").trim())}`,
  );
}
