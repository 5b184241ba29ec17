import type { Organization } from "../model.ts";
import { readOrganization } from "../define-organization.ts";

/** Parts that tests change; `undefined` takes a part away. */
export type Changes = Readonly<Record<string, unknown>>;

/** A good organization of four accounts, with the changes laid over its top level. */
export function sampleInput(changes: Changes = {}): Record<string, unknown> {
  return {
    name: "acme",
    homeRegion: "eu-west-1",
    regions: ["eu-west-1", "eu-central-1"],
    organizationalUnits: {
      Infrastructure: {},
      Workloads: { Production: {}, Development: {} },
    },
    pools: { main: { cidr: "10.0.0.0/12" } },
    accounts: [
      account("management", 1, { kind: "management", ou: "Root" }),
      account("network", 2, { kind: "network", ou: "Infrastructure" }),
      account("orders-dev", 3, {
        kind: "workload",
        ou: "Workloads/Development",
        environment: "development",
        addresses: { pool: "main", prefixLength: 16 },
      }),
      account("orders-prod", 4, { kind: "workload", ou: "Workloads/Production" }),
    ],
    ...changes,
  };
}

/** An account with an id and an address made from a number. */
export function account(name: string, number: number, more: Changes = {}): Changes {
  const id = String(111_111_111_110 + number);
  return { name, id, email: `aws+${name}@example.com`, kind: "workload", ou: "Root", ...more };
}

/** The sample with one of its accounts changed. */
export function withAccount(index: number, changes: Changes): Record<string, unknown> {
  const input = sampleInput();
  const accounts = (input["accounts"] as Changes[]).map((one, position) =>
    position === index ? { ...one, ...changes } : one,
  );
  return { ...input, accounts };
}

/** The organization of an input that must be good. */
export function organizationOf(input: unknown): Organization {
  const { organization, problems } = readOrganization(input);
  if (organization === null) throw new TypeError(JSON.stringify(problems, null, 2));
  return organization;
}

/** What is wrong with an input, as `code path`. */
export function findings(input: unknown): readonly string[] {
  return readOrganization(input).problems.map(({ code, path }) => `${code} ${path}`);
}
