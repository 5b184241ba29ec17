import { readFileSync } from "node:fs";
import { join } from "node:path";

import { defineBenchOrganization } from "../organization/define-bench-organization.ts";
import { benchAddressBook, oneAccountChanged } from "./bench-organization.ts";

const FOLDER = join(import.meta.dirname, "..", "organization");

describe("the bench organization", () => {
  it("has as many bench accounts as asked for, and a management account on top", () => {
    const { organization, problems } = defineBenchOrganization(300);
    expect(problems).toEqual([]);
    const kinds = organization?.accounts.map(({ kind }) => kind) ?? [];
    expect(kinds.filter((kind) => kind === "bench")).toHaveLength(300);
    expect(kinds).toHaveLength(301);
  });

  it("has the address book that its size calls for committed beside it", () => {
    const committed = readFileSync(join(FOLDER, "organization-6.ts.addresses.json"), "utf8");
    expect(committed).toBe(benchAddressBook(6));
  });

  it("gives every account a VPC and three tiers over three zones", () => {
    const { allocations } = JSON.parse(benchAddressBook(10)) as { readonly allocations: object };
    expect(Object.keys(allocations)).toHaveLength(10 * (1 + 9));
  });

  it("differs in exactly one account after an edit", () => {
    const accounts = (revision?: number) =>
      defineBenchOrganization(
        10,
        revision === undefined ? undefined : oneAccountChanged(10, revision),
      ).organization?.accounts ?? [];
    const before = accounts();
    const changed = accounts(7).filter(
      (account, index) => JSON.stringify(account) !== JSON.stringify(before[index]),
    );
    expect(changed.map(({ name, tags }) => ({ name, tags }))).toEqual([
      { name: "bench-0005", tags: { revision: "7" } },
    ]);
  });
});
