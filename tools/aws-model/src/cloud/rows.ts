import type { CloudTable } from "./row.ts";
import { COMPUTE_ROWS } from "./rows/compute.ts";
import { FIREWALL_ROWS } from "./rows/firewalls.ts";
import { GATEWAY_ROWS } from "./rows/gateways.ts";
import { IDENTITY_ROWS } from "./rows/identity.ts";
import { ORGANIZATION_ROWS } from "./rows/organizations.ts";
import { ROUTING_ROWS } from "./rows/routing.ts";
import { STORAGE_ROWS } from "./rows/storage.ts";
import { VPC_ROWS } from "./rows/vpc.ts";

/** What AWS holds the resources of each type to. */
export const CLOUD_ROWS: CloudTable = {
  ...COMPUTE_ROWS,
  ...FIREWALL_ROWS,
  ...GATEWAY_ROWS,
  ...IDENTITY_ROWS,
  ...ORGANIZATION_ROWS,
  ...ROUTING_ROWS,
  ...STORAGE_ROWS,
  ...VPC_ROWS,
};
