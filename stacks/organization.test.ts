import { readFileSync } from "node:fs";
import path from "node:path";

import { hasErrors } from "@atoll/core";
import {
  allocateAddresses,
  checkAddressBook,
  parseAddressBook,
  renderAddressBook,
} from "@atoll/networking/plan";
import { planStacks } from "@atoll/organization";

import definition from "./organization.ts";
import { loadPrograms } from "./programs.ts";
import { isReference, referenceTest } from "./testing/reference.ts";

const organizationFile = path.join(import.meta.dirname, "organization.ts");
const read = (...segments: string[]) =>
  readFileSync(path.join(import.meta.dirname, ...segments), "utf8");

function theOrganization() {
  const { organization, problems } = definition;
  if (organization === null) throw new TypeError(JSON.stringify(problems));
  return organization;
}

test("the organization has no problem", () => {
  expect(definition.problems).toEqual([]);
});

referenceTest("the reference organization has its six accounts", () => {
  expect(theOrganization().accounts.map(({ name, kind }) => [name, kind])).toEqual([
    ["management", "management"],
    ["security", "security"],
    ["network", "network"],
    ["delivery", "delivery"],
    ["workloads-dev", "workload"],
    ["workloads-prod", "workload"],
  ]);
});

test("its address book is what an allocation would write, and has a place for everything", () => {
  const text = read("organization.ts.addresses.json");
  const { book, problems } = parseAddressBook(text);
  expect(problems).toEqual([]);
  if (book === null) throw new TypeError("unreadable");
  expect(renderAddressBook(book)).toBe(text);
  expect(checkAddressBook(theOrganization(), book)).toEqual([]);
  expect(allocateAddresses(theOrganization(), book)).toMatchObject({ added: [], problems: [] });
});

test("Pulumi's project is the organization, and each account has a configuration without secrets", () => {
  expect(read("..", "Pulumi.yaml")).toMatch(new RegExp(`^name: ${theOrganization().name}$`, "m"));
  for (const { name } of theOrganization().accounts) {
    const config = read("config", `Pulumi.${name}.yaml`);
    expect(config).toMatch(/^ {2}pulumi:disable-default-providers:\n {4}- "\*"$/m);
    expect(config).not.toMatch(/encryptionsalt|secretsprovider|secure:/);
  }
});

test("every need of every stack is answered by one account", async () => {
  const { programs, problems } = await loadPrograms(
    theOrganization(),
    organizationFile,
    (file) => import(file) as Promise<object>,
  );
  const manifests = programs.map(({ manifest }) => manifest);
  const planned = planStacks(theOrganization(), manifests, "preview");
  expect(hasErrors([...problems, ...planned.problems])).toBe(false);
  if (!isReference) return;
  expect(planned.waves).toEqual([
    ["management"],
    ["delivery", "network", "security"],
    ["workloads-dev", "workloads-prod"],
  ]);
});
