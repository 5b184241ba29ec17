export { findPulumi, lookForPulumi, OWN_LANGUAGE_HOST } from "./pulumi-cli/find-pulumi.ts";
export type { FindPulumiOptions } from "./pulumi-cli/find-pulumi.ts";
export type { PulumiChoice } from "./pulumi-cli/choose-pulumi.ts";
export type { DeployTarget, FoundPulumi, PulumiStep } from "./pulumi-cli/types.ts";
export { withFileLock } from "./pulumi-cli/file-lock.ts";
export type { FileLockOptions } from "./pulumi-cli/file-lock.ts";
export { pinnedVersions } from "./pulumi-cli/pinned-versions.ts";
export type { PinnedVersions } from "./pulumi-cli/pinned-versions.ts";
export { shellExports } from "./env/shell-exports.ts";
export { localFolders } from "./env/local-folders.ts";
export type { LocalFolders } from "./env/local-folders.ts";
export { refreshSettings } from "./env/stack-settings.ts";
export { installSandboxPlugin } from "./env/sandbox-plugin.ts";
export { pulumiEnvironment, SANDBOX_PASSPHRASE } from "./env/pulumi-environment.ts";
export type { PulumiEnvironmentOptions } from "./env/pulumi-environment.ts";
export { writePlannedOutputs } from "./env/planned-outputs.ts";
export type { PlannedOutputsOptions } from "./env/planned-outputs.ts";
export { preparePulumi } from "./env/prepare-pulumi.ts";
export type { PreparedPulumi, PreparePulumiOptions } from "./env/prepare-pulumi.ts";
export { prepareAws } from "./env/prepare-aws.ts";
export type { PrepareAwsOptions } from "./env/prepare-aws.ts";
export { deploy } from "./deploy/deploy.ts";
export type {
  Canary,
  DeployCommand,
  DeployReport,
  DeployRequest,
  DeployUi,
  Phase,
} from "./deploy/deploy-types.ts";
export { driftOf } from "./drift/drift-report.ts";
export type { DriftedProperty, DriftedResource, StackDrift } from "./drift/drift-report.ts";
export { DEFAULT_LIMITS } from "./run/run-options.ts";
export type { RunEvent, RunLimits, StackOutcome } from "./run/run-options.ts";
export type { Operation } from "./run/operations.ts";
export type { RecoveryAnswer } from "./recovery/plan-recovery.ts";
export { openLedger } from "./ledger/open-ledger.ts";
export type { Ledger } from "./ledger/ledger.ts";
export type { LedgerTarget, OperationRecord, RunRecord, StackRecord } from "./ledger/records.ts";
export { explainHolder, lifeOf } from "./ledger/lock-holder.ts";
export type { StackAccess } from "./state/stack-access.ts";
export { clearStackLock, readStackLocks, stackLocked } from "./recovery/stack-lock.ts";
export { scoreRuns } from "./score/score-runs.ts";
export type { Miss, Score, ScoredRun, TypeScore } from "./score/score-runs.ts";
export { realValues } from "./state/real-values.ts";
