import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { DeployedOrganization } from "./deployed-organization.ts";

/** An organization of two accounts, `management` and `app`, not yet brought up. */
export function twoAccounts(): DeployedOrganization {
  const source = join(import.meta.dirname, "../../fixtures/two-accounts");
  return new DeployedOrganization(source, ["organization.ts", "management", "app"]);
}

/** Gives the network of the second account another shape, from 0 to 3. */
export function setShape(organization: DeployedOrganization, shape: number): void {
  organization.edit("app/index.ts", (text) =>
    text.replace(
      /SHAPE: number = \d+;.*/u,
      // The comment makes it an edit even where the shape stays.
      `SHAPE: number = ${String(shape)}; // ${String(performance.now())}`,
    ),
  );
}

/** What Pulumi has printed in all runs so far. */
export function logsOf({ local }: DeployedOrganization): string {
  const folder = join(local, "logs");
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".log"))
    .map((name) => readFileSync(join(folder, name), "utf8"))
    .join("\n");
}
