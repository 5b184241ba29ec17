import { suggest } from "@atoll/core";

import { UsageError } from "../errors.ts";
import type { Session } from "../session.ts";

/**
 * Refuses names of stacks that the organization does not have. An organization that cannot be read refuses nothing:
 * the preview says what is wrong with it.
 *
 * @throws UsageError `UNKNOWN_STACK`
 */
export async function checkStackNames(session: Session, names: readonly string[]): Promise<void> {
  if (names.length === 0) return;
  session.doing("reading the organization");
  const { loadOrganization } = await import("@atoll/engine");
  const { definition } = await loadOrganization(session.organizationFile);
  const organization = definition?.organization;
  if (organization === undefined || organization === null) return;
  const known = organization.accounts.flatMap((account) => [
    account.name,
    ...account.units.map((unit) => `${account.name}.${unit.name}`),
  ]);
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length === 0) return;
  const messages = unknown.map((name) => {
    const near = suggest(name, known);
    return `there is no stack "${name}"${near === undefined ? "" : ` (did you mean ${near}?)`}`;
  });
  const few = known.length <= 20 ? `The stacks are ${known.join(", ")}.` : "";
  throw new UsageError("UNKNOWN_STACK", messages.join("\n"), few || "`atoll accounts` lists them.");
}
