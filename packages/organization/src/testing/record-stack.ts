import { record, type Computed, type Recorded, type RecordOptions } from "@atoll/testing";

import { planStacks } from "../planning/plan-stacks.ts";
import { runStack, type RunStackArgs } from "../run-stack.ts";
import { organizationOf, sampleInput } from "./sample.ts";

/** How a definition is run: as which stack, of which organization, with which other arguments of `runStack`. */
export interface StackCase extends Pick<RecordOptions, "preview" | "stacks"> {
  /** @default "network" */
  readonly stack?: string;
  /** @default the sample */
  readonly input?: unknown;
  readonly changes?: Partial<RunStackArgs>;
}

const PROGRAMS = [
  { kind: "management", unit: null, needs: [] },
  { kind: "network", unit: null, needs: ["management"] },
  { kind: "workload", unit: null, needs: ["network"] },
  { kind: "", unit: "shop", needs: ["workload"] },
];

/**
 * Runs a definition as a stack of the sample organization, and records what it asks for: the parent by its name alone,
 * dependencies as `<type> <name>`.
 */
export async function recordStack(definition: unknown, options: StackCase = {}) {
  const { stack = "network", input = sampleInput(), changes = {}, ...pretence } = options;
  const organization = organizationOf(input);
  const { stacks } = planStacks(organization, PROGRAMS, "preview");
  const plan = stacks.find((planned) => planned.stack === stack);
  if (plan === undefined) throw new TypeError(`no stack ${stack}`);
  const args = {
    definition: definition as RunStackArgs["definition"],
    organization,
    plan,
    addresses: [],
    ...changes,
  };
  const asAcme = { project: "acme", stack, computed, ...pretence };
  const { resources, outputs } = await record(() => runStack(args), asAcme);
  return { resources: resources.map(withoutUrns), outputs };
}

const computed: Computed = ({ type, name }) =>
  type === "aws:organizations/organization:Organization"
    ? {
        id: "o-a1b2c3d4e5",
        arn: "an-arn",
        roots: [{ id: "r-a1b2" }],
        masterAccountId: "111111111111",
      }
    : { id: `${name}#id`, arn: `${name}#arn` };

function withoutUrns(resource: Recorded): Recorded {
  return {
    ...resource,
    parent: resource.parent.split("::").at(-1) ?? "",
    dependencies: resource.dependencies.map((urn) => urn.split("::").slice(2).join(" ")),
  };
}

/** The one resource of a type, and of a name where it is given. */
export function one(resources: readonly Recorded[], type: string, name?: string): Recorded {
  const found = resources.filter((item) => item.type === type && (name ?? item.name) === item.name);
  const [first] = found;
  if (first === undefined || found.length > 1) {
    const known = resources.map((item) => `${item.type} ${item.name}`).join("\n");
    throw new TypeError(`${found.length} of ${type} ${name ?? ""} among\n${known}`);
  }
  return first;
}
