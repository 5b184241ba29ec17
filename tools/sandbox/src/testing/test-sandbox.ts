import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { prepareSandbox } from "../prepare-sandbox.ts";
import { testOrganization } from "./organization.ts";

/** A prepared sandbox in a folder of its own. */
export interface TestSandbox {
  readonly folder: string;
  readonly remove: () => void;
}

/** Makes a sandbox for a test, which removes it. */
export function makeTestSandbox(): TestSandbox {
  const folder = mkdtempSync(join(tmpdir(), "atoll-sandbox-"));
  prepareSandbox({
    folder,
    organization: { ...testOrganization(), organizationId: "o-acme000000" },
  });
  return {
    folder,
    remove: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
