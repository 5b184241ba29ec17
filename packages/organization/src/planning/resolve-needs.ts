import { compareText, type Problem } from "@atoll/core";

import { lifecycleDecision } from "../lifecycle.ts";
import type { Account } from "../model.ts";
import type { ServiceIndex } from "./served-by.ts";

/** A stack whose needs are being resolved. */
export interface ResolvingStack {
  readonly name: string;
  readonly account: Account;
  readonly unit: string | null;
  /** Where it was written, for problems. */
  readonly path: string;
}

/** The stacks that answer a stack's needs, and what is wrong with the others. */
export interface ResolvedNeeds {
  /** Needed kind to the name of the stack that answers; keys sorted. */
  readonly needs: Readonly<Record<string, string>>;
  readonly problems: readonly Problem[];
}

/** How many serving accounts a problem names. */
const NAMED = 5;

/**
 * Finds, for each needed kind, the one account that serves the stack's account. A unit that needs its own account's
 * kind gets its own account. Codes: `NEED_UNSERVED`, `NEED_AMBIGUOUS`, `NEED_UNAVAILABLE`.
 *
 * @param gone accounts that exist in the file but cannot be read: requested, suspended or closed ones
 */
export function resolveNeeds(
  stack: ResolvingStack,
  kinds: readonly string[],
  services: ServiceIndex,
  gone: ServiceIndex,
): ResolvedNeeds {
  const needs: Record<string, string> = {};
  const problems: Problem[] = [];
  for (const kind of [...new Set(kinds)].sort(compareText)) {
    if (stack.unit !== null && kind === stack.account.kind) {
      needs[kind] = stack.account.name;
      continue;
    }
    const [server, ...others] = services.servers(kind, stack.account, NAMED + 1);
    if (server === undefined) problems.push(unserved(stack, kind, services, gone));
    else if (others.length > 0) problems.push(ambiguous(stack, kind, [server, ...others]));
    else needs[kind] = server.name;
  }
  return { needs, problems };
}

function unserved(
  stack: ResolvingStack,
  kind: string,
  services: ServiceIndex,
  gone: ServiceIndex,
): Problem {
  const [former] = gone.servers(kind, stack.account, 1);
  if (former !== undefined) {
    return {
      code: "NEED_UNAVAILABLE",
      severity: "error",
      path: stack.path,
      message: `${stack.name} needs an account of kind "${kind}"; ${former.name}, which serves it, is ${former.lifecycle}: ${lifecycleDecision(former.lifecycle, "preview").reason}.`,
      got: former.name,
      expected: `an account of kind "${kind}" that can be previewed`,
      fix: `Let another account of kind "${kind}" serve ${stack.account.name}, or retire ${stack.account.name} too.`,
    };
  }
  const existing = services.ofKind(kind).filter((account) => account.name !== stack.account.name);
  const names = existing.slice(0, NAMED).map((account) => account.name);
  return {
    code: "NEED_UNSERVED",
    severity: "error",
    path: stack.path,
    message: `${stack.name} needs an account of kind "${kind}"; none serves it.`,
    got: names,
    expected: `exactly one account of kind "${kind}" that serves ${stack.account.name}`,
    fix:
      names.length === 0
        ? `Add an account of kind "${kind}".`
        : `Add "${stack.account.name}" or "${stack.account.ou}" to \`serves\` of ${names.join(" or ")}.`,
  };
}

function ambiguous(stack: ResolvingStack, kind: string, servers: readonly Account[]): Problem {
  const names = servers.slice(0, NAMED).map((account) => account.name);
  const more = servers.length > NAMED ? " and more" : "";
  return {
    code: "NEED_AMBIGUOUS",
    severity: "error",
    path: stack.path,
    message: `${stack.name} needs one account of kind "${kind}"; ${names.join(", ")}${more} serve it.`,
    got: names,
    expected: `exactly one account of kind "${kind}" that serves ${stack.account.name}`,
    fix: `Narrow \`serves\` of ${names.join(" or ")} to account names or paths of organizational units.`,
  };
}
