import { compareText, hasErrors, sortProblems, type Problem } from "@atoll/core";
import {
  checkAccountAddresses,
  checkAddressBook,
  locateAddressProblems,
  type ParsedAddressBook,
} from "@atoll/networking/plan";
import {
  planStacks,
  type Organization,
  type ProgramManifest,
  type StackPlan,
} from "@atoll/organization";

/** An address book as it was read. */
export interface ReadAddressBook extends ParsedAddressBook {
  readonly file: string;
  readonly text: string;
}

/** What is to be previewed, and what is known to be wrong before any program runs. */
export interface PreviewPlan {
  readonly stacks: readonly StackPlan[];
  /** Of the organization as a whole. */
  readonly problems: readonly Problem[];
  /** Of single stacks, which are not run: errors. */
  readonly refused: ReadonlyMap<string, readonly Problem[]>;
}

/**
 * Works out which stacks there are and what is wrong with each. What concerns one account stays with its stacks, so
 * that the others are previewed all the same; a cycle concerns everyone in it.
 */
export function planPreview(
  organization: Organization,
  book: ReadAddressBook,
  programs: readonly ProgramManifest[],
  located: (problems: readonly Problem[]) => readonly Problem[],
): PreviewPlan {
  const planned = planStacks(organization, programs, "preview");
  const refused = new Map<string, readonly Problem[]>();
  const refuse = (stack: string, problems: readonly Problem[]) => {
    refused.set(stack, sortProblems([...(refused.get(stack) ?? []), ...problems]));
  };
  const general: Problem[] = [...book.problems];
  const paths = stacksByPath(organization);
  for (const problem of located(planned.problems)) {
    const stack = problem.severity === "error" ? paths.get(stackPathOf(problem.path)) : undefined;
    if (stack === undefined || problem.code === "GRAPH_CYCLE") general.push(problem);
    else refuse(stack, [problem]);
  }
  const ordered = new Set(planned.waves.flat());
  // Finding lines means reading the whole book: not once for every account that is in order.
  const inBook = (problems: readonly Problem[]) =>
    problems.length === 0 ? problems : locateAddressProblems(problems, book.file, book.text);
  if (book.book !== null) {
    const about = inBook(checkAddressBook(organization, book.book));
    // Its errors come back below, account by account.
    general.push(...about.filter(({ severity }) => severity !== "error"));
  }
  for (const plan of planned.stacks) {
    if (plan.status !== "run" || plan.unit !== null || plan.account.addresses === null) continue;
    const problems =
      book.book === null
        ? book.problems
        : inBook(checkAccountAddresses(organization, plan.account, book.book));
    if (hasErrors(problems)) refuse(plan.stack, problems);
  }
  for (const plan of planned.stacks) {
    if (plan.status === "run" && !ordered.has(plan.stack) && !refused.has(plan.stack)) {
      refuse(plan.stack, [inCycle(plan)]);
    }
  }
  return { stacks: planned.stacks, problems: sortProblems(general), refused };
}

/** Stacks by the path of the attribute that makes them: an account's, or a unit's in it. */
function stacksByPath(organization: Organization): ReadonlyMap<string, string> {
  const paths = new Map<string, string>();
  organization.accounts.forEach((account, index) => {
    paths.set(`accounts[${String(index)}]`, account.name);
    account.units.forEach((unit, position) => {
      paths.set(
        `accounts[${String(index)}].units[${String(position)}]`,
        `${account.name}.${unit.name}`,
      );
    });
  });
  return paths;
}

function stackPathOf(path: string): string {
  return /^accounts\[\d+\](?:\.units\[\d+\])?/u.exec(path)?.[0] ?? "";
}

function inCycle(plan: StackPlan): Problem {
  const needs = Object.values(plan.needs).sort(compareText);
  return {
    code: "STACK_IN_CYCLE",
    severity: "error",
    path: plan.stack,
    message: `${plan.stack} can never start: what it needs waits for something in a cycle.`,
    got: needs,
    expected: "needs that do not lead back to themselves",
    fix: "Break the cycle that GRAPH_CYCLE names.",
  };
}
