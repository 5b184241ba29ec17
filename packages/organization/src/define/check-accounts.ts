import type { Problem } from "@atoll/core";

import { isVended } from "../lifecycle.ts";
import { formatPath, type PathSegment } from "../problem-path.ts";
import type { Draft, DraftAccount, Written } from "./draft.ts";
import { errorAt, warningAt } from "./problems.ts";

const NAME = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;
const EMAIL = /^[^\s@"]+@[^\s@.]+(?:\.[^\s@.]+)+$/;

/** Longest name of an account, a unit, a kind or an organization: AWS's own limit on an account's name. */
const NAME_LENGTH = 50;

/**
 * Checks each account on its own and against the others. Codes: `ORGANIZATION_EMPTY`, `ACCOUNT_NAME_INVALID`,
 * `ACCOUNT_NAME_DUPLICATE`, `ACCOUNT_ID_INVALID`, `ACCOUNT_ID_DUPLICATE`, `ACCOUNT_ID_TOO_EARLY`, `ACCOUNT_ID_MISSING`,
 * `ACCOUNT_EMAIL_INVALID`, `ACCOUNT_EMAIL_DUPLICATE`, `ACCOUNT_KIND_INVALID`, `ACCOUNT_WITHOUT_REGION`,
 * `UNIT_NAME_INVALID`, `UNIT_NAME_DUPLICATE`, `MANAGEMENT_ACCOUNT_MISSING`, `MANAGEMENT_ACCOUNT_DUPLICATE`,
 * `MANAGEMENT_ACCOUNT_LIFECYCLE`, and the warning `MANAGEMENT_ACCOUNT_IN_UNIT`.
 */
export function checkAccounts(draft: Draft): readonly Problem[] {
  if (draft.raw.accounts?.length === 0) {
    return [
      errorAt({
        code: "ORGANIZATION_EMPTY",
        path: ["accounts"],
        message: "The organization has no account.",
        got: [],
        expected: "at least the management account",
        fix: 'Add the account of kind "management".',
      }),
    ];
  }
  return [
    ...draft.accounts.flatMap(checkAccount),
    ...checkDuplicates(draft),
    ...checkManagement(draft),
  ];
}

/** `code` for text that is not lower-case words joined by `-`, or is too long. */
export function checkNameShape(code: string, { value, path }: Written<string>): readonly Problem[] {
  if (NAME.test(value) && value.length <= NAME_LENGTH) return [];
  return [
    errorAt({
      code,
      path,
      message: `"${value}" is not a name that Atoll takes: it becomes part of stack and resource names.`,
      got: value,
      expected: `lower-case letters and digits in words joined by "-", starting with a letter, at most ${NAME_LENGTH} characters`,
      fix: "Rename it.",
    }),
  ];
}

function checkAccount(account: DraftAccount): readonly Problem[] {
  const { raw, path } = account;
  return [
    ...(raw.name === undefined
      ? []
      : checkNameShape("ACCOUNT_NAME_INVALID", { value: raw.name, path: [...path, "name"] })),
    ...(raw.kind === undefined
      ? []
      : checkNameShape("ACCOUNT_KIND_INVALID", { value: raw.kind, path: [...path, "kind"] })),
    ...checkId(account),
    ...checkEmail(account),
    ...checkUnits(account),
    ...(account.regions.length > 0 || raw.regions === undefined ? [] : [withoutRegion(path)]),
  ];
}

function withoutRegion(path: readonly PathSegment[]): Problem {
  return errorAt({
    code: "ACCOUNT_WITHOUT_REGION",
    path: [...path, "regions"],
    message: "The account uses no region.",
    got: [],
    expected: "at least one of the organization's regions",
    fix: "Name a region, or remove the attribute to take the default.",
  });
}

function checkId({ raw, path, lifecycle }: DraftAccount): readonly Problem[] {
  const common = { path: [...path, "id"], got: raw.id ?? null };
  if (raw.id === undefined) {
    if (!isVended(lifecycle)) return [];
    return [
      errorAt({
        ...common,
        code: "ACCOUNT_ID_MISSING",
        message: `An account that is ${lifecycle} has an id.`,
        expected: "12 digits",
        fix: 'Write the id that AWS gave it, or set lifecycle to "requested" while it has none.',
      }),
    ];
  }
  const problems: Problem[] = [];
  if (!isVended(lifecycle)) {
    problems.push(
      errorAt({
        ...common,
        code: "ACCOUNT_ID_TOO_EARLY",
        message: `An account that is only ${lifecycle} has no id yet.`,
        expected: "no id before the account is vended",
        fix: 'Remove the id, or set lifecycle to "vended" if AWS has made the account.',
      }),
    );
  }
  if (!/^\d{12}$/.test(raw.id)) {
    problems.push(
      errorAt({
        ...common,
        code: "ACCOUNT_ID_INVALID",
        message: `"${raw.id}" is not the id of an AWS account.`,
        expected: "12 digits, as text",
        fix: "Copy the id from AWS; leading zeros count.",
      }),
    );
  }
  return problems;
}

function checkEmail({ raw, path }: DraftAccount): readonly Problem[] {
  // AWS takes 6 to 64 characters: pattern and lengths of `Email` in the API model of Organizations.
  if (raw.email === undefined) return [];
  if (EMAIL.test(raw.email) && raw.email.length >= 6 && raw.email.length <= 64) return [];
  return [
    errorAt({
      code: "ACCOUNT_EMAIL_INVALID",
      path: [...path, "email"],
      message: `"${raw.email}" is not an e-mail address that AWS takes for an account.`,
      got: raw.email,
      expected: "an e-mail address of 6 to 64 characters",
      fix: "Write an address that reaches the owners of the account.",
    }),
  ];
}

function checkUnits({ units }: DraftAccount): readonly Problem[] {
  return [
    ...units.flatMap((unit) => checkNameShape("UNIT_NAME_INVALID", unit)),
    ...duplicates("UNIT_NAME_DUPLICATE", "unit name", units),
  ];
}

function checkDuplicates({ accounts }: Draft): readonly Problem[] {
  const written = (attribute: "name" | "id" | "email") =>
    accounts.flatMap(({ raw, path }) => {
      const value = raw[attribute];
      return value === undefined ? [] : [{ value, path: [...path, attribute] }];
    });
  return [
    ...duplicates("ACCOUNT_NAME_DUPLICATE", "account name", written("name")),
    ...duplicates("ACCOUNT_ID_DUPLICATE", "account id", written("id")),
    ...duplicates("ACCOUNT_EMAIL_DUPLICATE", "e-mail address", written("email")),
  ];
}

/** Values that come twice; upper and lower case count as the same. Each repeat is reported against the first. */
function duplicates(
  code: string,
  what: string,
  written: readonly Written<string>[],
): readonly Problem[] {
  const first = new Map<string, readonly PathSegment[]>();
  const problems: Problem[] = [];
  for (const { value, path } of written) {
    const earlier = first.get(value.toLowerCase());
    if (earlier === undefined) {
      first.set(value.toLowerCase(), path);
      continue;
    }
    problems.push(
      errorAt({
        code,
        path,
        message: `The ${what} "${value}" is taken by ${formatPath(earlier)}.`,
        got: value,
        expected: `${what}: one that no other has`,
        fix: `Change one of ${formatPath(earlier)} and ${formatPath(path)}.`,
      }),
    );
  }
  return problems;
}

function checkManagement({ raw, accounts }: Draft): readonly Problem[] {
  const [management, ...more] = accounts.filter((account) => account.raw.kind === "management");
  if (management === undefined) {
    // An account whose kind could not be read may be the one.
    const unread =
      raw.accounts === undefined || raw.accounts.some((one) => one?.kind === undefined);
    return unread ? [] : [managementMissing()];
  }
  const problems = more.map(({ path }) =>
    errorAt({
      code: "MANAGEMENT_ACCOUNT_DUPLICATE",
      path: [...path, "kind"],
      message: `${formatPath(management.path)} is the management account already.`,
      got: "management",
      expected: "exactly one account of that kind",
      fix: "Give this account another kind.",
    }),
  );
  const { path, lifecycle } = management;
  if (!["baselined", "active"].includes(lifecycle)) {
    problems.push(
      errorAt({
        code: "MANAGEMENT_ACCOUNT_LIFECYCLE",
        path: [...path, "lifecycle"],
        message: `The management account cannot be ${lifecycle}: it makes all the others.`,
        got: lifecycle,
        expected: "baselined or active",
        fix: 'Set its lifecycle to "active".',
      }),
    );
  }
  if (management.raw.ou !== undefined && management.raw.ou !== "Root") {
    problems.push(
      warningAt({
        code: "MANAGEMENT_ACCOUNT_IN_UNIT",
        path: [...path, "ou"],
        message: "Atoll does not move the management account; policies do not bind it either.",
        got: management.raw.ou,
        expected: "Root",
        fix: 'Write "Root".',
      }),
    );
  }
  return problems;
}

function managementMissing(): Problem {
  return errorAt({
    code: "MANAGEMENT_ACCOUNT_MISSING",
    path: ["accounts"],
    message: "No account is the management account.",
    got: null,
    expected: 'exactly one account of kind "management"',
    fix: 'Add it, or set the kind of the account that owns the organization to "management".',
  });
}
