import type { Problem } from "@atoll/core";

import type { PathSegment } from "../problem-path.ts";
import type { Draft } from "./draft.ts";
import { didYouMean, errorAt, oneOf } from "./problems.ts";

/**
 * Checks that whatever names an account, an organizational unit or a pool names one that exists. Codes: `OU_UNKNOWN`,
 * `SERVES_UNKNOWN`, `SERVES_ITSELF`, `DELEGATED_ADMINISTRATOR_UNKNOWN`, `DELEGATED_ADMINISTRATOR_IS_MANAGEMENT`,
 * `SERVICE_PRINCIPAL_INVALID`.
 */
export function checkReferences(draft: Draft): readonly Problem[] {
  const units = new Set(draft.organizationalUnits.map((unit) => unit.path)).add("Root");
  const names = new Set(draft.accounts.flatMap(({ raw }) => raw.name ?? []));
  const targets = new Set([...units, ...names]);
  return [
    ...draft.accounts.flatMap(({ raw, path }) => [
      ...(raw.ou === undefined || units.has(raw.ou) ? [] : [unknownUnit(raw.ou, path, units)]),
      ...(raw.serves ?? []).flatMap((served, index) =>
        served === undefined
          ? []
          : checkServed(served, raw.name, [...path, "serves", index], targets),
      ),
    ]),
    ...checkAdministrators(draft, names),
  ];
}

function unknownUnit(
  ou: string,
  path: readonly PathSegment[],
  units: ReadonlySet<string>,
): Problem {
  return errorAt({
    code: "OU_UNKNOWN",
    path: [...path, "ou"],
    message: `There is no organizational unit "${ou}".`,
    got: ou,
    expected: oneOf(units),
    fix: didYouMean(ou, units, "Add it to organizationalUnits, or choose one that exists."),
  });
}

function checkServed(
  served: string,
  own: string | undefined,
  path: readonly PathSegment[],
  targets: ReadonlySet<string>,
): readonly Problem[] {
  if (served === own) {
    return [
      errorAt({
        code: "SERVES_ITSELF",
        path,
        message: "An account does not serve itself.",
        got: served,
        expected: "the names of other accounts",
        fix: "Remove it: a unit reaches its own account's outputs without being served.",
      }),
    ];
  }
  if (targets.has(served)) return [];
  return [
    errorAt({
      code: "SERVES_UNKNOWN",
      path,
      message: `There is no account or organizational unit "${served}" to serve.`,
      got: served,
      expected: oneOf(targets),
      fix: didYouMean(served, targets, "Name an account, or the path of an organizational unit."),
    }),
  ];
}

function checkAdministrators(draft: Draft, names: ReadonlySet<string>): readonly Problem[] {
  const management = draft.accounts.find((account) => account.raw.kind === "management")?.raw.name;
  const written = Object.entries(draft.raw.guardrails?.delegatedAdministrators ?? {});
  return written.flatMap(([service, account]) => {
    const path = ["guardrails", "delegatedAdministrators", service];
    const problems: Problem[] = [];
    if (!/^[a-z0-9.-]+\.amazonaws\.com(?:\.cn)?$/.test(service)) {
      problems.push(
        errorAt({
          code: "SERVICE_PRINCIPAL_INVALID",
          path,
          message: `"${service}" is not the principal of an AWS service.`,
          got: service,
          expected: "a service principal, such as guardduty.amazonaws.com",
          fix: "Write the service's principal in full.",
        }),
      );
    }
    if (account === undefined) return problems;
    if (!names.has(account)) {
      problems.push(
        errorAt({
          code: "DELEGATED_ADMINISTRATOR_UNKNOWN",
          path,
          message: `There is no account "${account}" to administer ${service}.`,
          got: account,
          expected: oneOf(names),
          fix: didYouMean(account, names, "Name one of the accounts."),
        }),
      );
    } else if (account === management) {
      problems.push(
        errorAt({
          code: "DELEGATED_ADMINISTRATOR_IS_MANAGEMENT",
          path,
          message: "AWS takes no management account as a delegated administrator.",
          got: account,
          expected: "a member account",
          fix: "Name another account.",
        }),
      );
    }
    return problems;
  });
}
