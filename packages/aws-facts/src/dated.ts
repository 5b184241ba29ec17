import { suggest, type Problem } from "@atoll/core";

/** A table from AWS with where it is from and how old it is: tables age, AWS does not wait. */
export interface Dated<T> {
  /** Address of a page, or names and versions of packages. */
  readonly source: string;
  /** ISO day on which the source was read. */
  readonly date: string;
  readonly data: T;
}

/** What {@link absentProblem} is told. */
export interface Absence {
  /** Code of the problem, such as `REGION_UNKNOWN`. */
  readonly code: string;
  readonly path: string;
  /** What was looked for. */
  readonly got: string;
  /** What kind of thing it is, such as `region`. */
  readonly what: string;
  /** The table that does not have it. */
  readonly table: Dated<unknown>;
  /** What the table has, for a suggestion. */
  readonly known: readonly string[];
}

/**
 * The warning that something is not in a dated table. A warning and no error: it may be a slip of the pen, or newer
 * than the table, whose date it says.
 */
export function absentProblem(absence: Absence): Problem {
  const { code, path, got, what, table, known } = absence;
  const meant = suggest(got, known);
  const otherwise = `If AWS added it after ${table.date}, nothing is wrong.`;
  return {
    code,
    severity: "warning",
    path,
    message: `The ${what} "${got}" is not in the table of ${table.date}.`,
    got,
    expected: `one of ${known.length} known (${table.source}, ${table.date})`,
    fix: meant === undefined ? otherwise : `Did you mean "${meant}"? ${otherwise}`,
  };
}
