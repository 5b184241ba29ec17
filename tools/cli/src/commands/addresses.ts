import { hasErrors } from "@atoll/core";

import { EXIT } from "../exit-codes.ts";
import { addressSummary, renderAddresses } from "../render/addresses.ts";
import { renderProblemSection } from "../render/preview.ts";
import type { Session } from "../session.ts";

import { readOrganization } from "./read-organization.ts";

/** Runs `atoll addresses`; the result is the exit code. */
export async function addressesCommand(
  session: Session,
  options: { readonly json?: true },
): Promise<number> {
  const { io } = session;
  const { organization, book, problems } = await readOrganization(session);
  const summary =
    organization === null || book === null ? undefined : addressSummary(organization, book);
  if (options.json === true) {
    const { pools = [], vpcs = [] } = summary ?? {};
    const data = { version: 1, organization: organization?.name ?? "", pools, vpcs, problems };
    io.out(`${JSON.stringify(data, null, 2)}\n`);
  } else {
    if (summary !== undefined && !session.quiet) io.out(renderAddresses(summary, io.paint));
    const found = problems.map((problem) => ({ stack: null, problem }));
    const section = renderProblemSection(found, io.paint);
    io.out(summary === undefined || session.quiet ? section.trimStart() : section);
  }
  return hasErrors(problems) ? EXIT.errors : EXIT.ok;
}
