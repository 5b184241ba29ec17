export type { CloudModel } from "./cloud/cloud-model.ts";
export type {
  Cloud,
  CloudAnswer,
  CloudChange,
  CloudKey,
  CloudOrigin,
  CloudResource,
  CreateRequest,
  Refusal,
  RefusalKind,
} from "./cloud/cloud.ts";
export { cloudExplanations, cloudRules, REFUSAL_CODES } from "./cloud/cloud-rules.ts";
export { cloudOf } from "./cloud/memory-cloud.ts";
export type { CloudOptions, MemoryCloud } from "./cloud/memory-cloud.ts";
export { refusalFinding } from "./cloud/refusal-finding.ts";
export type { CloudRule } from "./cloud/row.ts";
export type { SeedAccount, SeedOrganization } from "./cloud/seed.ts";
export type { DiffOptions, InputChange, ResourceDiff } from "./change/diff.ts";
export type { ReplacementAnswer } from "./change/replacement.ts";
export type { ChangeKind } from "./change/row.ts";
export type { CodeExplanation, Explanation, Fact } from "./explain/explanation.ts";
export { MODEL_CODES } from "./explain/model-codes.ts";
export { ANSWERED_DATA_SOURCES } from "./invoke/answer-invoke.ts";
export { loadModel } from "./load-model.ts";
export type {
  AwsModel,
  Finding,
  InvokeAnswer,
  InvokeRequest,
  PartitionName,
  PlannedResource,
  PlanRequest,
  Scope,
} from "./model.ts";
export type { Provenance, ProvenanceKind } from "./provenance.ts";
export { generateTables, tablesReady } from "./tables/ready.ts";
export type { TableOptions } from "./tables/ready.ts";
export { typesInUse } from "./types-in-use.ts";
export { AssetValue, UNKNOWN } from "./values.ts";
export type { PlainRecord, PlainValue } from "./values.ts";
