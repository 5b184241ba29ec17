import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

import { AtollError, compareText, hasErrors, type Problem, ProblemError } from "@atoll/core";
import {
  addressBookPath,
  type AddressBook,
  allocationsOf,
  checkAccountAddresses,
  EMPTY_ADDRESS_BOOK,
  locateAddressProblems,
  parseAddressBook,
} from "@atoll/networking/plan";
import {
  type AddressAllocation,
  type LifecycleCommand,
  type Organization,
  type OrganizationDefinition,
  planStacks,
  type StackDefinition,
  type StackPlan,
  type UnitDefinition,
} from "@atoll/organization";

import { type ImportFile, loadPrograms } from "./programs.ts";

/** Which stack of which organization is to be run. */
export interface StackSelection {
  /** Absolute path of the organization file. */
  readonly organizationFile: string;
  /** Name of the Pulumi project. */
  readonly project: string;
  /** Name of the stack: `<account>` or `<account>.<unit>`. */
  readonly stack: string;
  readonly command: LifecycleCommand;
}

/** One stack with all that running it takes. */
export interface SelectedStack {
  readonly organization: Organization;
  readonly plan: StackPlan;
  readonly definition: StackDefinition | UnitDefinition;
  readonly addresses: readonly AddressAllocation[];
}

/**
 * Finds the stack that is to be run, with its program and its addresses.
 *
 * @throws ProblemError with everything that is wrong with the organization, its programs or the account's addresses
 * @throws AtollError `ORGANIZATION_FILE_MISSING`, `ORGANIZATION_FILE_INVALID`, `PROJECT_IS_NOT_THE_ORGANIZATION`,
 * `STACK_UNKNOWN`, or `STACK_REFUSED` when the account's lifecycle does not let the command run
 */
export async function selectStack(
  selection: StackSelection,
  importFile: ImportFile = (file) => import(pathToFileURL(file).href) as ReturnType<ImportFile>,
): Promise<SelectedStack> {
  const { organizationFile, project, stack, command } = selection;
  const organization = await readOrganization(organizationFile, importFile);
  if (organization.name !== project) {
    throw new AtollError(
      "PROJECT_IS_NOT_THE_ORGANIZATION",
      `The Pulumi project is "${project}" and the organization is "${organization.name}": their states would mix. ` +
        "Give both the same name.",
    );
  }
  const { programs, problems } = await loadPrograms(organization, organizationFile, importFile);
  const planned = planStacks(
    organization,
    programs.map(({ manifest }) => manifest),
    command,
  );
  refuseErrors([...problems, ...planned.problems]);
  const plan = findStack(planned.stacks, stack, command);
  const program = programs.find(({ manifest }) =>
    plan.unit === null
      ? manifest.unit === null && manifest.kind === plan.kind
      : manifest.unit === plan.unit,
  );
  if (program === undefined) throw new AtollError("STACK_UNKNOWN", `${stack} has no program`);
  const addresses = readAddresses(organization, plan, organizationFile);
  return { organization, plan, definition: program.definition, addresses };
}

async function readOrganization(file: string, importFile: ImportFile): Promise<Organization> {
  if (!existsSync(file)) {
    throw new AtollError("ORGANIZATION_FILE_MISSING", `There is no organization file ${file}.`);
  }
  const exported = (await importFile(file)).default as Partial<OrganizationDefinition> | undefined;
  if (!Array.isArray(exported?.problems)) {
    throw new AtollError(
      "ORGANIZATION_FILE_INVALID",
      `${file} does not export by default what defineOrganization returns.`,
    );
  }
  refuseErrors(exported.problems);
  const { organization } = exported;
  if (organization === undefined || organization === null) {
    throw new AtollError("ORGANIZATION_FILE_INVALID", `${file} defines no organization.`);
  }
  return organization;
}

function findStack(
  stacks: readonly StackPlan[],
  name: string,
  command: LifecycleCommand,
): StackPlan {
  const found = stacks.find((plan) => plan.stack === name);
  if (found === undefined) {
    const known = stacks.map(({ stack }) => stack).sort(compareText);
    throw new AtollError(
      "STACK_UNKNOWN",
      `The organization has no stack "${name}". It has: ${known.join(", ")}.`,
    );
  }
  if (found.status !== "run") {
    throw new AtollError("STACK_REFUSED", `No ${command} of ${name}: ${found.reason}.`);
  }
  return found;
}

function readAddresses(
  organization: Organization,
  { account }: StackPlan,
  organizationFile: string,
): readonly AddressAllocation[] {
  const file = addressBookPath(organizationFile);
  const shown = path.basename(file);
  const text = existsSync(file) ? readFileSync(file, "utf8") : null;
  const { book, problems } =
    text === null ? { book: EMPTY_ADDRESS_BOOK, problems: [] } : parseAddressBook(text, shown);
  refuseErrors(problems);
  const usable: AddressBook = book ?? EMPTY_ADDRESS_BOOK;
  const found = checkAccountAddresses(organization, account, usable);
  refuseErrors(locateAddressProblems(found, shown, text ?? ""));
  return allocationsOf(usable, account);
}

function refuseErrors(problems: readonly Problem[]): void {
  if (hasErrors(problems)) throw new ProblemError(problems);
}
