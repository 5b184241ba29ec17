import { AtollError } from "@atoll/core";
import type { AccountListing } from "@atoll/sandbox";

import { EXIT } from "../exit-codes.ts";
import { plural, renderTable } from "../render/table.ts";
import type { Session } from "../session.ts";

/** Codes that mean: what was named on the command line is not there, or is no such thing. */
const USAGE_CODES: ReadonlySet<string> = new Set([
  "SANDBOX_ACCOUNT_UNKNOWN",
  "SANDBOX_NOT_PREPARED",
  "SANDBOX_PROPERTY_INVALID",
  "SANDBOX_RESOURCE_AMBIGUOUS",
  "SANDBOX_RESOURCE_UNKNOWN",
]);

/** Runs `atoll sandbox set`: changes a property behind Pulumi's back. The result is the exit code. */
export async function sandboxSetCommand(
  session: Session,
  resource: string,
  assignment: string,
): Promise<number> {
  return inSandbox(session, async (folder) => {
    const { setProperty } = await import("@atoll/sandbox");
    const at = assignment.indexOf("=");
    if (at < 1) {
      throw new AtollError(
        "SANDBOX_PROPERTY_INVALID",
        `"${assignment}" is no assignment: write <property>=<value>, such as tags.Name=web or enableDnsSupport=false.`,
      );
    }
    const property = assignment.slice(0, at);
    const set = setProperty({ folder, resource, property, value: assignment.slice(at + 1) });
    // The value may be a secret, so it is not repeated.
    session.io.out(
      `${property} of ${set.urn ?? `${set.type} ${set.id}`} is changed in account ${set.accountId}.\n`,
    );
  });
}

/** Runs `atoll sandbox show`; the result is the exit code. */
export async function sandboxShowCommand(
  session: Session,
  account: string | undefined,
  options: { readonly json?: true },
): Promise<number> {
  return inSandbox(session, async (folder) => {
    const { listSandbox } = await import("@atoll/sandbox");
    const listings = listSandbox(folder, account);
    session.io.out(options.json === true ? asJson(listings) : asText(listings, session));
  });
}

/** Runs `atoll sandbox reset`; the result is the exit code. */
export async function sandboxResetCommand(
  session: Session,
  account: string | undefined,
): Promise<number> {
  return inSandbox(session, async (folder) => {
    const { resetSandbox } = await import("@atoll/sandbox");
    const ids = resetSandbox(folder, account);
    session.io.out(
      `${plural(ids.length, "account")} of the sandbox ${ids.length === 1 ? "is" : "are"} as AWS hands them out: ` +
        `${ids.join(", ")}. Pulumi's state still holds what was in there; \`atoll refresh --sandbox\` tells it.\n`,
    );
  });
}

async function inSandbox(
  session: Session,
  action: (folder: string) => Promise<void>,
): Promise<number> {
  session.doing("reading the sandbox");
  try {
    await action(await folderOf(session));
    return EXIT.ok;
  } catch (error) {
    if (!(error instanceof AtollError) || !error.code.startsWith("SANDBOX_")) throw error;
    session.io.err(`atoll: ${error.message}\n`);
    return USAGE_CODES.has(error.code) ? EXIT.usage : EXIT.errors;
  }
}

/** `ATOLL_SANDBOX` where a shell is set up for one, else the organization's own. */
async function folderOf({ env, root, organizationFile }: Session): Promise<string> {
  const named = env["ATOLL_SANDBOX"] ?? "";
  if (named !== "") return named;
  const { loadOrganization } = await import("@atoll/engine");
  const { definition } = await loadOrganization(organizationFile);
  const name = definition?.organization?.name;
  if (name === undefined) {
    throw new AtollError(
      "SANDBOX_NOT_PREPARED",
      `${organizationFile} has errors, so it is not known whose sandbox is meant; \`atoll preview\` says which.`,
    );
  }
  const { localFolders } = await import("@atoll/deploy");
  return localFolders(root, name).sandbox;
}

function asJson(listings: readonly AccountListing[]): string {
  const accounts = listings.map(({ account, accountId, resources }) => ({
    account,
    accountId,
    resources: resources.map(({ type, id, region, origin, urn }) => ({
      type,
      id,
      region,
      origin,
      urn,
    })),
  }));
  return `${JSON.stringify({ version: 1, accounts }, null, 2)}\n`;
}

function asText(listings: readonly AccountListing[], { io, quiet }: Session): string {
  return listings
    .map(({ account, accountId, resources }) => {
      const made = resources.filter(({ urn }) => urn !== null);
      const heading = `${account} (${accountId}): ${plural(made.length, "resource")} of programs, ${plural(
        resources.length - made.length,
        "other",
      )}\n`;
      if (quiet || made.length === 0) return heading;
      const rows = made.map(({ type, id, region, urn }) => [
        { text: type },
        { text: urn?.split("::").at(-1) ?? "" },
        { text: region },
        { text: id },
      ]);
      const columns = ["TYPE", "NAME", "REGION", "ID"].map((title) => ({ title }));
      return `${heading}\n${renderTable(columns, rows, io.paint)}`;
    })
    .join("\n");
}
