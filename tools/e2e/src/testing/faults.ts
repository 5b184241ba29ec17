import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import type { DeployedOrganization } from "./deployed-organization.ts";

/**
 * Tells the sandbox what is to go wrong from now on. What it has counted so far is forgotten.
 *
 * @param faults as the README of the sandbox describes them; null for nothing
 */
export function setFaults(organization: DeployedOrganization, faults: object | null): void {
  const counted = ["", "-journal", "-wal", "-shm"].map((end) => `faults.sqlite${end}`);
  for (const name of counted) rmSync(join(organization.local, "sandbox", name), { force: true });
  if (faults === null) {
    delete organization.env["ATOLL_SANDBOX_FAULTS"];
    return;
  }
  const file = join(organization.folder, "faults.json");
  writeFileSync(file, JSON.stringify(faults));
  organization.env["ATOLL_SANDBOX_FAULTS"] = file;
}
