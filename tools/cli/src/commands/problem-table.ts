/** What `docs/problems.md` says of a code. */
export interface ProblemCode {
  readonly code: string;
  /** `error`, `warning`, `error or warning`, or `stops`: it ends the command or the program. */
  readonly severity: string;
  readonly meaning: string;
  readonly fix: string;
  /** Heading of the table that it stands in. */
  readonly section: string;
}

/** The codes in the tables of `docs/problems.md`, in its order. */
export function readProblemTable(page: string): readonly ProblemCode[] {
  let section = "";
  return page.split("\n").flatMap((line): readonly ProblemCode[] => {
    section = /^#+ (.+)$/u.exec(line)?.[1] ?? section;
    if (!line.startsWith("| `")) return [];
    // A bar inside of a cell is written `\|`.
    const cells = line.split(/(?<!\\)\|/u).slice(1, -1);
    const [code = "", severity = "", meaning = "", fix = ""] = cells.map(plainText);
    return [{ code: code.replaceAll("`", ""), severity, meaning, fix, section }];
  });
}

/** A cell without what only Markdown needs: links are their text. */
function plainText(cell: string): string {
  return cell
    .trim()
    .replaceAll(String.raw`\|`, "|")
    .replaceAll(/\[(?<text>[^\]]+)\]\([^)]*\)/gu, "$<text>");
}
