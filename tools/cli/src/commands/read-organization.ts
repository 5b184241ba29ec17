import { existsSync, readFileSync } from "node:fs";
import { relative, sep } from "node:path";

import { hasErrors, sortProblems, type Problem } from "@atoll/core";
import type { AddressBook } from "@atoll/networking/plan";
import type { Organization } from "@atoll/organization";

import type { Session } from "../session.ts";

/** The organization and its address book, as far as they can be read. */
export interface ReadOrganization {
  /** Null when `problems` holds an error of it. */
  readonly organization: Organization | null;
  /** Null when the book cannot be read; empty when there is no file yet. */
  readonly book: AddressBook | null;
  /** Absolute path of the address book. */
  readonly bookFile: string;
  /** The book's text as it was read; null when there is no file. */
  readonly bookText: string | null;
  /** Of the organization, of the book by itself, and of the book against the organization. */
  readonly problems: readonly Problem[];
}

/**
 * Reads the organization file and the address book beside it.
 *
 * @throws AtollError `ORGANIZATION_FILE_MISSING`
 */
export async function readOrganization(session: Session): Promise<ReadOrganization> {
  session.doing("reading the organization");
  const [{ loadOrganization }, networking] = await Promise.all([
    import("@atoll/engine"),
    import("@atoll/networking/plan"),
  ]);
  const loaded = await loadOrganization(session.organizationFile);
  const organization = loaded.definition?.organization ?? null;
  const bookFile = networking.addressBookPath(session.organizationFile);
  const bookText = existsSync(bookFile) ? readFileSync(bookFile, "utf8") : null;
  const shownFile = relative(session.root, bookFile).split(sep).join("/");
  const parsed =
    bookText === null
      ? { book: networking.EMPTY_ADDRESS_BOOK, problems: [] }
      : networking.parseAddressBook(bookText, shownFile);
  const checked =
    organization === null || parsed.book === null || hasErrors(loaded.problems)
      ? []
      : networking.locateAddressProblems(
          networking.checkAddressBook(organization, parsed.book),
          shownFile,
          bookText ?? "",
        );
  return {
    organization: hasErrors(loaded.problems) ? null : organization,
    book: parsed.book,
    bookFile,
    bookText,
    problems: sortProblems([...loaded.problems, ...parsed.problems, ...checked]),
  };
}
