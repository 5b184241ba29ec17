import { checkLimit } from "@atoll/aws-facts";
import type { Problem } from "@atoll/core";

import { formatPath } from "../problem-path.ts";
import type { Draft, DraftUnit } from "./draft.ts";
import { errorAt } from "./problems.ts";

const NAME = /^[A-Za-z0-9](?:[A-Za-z0-9 ._-]{0,126}[A-Za-z0-9])?$/;

/**
 * Checks the organizational units' names and depth. Codes: `OU_NAME_INVALID`, `OU_NAME_TAKEN`, and `LIMIT_EXCEEDED` for
 * units nested deeper than AWS allows.
 */
export function checkUnits({ organizationalUnits, accounts }: Draft): readonly Problem[] {
  const names = new Set(accounts.flatMap((account) => account.raw.name ?? []));
  return organizationalUnits.flatMap((unit) => [
    ...checkName(unit),
    ...(names.has(unit.path) || unit.path === "Root" ? [taken(unit)] : []),
    ...checkLimit({
      name: "organizations/organizational-unit-depth",
      used: unit.depth,
      path: formatPath(unit.writtenAt),
      what: `Levels of organizational units down to ${unit.path}`,
    }),
  ]);
}

function checkName({ name, writtenAt }: DraftUnit): readonly Problem[] {
  if (NAME.test(name)) return [];
  return [
    errorAt({
      code: "OU_NAME_INVALID",
      path: writtenAt,
      message: `"${name}" is not a name that Atoll takes for an organizational unit: it becomes part of paths.`,
      got: name,
      expected: "1 to 128 letters, digits, spaces and . _ -, with a letter or digit at both ends",
      fix: "Rename the unit.",
    }),
  ];
}

function taken({ path, writtenAt }: DraftUnit): Problem {
  return errorAt({
    code: "OU_NAME_TAKEN",
    path: writtenAt,
    message:
      path === "Root"
        ? '"Root" stands for the root itself.'
        : `"${path}" is the name of an account too, so \`serves\` and guardrails could mean either.`,
    got: path,
    expected: "a name that no account has",
    fix: "Rename the unit.",
  });
}
