// Compiled, never run: each `@ts-expect-error` is a line that must not compile.
import { defineOrganization, defineStack, defineUnit, type OrganizationInput } from "./index.ts";
import type { RawOrganization } from "./define/draft.ts";

declare module "@atoll/organization" {
  interface StackContracts {
    management: { readonly organizationId: string };
    network: { readonly vpcId: string; readonly zones: readonly string[] };
    workload: Readonly<Record<never, never>>;
  }
}

const boss = {
  name: "boss",
  id: "111111111111",
  email: "boss@example.com",
  kind: "management",
  ou: "Root",
} as const;
const member = { ...boss, name: "member", kind: "network" } as const;
const home = { name: "acme", homeRegion: "eu-west-1" } as const;

// Names of accounts come out as literals.
const defined = defineOrganization({ ...home, accounts: [boss, member] });
defined.accountNames satisfies readonly ("boss" | "member")[];
// @ts-expect-error no account has this name
defined.accountNames satisfies readonly "boss"[];

// Everything that names something names what exists.
defineOrganization({
  ...home,
  organizationalUnits: { Workloads: { Production: {} } },
  pools: { main: { cidr: "10.0.0.0/8" } },
  accounts: [
    boss,
    {
      ...member,
      ou: "Workloads/Production",
      serves: ["boss", "Workloads", "Root"],
      addresses: { pool: "main", prefixLength: 16 },
      lifecycle: "draining",
    },
  ],
  guardrails: {
    ownPolicies: { mine: { type: "service-control", document: {} } },
    serviceControlPolicies: {
      "deny-root-user": ["Root", "Workloads/Production", "member"],
      mine: ["Root"],
    },
    tagPolicies: { "owner-and-environment": ["Root"] },
    delegatedAdministrators: { "guardduty.amazonaws.com": "member" },
  },
});

defineOrganization({
  ...home,
  organizationalUnits: { Workloads: { Production: {} } },
  pools: { main: { cidr: "10.0.0.0/8" } },
  accounts: [
    boss,
    // @ts-expect-error there is no such organizational unit
    { ...member, ou: "Workloads/Prod" },
    // @ts-expect-error a nested unit is named by its path
    { ...member, name: "a", ou: "Production" },
    // @ts-expect-error there is no such kind
    { ...member, name: "b", kind: "netwrok" },
    // @ts-expect-error there is no such state
    { ...member, name: "c", lifecycle: "open" },
    // @ts-expect-error there is no such attribute
    { ...member, name: "d", emial: "x" },
    {
      ...member,
      name: "e",
      // @ts-expect-error there is no such pool
      addresses: { pool: "mian", prefixLength: 16 },
      // @ts-expect-error there is no such account
      serves: ["bos"],
    },
  ],
  // @ts-expect-error there is no such pool
  defaults: { addresses: { pool: "other", prefixLength: 16 } },
  guardrails: {
    serviceControlPolicies: {
      // @ts-expect-error there is no such target
      "deny-root-user": ["Workload"],
    },
    // @ts-expect-error a tag policy is no resource control policy
    resourceControlPolicies: { "owner-and-environment": ["Root"] },
    // @ts-expect-error there is no such account
    delegatedAdministrators: { "guardduty.amazonaws.com": "nobody" },
  },
});

defineOrganization({
  ...home,
  accounts: [boss],
  // @ts-expect-error there is no such policy
  guardrails: { serviceControlPolicies: { "deny-root-usr": ["Root"] } },
});

defineOrganization({
  ...home,
  accounts: [boss],
  // @ts-expect-error quarantine follows from the lifecycle
  guardrails: { serviceControlPolicies: { quarantine: ["Root"] } },
});

// An organization that is generated has no literal names, and compiles as well.
defineOrganization({
  ...home,
  organizationalUnits: Object.fromEntries(["A", "B"].map((name) => [name, {}])),
  accounts: ["a", "b"].map((name) => ({ ...member, name, ou: name, serves: [name] })),
});

// What the compiler takes, the run-time schema takes too.
((input: OrganizationInput) => input) satisfies (input: OrganizationInput) => RawOrganization;

// Stacks: kinds, needs and outputs.
defineStack({
  kind: "network",
  needs: ["management"],
  program: (context) => {
    context.output("management", "organizationId").apply((id: string) => id);
    // @ts-expect-error this output belongs to another kind
    context.output("management", "vpcId");
    // @ts-expect-error this kind is not among the needs
    context.output("workload", "anything");
    return { vpcId: "vpc-1", zones: [] };
  },
});

// @ts-expect-error there is no such kind
defineStack({ kind: "netwrok", needs: [], program: () => ({}) });

// @ts-expect-error there is no such kind to need
defineStack({ kind: "workload", needs: ["netwrok"], program: () => ({}) });

defineStack({
  kind: "network",
  needs: [],
  // @ts-expect-error an output of the contract is missing
  program: () => ({ vpcId: "vpc-1" }),
});

defineUnit({
  unit: "shop",
  needs: ["workload", "network"],
  program: (context) => ({ vpc: context.output("network", "vpcId") }),
});
