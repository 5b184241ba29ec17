import { compareText, graphProblems, planGraph, type Problem } from "@atoll/core";

import { lifecycleDecision, type LifecycleCommand } from "../lifecycle.ts";
import type { Account, Organization } from "../model.ts";
import { resolveNeeds, type ResolvingStack } from "./resolve-needs.ts";
import { indexServices } from "./served-by.ts";
import type { ProgramManifest, StackPlan } from "./stack-plan.ts";

/** Every stack of an organization, and the order between them. */
export interface StacksPlan {
  /** In the organization's order: each account's platform, then its units. Skipped ones included. */
  readonly stacks: readonly StackPlan[];
  /** Names of the stacks that run or are refused, in waves: each needs only stacks of earlier waves. */
  readonly waves: readonly (readonly string[])[];
  /** `KIND_WITHOUT_PROGRAM`, `UNIT_WITHOUT_PROGRAM`, `NEED_UNSERVED`, `NEED_AMBIGUOUS`, `NEED_UNAVAILABLE`, `GRAPH_CYCLE`. */
  readonly problems: readonly Problem[];
}

/**
 * Works out the stacks of an organization: which there are, what the command does to each, and which stack answers
 * each need. Linear in the number of accounts.
 *
 * @param programs what the programs of the accounts' kinds and units say of themselves
 */
export function planStacks(
  organization: Organization,
  programs: readonly ProgramManifest[],
  command: LifecycleCommand,
): StacksPlan {
  const platforms = new Map<string, ProgramManifest>();
  const units = new Map<string, ProgramManifest>();
  for (const program of programs) {
    if (program.unit === null) platforms.set(program.kind, program);
    else units.set(program.unit, program);
  }
  const services = indexServices(organization, isAvailable);
  const gone = indexServices(organization, (account) => !isAvailable(account));
  const problems: Problem[] = [];
  const stacks: StackPlan[] = [];
  const paths = new Map<string, string>();
  for (const [index, account] of organization.accounts.entries()) {
    const { action, reason } = lifecycleDecision(account.lifecycle, command);
    for (const stack of stacksOf(account, index)) {
      paths.set(stack.name, stack.path);
      const program = stack.unit === null ? platforms.get(account.kind) : units.get(stack.unit);
      const skipped = action === "skip";
      if (program === undefined && !skipped)
        problems.push(withoutProgram(stack, [...platforms.keys()]));
      const resolved =
        program === undefined || skipped
          ? { needs: {}, problems: [] }
          : resolveNeeds(stack, program.needs, services, gone);
      problems.push(...resolved.problems);
      stacks.push({
        stack: stack.name,
        account,
        unit: stack.unit,
        kind: account.kind,
        needs: resolved.needs,
        status: action,
        reason,
      });
    }
  }
  const planned = stacks.filter((stack) => stack.status !== "skip");
  const graph = planGraph(
    planned.map((stack) => ({ id: stack.stack, needs: Object.values(stack.needs) })),
  );
  problems.push(...graphProblems(graph, (id) => paths.get(id) ?? id));
  return { stacks, waves: graph.waves, problems };
}

function stacksOf(account: Account, index: number): readonly ResolvingStack[] {
  const path = `accounts[${index}]`;
  return [
    { name: account.name, account, unit: null, path: `${path}.kind` },
    ...account.units.map((unit, position) => ({
      name: `${account.name}.${unit.name}`,
      account,
      unit: unit.name,
      path: `${path}.units[${position}].name`,
    })),
  ];
}

/** True for an account whose outputs can be had: a preview works on it. */
function isAvailable(account: Account): boolean {
  return lifecycleDecision(account.lifecycle, "preview").action === "run";
}

function withoutProgram(stack: ResolvingStack, kinds: readonly string[]): Problem {
  const { account, unit, path } = stack;
  if (unit !== null) {
    return {
      code: "UNIT_WITHOUT_PROGRAM",
      severity: "error",
      path,
      message: `There is no program for the unit "${unit}" of ${account.name}.`,
      got: unit,
      expected: "a program that defines this unit",
      fix: `Write units/${unit}/index.ts, or remove the unit.`,
    };
  }
  return {
    code: "KIND_WITHOUT_PROGRAM",
    severity: "error",
    path,
    message: `There is no program for accounts of kind "${account.kind}", such as ${account.name}.`,
    got: account.kind,
    expected: `one of ${[...kinds].sort(compareText).join(", ")}`,
    fix: `Write ${account.kind}/index.ts, or give the account a kind that has a program.`,
  };
}
