import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import {
  addressBookPath,
  allocateAddresses,
  EMPTY_ADDRESS_BOOK,
  renderAddressBook,
} from "@atoll/networking/plan";

import {
  benchAccountName,
  defineBenchOrganization,
} from "../organization/define-bench-organization.ts";
import type { AccountTags } from "../organization/define-bench-organization.ts";
import { BenchError } from "./errors.ts";

/** Folder of the bench organizations, relative to the checkout. */
const FOLDER = "tools/bench/organization";

/** The organization file of that many accounts, relative to the checkout. */
export function organizationFile(accounts: number): string {
  return `${FOLDER}/organization-${accounts}.ts`;
}

/**
 * Writes the organization file of that many accounts into a checkout, and its address book where there is none.
 *
 * @throws BenchError `BENCH_ORGANIZATION` when the organization or its addresses have problems.
 */
export function writeOrganization(checkout: string, accounts: number, tags?: AccountTags): void {
  const file = join(checkout, organizationFile(accounts));
  const extra = tags === undefined ? "" : `, ${JSON.stringify(tags)}`;
  writeFileSync(
    file,
    `import { defineBenchOrganization } from "./define-bench-organization.ts";\n\n` +
      `export default defineBenchOrganization(${accounts}${extra});\n`,
  );
  const book = addressBookPath(file);
  if (!existsSync(book)) {
    writeFileSync(book, benchAddressBook(accounts));
  }
}

/** A change of one account, in the middle, different for every revision. */
export function oneAccountChanged(accounts: number, revision: number): AccountTags {
  return { [benchAccountName(Math.ceil(accounts / 2))]: { revision: String(revision) } };
}

/** The address book of that many bench accounts, as the text of its file. */
export function benchAddressBook(accounts: number): string {
  const { organization, problems } = defineBenchOrganization(accounts);
  const allocated =
    organization === null ? null : allocateAddresses(organization, EMPTY_ADDRESS_BOOK);
  const all = [...problems, ...(allocated?.problems ?? [])];
  if (allocated === null || all.some(({ severity }) => severity === "error")) {
    const lines = all.map(({ code, path, message }) => `${code} ${path}: ${message}`);
    throw new BenchError("BENCH_ORGANIZATION", lines.slice(0, 8).join("\n"));
  }
  return renderAddressBook(allocated.book);
}
