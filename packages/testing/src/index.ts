export { record, type Computed, type RecordOptions, type Recording } from "./record.ts";
export type { Recorded, RecordedOptions } from "./recorded.ts";
