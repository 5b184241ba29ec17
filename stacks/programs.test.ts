import path from "node:path";

import { type ImportFile, loadPrograms, programFile } from "./programs.ts";

const acme = path.join(import.meta.dirname, "fixtures", "acme");
const organizationFile = path.join(acme, "acme.organization.ts");
const importFile: ImportFile = (file) => import(file) as ReturnType<ImportFile>;

function accounts(kinds: readonly string[], units: readonly string[] = []) {
  return kinds.map((kind) => ({ kind, units: units.map((name) => ({ name })) }));
}

function load(kinds: readonly string[], units: readonly string[] = []) {
  const organization = { accounts: accounts(kinds, units) };
  return loadPrograms(
    organization as unknown as Parameters<typeof loadPrograms>[0],
    organizationFile,
    importFile,
  );
}

test("a program beside the organization file comes before Atoll's own", () => {
  expect(programFile(organizationFile, { kind: "network" })).toBe(
    path.join(acme, "network", "index.ts"),
  );
  expect(programFile(organizationFile, { kind: "management" })).toBe(
    path.join(import.meta.dirname, "management", "index.ts"),
  );
  expect(programFile(organizationFile, { unit: "shop" })).toBe(
    path.join(acme, "units", "shop", "index.ts"),
  );
});

test.each([
  { kind: "unheard-of" },
  { kind: "../acme/network" },
  { kind: "" },
  { unit: "network" },
  { unit: ".." },
])("there is no program for %j", (name) => {
  expect(programFile(organizationFile, name)).toBeNull();
});

test("each program is loaded once, with what it says of itself", async () => {
  const { programs, problems } = await load(["network", "network", "unheard-of"], ["shop"]);
  expect(problems).toEqual([]);
  expect(programs.map(({ manifest }) => manifest)).toEqual([
    { kind: "network", unit: null, needs: [] },
    { kind: "", unit: "shop", needs: ["workload"] },
  ]);
});

test("a program that throws, and one of another kind, are reported and the others are loaded", async () => {
  const { programs, problems } = await load(["delivery", "network", "security"]);
  expect(programs.map(({ manifest }) => manifest.kind)).toEqual(["network"]);
  expect(problems.map(({ code, path: where }) => [code, where])).toEqual([
    ["PROGRAM_DOES_NOT_LOAD", "kinds.delivery"],
    ["PROGRAM_INVALID", "kinds.security"],
  ]);
});
