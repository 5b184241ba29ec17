import { checkQuotas } from "@atoll/aws-facts";
import { checkTags, identityTags, type Problem } from "@atoll/core";

import { formatPath, type PathSegment } from "../problem-path.ts";
import { checkNameShape } from "./check-accounts.ts";
import { definedOnly } from "./defined-only.ts";
import type { Draft, Written } from "./draft.ts";
import { errorAt } from "./problems.ts";

type Values<T> = Readonly<Record<string, T | undefined>>;

/**
 * Checks the organization's name, its tags, deploy role, quotas and environment variables. Codes:
 * `ORGANIZATION_NAME_INVALID`, `ORGANIZATION_ID_INVALID`, `DEPLOY_ROLE_NAME_INVALID`, `ENVIRONMENT_VARIABLE_INVALID`, `TAG_KEY_TAKEN`, and those of
 * `checkTags` in `@atoll/core` and `checkQuotas` in `@atoll/aws-facts`.
 */
export function checkNames(draft: Draft): readonly Problem[] {
  const { raw, accounts } = draft;
  return [
    ...(raw.name === undefined
      ? []
      : checkNameShape("ORGANIZATION_NAME_INVALID", { value: raw.name, path: ["name"] })),
    ...checkOrganizationId(raw.organizationId ?? null),
    ...checkRoleName(draft.deployRoleName),
    ...draft.environmentVariables.flatMap(checkVariable),
    ...checkOwnTags(raw.tags, ["tags"]),
    ...checkWrittenQuotas(raw.quotas, ["quotas"]),
    ...accounts.flatMap((account) => [
      ...checkOwnTags(account.raw.tags, [...account.path, "tags"]),
      ...checkWrittenQuotas(account.raw.quotas, [...account.path, "quotas"]),
      ...checkTags({ owner: account.owner.value }, formatPath(account.owner.path.slice(0, -1))),
      ...checkTags(
        { environment: account.environment.value },
        formatPath(account.environment.path.slice(0, -1)),
      ),
    ]),
  ];
}

function checkOrganizationId(id: string | null): readonly Problem[] {
  // Pattern of `OrganizationId` in the API model of Organizations (botocore 1.44.5, read 2026-11-27).
  if (id === null || /^o-[a-z0-9]{10,32}$/.test(id)) return [];
  return [
    errorAt({
      code: "ORGANIZATION_ID_INVALID",
      path: ["organizationId"],
      message: `"${id}" is not the id of an organization.`,
      got: id,
      expected: "o- and 10 to 32 lower-case letters and digits",
      fix: "Write the id that `aws organizations describe-organization` shows.",
    }),
  ];
}

function checkRoleName(name: string): readonly Problem[] {
  // 64 characters of this set: pattern and length of `RoleName` in the API model of Organizations.
  if (/^[\w+=,.@-]{1,64}$/.test(name)) return [];
  return [
    errorAt({
      code: "DEPLOY_ROLE_NAME_INVALID",
      path: ["deployRoleName"],
      message: `"${name}" is not a name that IAM takes for a role.`,
      got: name,
      expected: "1 to 64 letters, digits and + = , . @ - _",
      fix: "Rename the role.",
    }),
  ];
}

function checkVariable({ value, path }: Written<string>): readonly Problem[] {
  if (/^[A-Za-z_]\w*$/.test(value)) return [];
  return [
    errorAt({
      code: "ENVIRONMENT_VARIABLE_INVALID",
      path,
      message: `"${value}" is not the name of an environment variable.`,
      got: value,
      expected: "letters, digits and _, not starting with a digit",
      fix: "Write the name alone, without its value.",
    }),
  ];
}

const TAKEN = new Set<string>([identityTags.owner, identityTags.environment]);

function checkOwnTags(
  tags: Values<string> | undefined,
  path: readonly PathSegment[],
): readonly Problem[] {
  const taken = Object.keys(definedOnly(tags)).filter(
    (key) => TAKEN.has(key) || key.startsWith("atoll:"),
  );
  return [
    ...checkTags(definedOnly(tags), formatPath(path)),
    ...taken.map((key) =>
      errorAt({
        code: "TAG_KEY_TAKEN",
        path: [...path, key],
        message: `Atoll sets the tag "${key}" itself.`,
        got: key,
        expected: "a key other than owner, environment and those that start with atoll:",
        fix: TAKEN.has(key)
          ? `Set the attribute \`${key}\` of the account or of \`defaults\` instead.`
          : "Choose another key.",
      }),
    ),
  ];
}

function checkWrittenQuotas(
  quotas: Values<number> | undefined,
  path: readonly PathSegment[],
): readonly Problem[] {
  return checkQuotas(definedOnly(quotas), formatPath(path));
}
