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
