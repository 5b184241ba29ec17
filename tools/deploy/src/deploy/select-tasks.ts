import { suggest, type Problem } from "@atoll/core";
import { lifecycleDecision, type LifecycleCommand } from "@atoll/organization/lifecycle";
import type { StackPlan } from "@atoll/organization";

/** What a command is asked to work on. */
export interface SelectionRequest {
  readonly command: LifecycleCommand;
  /** Every stack of the organization. */
  readonly stacks: readonly StackPlan[];
  /** Stacks that were named; empty for all. */
  readonly names: readonly string[];
  /** Stacks that have a state, whether the organization has them or not. */
  readonly existing: readonly string[];
}

/** One stack to work on. */
export interface SelectedTask {
  readonly stack: string;
  /** Selected stacks that come before it. */
  readonly after: readonly string[];
  /** The organization has no such stack any more: only what works from the state alone can be done. */
  readonly orphaned: boolean;
}

/** What a command works on, and what it leaves out. */
export interface Selection {
  readonly tasks: readonly SelectedTask[];
  /** Stacks that the accounts' lifecycle leaves out, with the reason in words. */
  readonly left: readonly { readonly stack: string; readonly reason: string }[];
  /** `STACK_UNKNOWN`, `STACK_REFUSED`: errors. `STACK_ORPHANED`: a warning for each, unless it was named. */
  readonly problems: readonly Problem[];
}

/** Commands that need no program, and so can work on what the organization has no more. */
const FROM_STATE: ReadonlySet<LifecycleCommand> = new Set(["destroy", "refresh"]);

/**
 * Works out which stacks a command works on, and in which order: a stack after those that it needs, and when destroying
 * the other way round.
 */
export function selectTasks(request: SelectionRequest): Selection {
  const { command, stacks, names, existing } = request;
  const named = new Set(names);
  const byName = new Map(stacks.map((plan) => [plan.stack, plan]));
  const problems: Problem[] = [];
  const left: { stack: string; reason: string }[] = [];
  const chosen: StackPlan[] = [];
  for (const plan of stacks) {
    if (named.size > 0 && !named.has(plan.stack)) continue;
    const { action, reason } = lifecycleDecision(plan.account.lifecycle, command);
    if (action === "run") chosen.push(plan);
    else if (action === "refuse" && named.has(plan.stack))
      problems.push(refused(plan, command, reason));
    else left.push({ stack: plan.stack, reason });
  }
  const orphans = existing.filter((stack) => !byName.has(stack));
  const chosenOrphans = orphans.filter((stack) => named.has(stack) && FROM_STATE.has(command));
  for (const name of named) {
    if (byName.has(name) || chosenOrphans.includes(name)) continue;
    problems.push(unknown(name, [...byName.keys()], orphans.includes(name), command));
  }
  if (named.size === 0) problems.push(...orphans.map(orphaned));
  return {
    tasks: [...inOrder(chosen, command), ...chosenOrphans.map(orphanTask)],
    left,
    problems,
  };
}

function orphanTask(stack: string): SelectedTask {
  return { stack, after: [], orphaned: true };
}

function inOrder(plans: readonly StackPlan[], command: LifecycleCommand): readonly SelectedTask[] {
  const selected = new Set(plans.map(({ stack }) => stack));
  const needs = new Map(
    plans.map((plan) => [
      plan.stack,
      [...new Set(Object.values(plan.needs))].filter((need) => selected.has(need)),
    ]),
  );
  if (command !== "destroy") {
    return plans.map(({ stack }) => ({ stack, after: needs.get(stack) ?? [], orphaned: false }));
  }
  const neededBy = new Map<string, string[]>();
  for (const [stack, own] of needs) {
    for (const need of own) neededBy.set(need, [...(neededBy.get(need) ?? []), stack]);
  }
  return plans
    .toReversed()
    .map(({ stack }) => ({ stack, after: neededBy.get(stack) ?? [], orphaned: false }));
}

function refused({ stack, account }: StackPlan, command: string, reason: string): Problem {
  return {
    code: "STACK_REFUSED",
    severity: "error",
    path: stack,
    message: `No ${command} of ${stack}: ${reason}.`,
    got: account.lifecycle,
    expected: `an account whose lifecycle allows ${command}`,
    fix: "Leave it out, or change the account's lifecycle in the organization file.",
  };
}

function unknown(
  name: string,
  known: readonly string[],
  hasState: boolean,
  command: string,
): Problem {
  const meant = suggest(name, known);
  const fix = hasState
    ? `The organization has it no more. Put it back, or destroy what is left: atoll destroy ${name}`
    : meant === undefined
      ? "`atoll accounts` lists the accounts and their units."
      : `Did you mean ${meant}?`;
  return {
    code: "STACK_UNKNOWN",
    severity: "error",
    path: name,
    message: hasState
      ? `${name} still has a state, but the organization has no such stack: it cannot be run with ${command}.`
      : `There is no stack ${name}.`,
    got: name,
    expected: "a stack of the organization",
    fix,
  };
}

function orphaned(stack: string): Problem {
  return {
    code: "STACK_ORPHANED",
    severity: "warning",
    path: stack,
    message: `${stack} still has a state, but the organization has no such stack: its resources are in nobody's care.`,
    got: stack,
    expected: "a stack of the organization for every state that there is",
    fix: `Put the account or unit back, or destroy what is left: atoll destroy ${stack}`,
  };
}
