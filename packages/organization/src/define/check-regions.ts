import { checkRegion, isOptIn, region, regionTable, zonesOf } from "@atoll/aws-facts";
import type { Problem } from "@atoll/core";

import { formatPath } from "../problem-path.ts";
import type { Draft, DraftAccount, Written } from "./draft.ts";
import { didYouMean, errorAt, oneOf, warningAt } from "./problems.ts";

/**
 * Checks regions and zones. Codes: `HOME_REGION_NOT_LISTED`, `HOME_REGION_OPT_IN`, `OPT_IN_REGION_NOT_MARKED`,
 * `OPT_IN_REGION_NOT_LISTED`, `REGION_NOT_LISTED`, `REGION_DUPLICATE`, `ZONES_TOO_MANY`, the warning
 * `OPT_IN_REGION_ON_BY_DEFAULT`, and those of `checkRegion` in `@atoll/aws-facts`.
 */
export function checkRegions(draft: Draft): readonly Problem[] {
  const listed = new Set(draft.regions.map((written) => written.value));
  return [
    ...checkHome(draft, listed),
    ...draft.regions.flatMap(({ value, path }) =>
      checkRegion(value, draft.partition, formatPath(path)),
    ),
    ...repeated(draft.regions),
    ...checkOptIn(draft, listed),
    ...draft.accounts.flatMap((account) => [
      ...account.regions.flatMap((written) => checkListed(written, listed)),
      ...repeated(account.regions),
      ...checkZones(account),
    ]),
  ];
}

function checkHome({ raw, partition }: Draft, listed: ReadonlySet<string>): readonly Problem[] {
  const home = raw.homeRegion;
  if (home === undefined) return [];
  const common = { path: ["homeRegion"], got: home };
  if (!listed.has(home)) {
    return [
      ...checkRegion(home, partition, "homeRegion"),
      errorAt({
        ...common,
        code: "HOME_REGION_NOT_LISTED",
        message: `The home region ${home} is not among the organization's regions.`,
        expected: oneOf(listed),
        fix: didYouMean(home, listed, "Add it to regions."),
      }),
    ];
  }
  if (isOptIn(home) !== true) return [];
  return [
    errorAt({
      ...common,
      code: "HOME_REGION_OPT_IN",
      message: `${home} is off in a new account, so nothing could be made in it before it is switched on.`,
      expected: "a region that is on by default",
      fix: "Choose another home region; accounts may still use this one.",
    }),
  ];
}

function checkOptIn(draft: Draft, listed: ReadonlySet<string>): readonly Problem[] {
  const marked = new Set(draft.optInRegions.map((written) => written.value));
  const unmarked = draft.regions
    .filter(({ value }) => isOptIn(value) === true && !marked.has(value))
    .map(({ value, path }) =>
      errorAt({
        code: "OPT_IN_REGION_NOT_MARKED",
        path,
        message: `${value} is off until an account opts in to it, and the file does not say so.`,
        got: value,
        expected: `${value} in optInRegions too`,
        fix: `Add "${value}" to optInRegions, or choose a region that is on by default.`,
      }),
    );
  const wrong = draft.optInRegions.flatMap((written) => {
    const { value, path } = written;
    if (!listed.has(value)) {
      return errorAt({
        code: "OPT_IN_REGION_NOT_LISTED",
        path,
        message: `${value} is marked as opt-in and is not among the organization's regions.`,
        got: value,
        expected: oneOf(listed),
        fix: didYouMean(value, listed, "Add it to regions, or remove the mark."),
      });
    }
    if (isOptIn(value) !== false) return [];
    return warningAt({
      code: "OPT_IN_REGION_ON_BY_DEFAULT",
      path,
      message: `${value} is on by default in the table of ${regionTable.date}.`,
      got: value,
      expected: "regions that AWS has off by default",
      fix: "Remove the mark.",
    });
  });
  return [...unmarked, ...wrong, ...repeated(draft.optInRegions)];
}

function checkListed(
  { value, path }: Written<string>,
  listed: ReadonlySet<string>,
): readonly Problem[] {
  // What is wrong with the home region is said once, where it was written.
  if (listed.has(value) || path[0] === "homeRegion") return [];
  return [
    errorAt({
      code: "REGION_NOT_LISTED",
      path,
      message: `${value} is not among the organization's regions.`,
      got: value,
      expected: oneOf(listed),
      fix: didYouMean(value, listed, "Add it to the organization's regions."),
    }),
  ];
}

function repeated(regions: readonly Written<string>[]): readonly Problem[] {
  const seen = new Set<string>();
  return regions.flatMap(({ value, path }) => {
    if (!seen.has(value)) {
      seen.add(value);
      return [];
    }
    return errorAt({
      code: "REGION_DUPLICATE",
      path,
      message: `${value} is listed twice.`,
      got: value,
      expected: "each region once",
      fix: "Remove one of them.",
    });
  });
}

function checkZones({ addresses, regions, zones }: DraftAccount): readonly Problem[] {
  if (addresses === null) return [];
  return regions
    .filter(({ value }) => region(value) !== undefined && zonesOf(value).length < zones.value)
    .map(({ value }) => {
      const most = zonesOf(value).length;
      return errorAt({
        code: "ZONES_TOO_MANY",
        path: zones.path,
        message: `${value} has ${most} availability zones to plan on in the table of ${regionTable.date}.`,
        got: zones.value,
        expected: `at most ${most}`,
        fix: `Set zones to ${most}, or leave ${value} out of the account's regions.`,
      });
    });
}
