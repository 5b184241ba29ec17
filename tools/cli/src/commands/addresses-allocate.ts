import { renameSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";

import { hasErrors, shortHash, type Problem } from "@atoll/core";
import type { AddressBook } from "@atoll/networking/plan";

import { EXIT } from "../exit-codes.ts";
import { withFileLock } from "../file-lock.ts";
import { renderProblemSection } from "../render/preview.ts";
import { plural, renderTable } from "../render/table.ts";
import type { Session } from "../session.ts";

import { readOrganization, type ReadOrganization } from "./read-organization.ts";

/** What an allocation comes to. */
interface Outcome {
  readonly book: AddressBook | null;
  /** Keys of the address book, sorted. */
  readonly added: readonly string[];
  readonly problems: readonly Problem[];
  readonly written: boolean;
}

/**
 * Runs `atoll addresses allocate`; the result is the exit code. Two that run at the same time do not lose each other's
 * blocks: reading, allocating and writing happen under a lock, and the file is replaced in one step.
 */
export async function allocateCommand(
  session: Session,
  options: { readonly dryRun?: true; readonly json?: true },
): Promise<number> {
  const { io, root, cleanup } = session;
  const dryRun = options.dryRun === true;
  const read = await readOrganization(session);
  const { organization } = read;
  const outcome =
    dryRun || organization === null
      ? await allocate(session, read, { write: false })
      : await withFileLock(
          join(root, ".atoll", organization.name, `addresses-${shortHash(read.bookFile, 12)}.lock`),
          // Once more: another process may have written it in between.
          async () => allocate(session, await readOrganization(session), { write: true }),
          { cleanup },
        );
  const { added, book, problems } = outcome;
  const file = relative(session.cwd, read.bookFile);
  if (options.json === true) {
    const blocks = Object.fromEntries(added.map((key) => [key, book?.allocations[key] ?? ""]));
    io.out(
      `${JSON.stringify({ version: 1, file, added: blocks, written: outcome.written, problems }, null, 2)}\n`,
    );
  } else {
    const found = problems.map((problem) => ({ stack: null, problem }));
    io.out(renderProblemSection(found, io.paint).trimStart());
    io.out(said({ ...outcome, file, dryRun }, session));
  }
  return hasErrors(problems) ? EXIT.errors : EXIT.ok;
}

async function allocate(
  session: Session,
  read: ReadOrganization,
  { write }: { readonly write: boolean },
): Promise<Outcome> {
  const { organization, book, bookFile } = read;
  session.doing("allocating addresses");
  const { allocateAddresses, renderAddressBook, checkAddressBook } =
    await import("@atoll/networking/plan");
  // What is missing is what this command adds.
  const before = read.problems.filter(({ code }) => code !== "ADDRESS_BOOK_MISSING_ENTRY");
  if (organization === null || book === null || hasErrors(before)) {
    return { book, added: [], problems: before, written: false };
  }
  const result = allocateAddresses(organization, book);
  if (hasErrors(result.problems)) {
    return { book, added: [], problems: [...before, ...result.problems], written: false };
  }
  const after = checkAddressBook(organization, result.book).filter(
    ({ severity }) => severity === "error",
  );
  const problems = [...before, ...result.problems, ...after];
  const written = write && result.added.length > 0 && !hasErrors(problems);
  if (written) replaceFile(session, bookFile, renderAddressBook(result.book));
  return { book: result.book, added: result.added, problems, written };
}

/** Writes the new file beside the old one and puts it in its place, so that nobody ever reads half a file. */
function replaceFile(session: Session, file: string, text: string): void {
  const temporary = `${file}.${String(process.pid)}.tmp`;
  const remove = session.cleanup.add(() => {
    rmSync(temporary, { force: true });
  });
  try {
    writeFileSync(temporary, text, { flag: "wx" });
    renameSync(temporary, file);
  } finally {
    remove();
  }
}

function said(
  outcome: Outcome & { readonly file: string; readonly dryRun: boolean },
  { io }: Session,
): string {
  const { added, book, problems, file, dryRun } = outcome;
  if (hasErrors(problems)) return `\n${file} was left as it is.\n`;
  if (added.length === 0) return `Nothing to allocate: ${file} has a block for everything.\n`;
  const rows = added.map((key) => [
    { text: "+", style: "added" as const },
    { text: key },
    { text: book?.allocations[key] ?? "" },
  ]);
  const columns = [{ title: "" }, { title: "OWNER" }, { title: "BLOCK" }];
  const end = dryRun
    ? `${plural(added.length, "block")} would be added to ${file}; nothing was written.\n`
    : `${plural(added.length, "block")} added to ${file}. Commit it with the organization file.\n`;
  return `${renderTable(columns, rows, io.paint)}\n${end}`;
}
