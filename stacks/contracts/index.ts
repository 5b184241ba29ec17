/** What each kind of account hands on. Importing this makes the kinds and their outputs known to the compiler. */
export type { DeliveryOutputs } from "./delivery.ts";
export type { ManagementOutputs } from "./management.ts";
export type { NetworkOutputs } from "./network.ts";
export type { SecurityOutputs } from "./security.ts";
export type { WorkloadOutputs } from "./workload.ts";
