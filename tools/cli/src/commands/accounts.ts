import { hasErrors } from "@atoll/core";

import { EXIT } from "../exit-codes.ts";
import { accountSummaries, renderAccounts } from "../render/accounts.ts";
import { renderProblemSection } from "../render/preview.ts";
import type { Session } from "../session.ts";

import { readOrganization } from "./read-organization.ts";

/** Runs `atoll accounts`; the result is the exit code. */
export async function accountsCommand(
  session: Session,
  options: { readonly json?: true },
): Promise<number> {
  const { io } = session;
  const { organization, book, problems } = await readOrganization(session);
  const accounts = organization === null ? [] : accountSummaries(organization, book);
  if (options.json === true) {
    const data = { version: 1, organization: organization?.name ?? "", accounts, problems };
    io.out(`${JSON.stringify(data, null, 2)}\n`);
  } else {
    if (organization !== null && !session.quiet) io.out(renderAccounts(accounts, io.paint));
    const found = problems.map((problem) => ({ stack: null, problem }));
    const section = renderProblemSection(found, io.paint);
    io.out(organization === null || session.quiet ? section.trimStart() : section);
  }
  return hasErrors(problems) ? EXIT.errors : EXIT.ok;
}
