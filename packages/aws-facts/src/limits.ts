import { compareText, type Problem } from "@atoll/core";

import { absentProblem } from "./dated.ts";
import { limitTable, type Limit, type LimitName } from "./limit-table.ts";

/** Quotas that AWS raised, by `<service>/<quota>`, as an organization writes them down. */
export type RaisedQuotas = Readonly<Record<string, number>>;

/** The names of all limits, sorted. */
export const limitNames: readonly LimitName[] = Object.keys(limitTable.data)
  .filter(isLimitName)
  .sort(compareText);

/** True for the name of a limit in the table. */
export function isLimitName(name: string): name is LimitName {
  return Object.hasOwn(limitTable.data, name);
}

/** A limit with its source. */
export function limit(name: LimitName): Limit {
  return limitTable.data[name];
}

/**
 * The limit that holds, in the limit's unit: the first of the given quotas that says something, else AWS's default.
 *
 * @param quotas the most particular first: the account's, then the organization's
 */
export function effectiveLimit(name: LimitName, ...quotas: readonly RaisedQuotas[]): number {
  return quotas.find((raised) => Object.hasOwn(raised, name))?.[name] ?? limit(name).default;
}

/** What {@link checkLimit} is told. */
export interface LimitUse {
  readonly name: LimitName;
  /** How much is wanted, in the limit's unit. */
  readonly used: number;
  readonly path: string;
  /** What it is that counts, such as `service control policies attached to Workloads`. */
  readonly what: string;
  /** Raised quotas, the most particular first. @default none */
  readonly quotas?: readonly RaisedQuotas[];
}

/** Checks a use of a limit: the error `LIMIT_EXCEEDED`, or nothing. */
export function checkLimit(use: LimitUse): readonly Problem[] {
  const facts = limit(use.name);
  const most = effectiveLimit(use.name, ...(use.quotas ?? []));
  if (use.used <= most) return [];
  const record = `write the new value into quotas as "${use.name}"`;
  const unit = facts.unit === "count" ? "" : ` ${facts.unit}`;
  return [
    {
      code: "LIMIT_EXCEEDED",
      severity: "error",
      path: use.path,
      message: `${use.what}: ${use.used}${unit}, where AWS allows ${most}${unit}.`,
      got: use.used,
      expected: `at most ${most}${unit} (${use.name}; ${facts.source}, ${facts.date})`,
      fix: facts.adjustable
        ? `Ask AWS to raise the quota and ${record}, or use less.`
        : `Use less: AWS does not raise this one on request. If it has changed since ${facts.date}, ${record}.`,
    },
  ];
}

/**
 * Checks quotas that people wrote down, sorted by name. Error: `QUOTA_VALUE` for anything but a whole number from 0.
 * Warnings: `QUOTA_UNKNOWN` for a name that the table has not, `QUOTA_NOT_ADJUSTABLE` for more than AWS was known to
 * grant: tables age, so the written value holds.
 *
 * @param path of the quotas, such as `accounts[2].quotas`
 */
export function checkQuotas(quotas: RaisedQuotas, path: string): readonly Problem[] {
  return Object.keys(quotas)
    .sort(compareText)
    .flatMap((name) => checkQuota(name, quotas[name], `${path}.${name}`));
}

function checkQuota(name: string, value: number | undefined, path: string): readonly Problem[] {
  if (value === undefined || !Number.isSafeInteger(value) || value < 0) {
    return [
      {
        code: "QUOTA_VALUE",
        severity: "error",
        path,
        message: `A quota is a whole number.`,
        got: value === undefined || !Number.isFinite(value) ? String(value) : value,
        expected: "a whole number from 0",
        fix: "Write the value that Service Quotas shows.",
      },
    ];
  }
  if (!isLimitName(name)) {
    return [
      absentProblem({
        code: "QUOTA_UNKNOWN",
        path,
        got: name,
        what: "quota",
        table: limitTable,
        known: limitNames,
      }),
    ];
  }
  const facts = limit(name);
  const most = facts.adjustable ? (facts.maximum ?? Number.POSITIVE_INFINITY) : facts.default;
  if (value <= most) return [];
  return [
    {
      code: "QUOTA_NOT_ADJUSTABLE",
      severity: "warning",
      path,
      message: `AWS was not known to grant more than ${most} on ${facts.date}.`,
      got: value,
      expected: `at most ${most} (${facts.source}, ${facts.date})`,
      fix: "Check the value in Service Quotas; it is used as written.",
    },
  ];
}
