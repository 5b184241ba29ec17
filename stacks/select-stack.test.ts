import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { ProblemError } from "@atoll/core";
import type { ImportFile } from "./programs.ts";
import { selectStack, type StackSelection } from "./select-stack.ts";

const acme = path.join(import.meta.dirname, "fixtures", "acme");
const organizationFile = path.join(acme, "acme.organization.ts");
const importFile: ImportFile = (file) => import(file) as ReturnType<ImportFile>;

function select(change: Partial<StackSelection>, load: ImportFile = importFile) {
  return selectStack(
    { organizationFile, project: "acme", stack: "hub", command: "preview", ...change },
    load,
  );
}

/** The organization of the fixture, with one program for every kind. */
const withStandIns: ImportFile = async (file) => {
  const kind = path.basename(path.dirname(file));
  return kind === "management"
    ? { default: { kind, needs: [], program: () => ({}) } }
    : importFile(file);
};

test("an account's platform comes with its program and its own addresses", async () => {
  const { plan, definition, addresses } = await select({}, withStandIns);
  expect(plan).toMatchObject({ stack: "hub", unit: null, status: "run" });
  expect(definition).toMatchObject({ kind: "network" });
  expect(addresses).toHaveLength(10);
  expect(new Set(addresses.map(({ account }) => account))).toEqual(new Set(["hub"]));
});

test("a unit comes with its own program, and needs its own account's platform", async () => {
  const { plan, definition, addresses } = await select({ stack: "shop.shop" }, withStandIns);
  expect(plan).toMatchObject({ unit: "shop", needs: { workload: "shop" } });
  expect(definition).toMatchObject({ unit: "shop" });
  expect(addresses).toEqual([]);
});

test("a stack that the organization does not have is refused with the names that it has", async () => {
  await expect(select({ stack: "hubb" }, withStandIns)).rejects.toMatchObject({
    code: "STACK_UNKNOWN",
    message: expect.stringContaining("hub, old, root, shop, shop.shop"),
  });
});

test("a closed account's stack is refused with the reason", async () => {
  await expect(select({ stack: "old", command: "up" }, withStandIns)).rejects.toMatchObject({
    code: "STACK_REFUSED",
    message: expect.stringContaining("closed"),
  });
});

test("a project of another name is refused, so that two organizations never share their states", async () => {
  await expect(select({ project: "atoll" }, withStandIns)).rejects.toMatchObject({
    code: "PROJECT_IS_NOT_THE_ORGANIZATION",
  });
});

test("an organization file that is missing, or exports something else, is refused", async () => {
  const missing = path.join(acme, "missing.ts");
  await expect(select({ organizationFile: missing })).rejects.toMatchObject({
    code: "ORGANIZATION_FILE_MISSING",
  });
  const other = path.join(acme, "security", "index.ts");
  await expect(select({ organizationFile: other })).rejects.toMatchObject({
    code: "ORGANIZATION_FILE_INVALID",
  });
});

test("problems of the organization and of its programs are thrown, all of them", async () => {
  const problems = [1, 2].map((each) => ({ code: `X_${each}`, severity: "error", path: "a" }));
  const broken: ImportFile = (file) =>
    file === organizationFile
      ? Promise.resolve({ default: { organization: null, problems } })
      : importFile(file);
  await expect(select({}, broken)).rejects.toMatchObject({ problems });
  const throwing: ImportFile = (file) =>
    file === organizationFile ? importFile(file) : Promise.reject(new TypeError("no"));
  await expect(select({}, throwing)).rejects.toMatchObject({
    problems: expect.arrayContaining([
      expect.objectContaining({ code: "PROGRAM_DOES_NOT_LOAD", path: "kinds.network" }),
      expect.objectContaining({ code: "KIND_WITHOUT_PROGRAM" }),
    ]),
  });
});

describe("without its entry in the address book", () => {
  let folder = "";
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), "atoll-stacks-"));
    copyFileSync(organizationFile, path.join(folder, "acme.organization.ts"));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  // The copy lies outside of the workspace, so everything is loaded from where the original is.
  const fromFixture: ImportFile = (file) => {
    const kind = path.basename(path.dirname(file));
    if (file.startsWith(folder)) return importFile(organizationFile);
    return Promise.resolve({
      default: { kind, needs: kind === "workload" ? ["network"] : [], program: () => ({}) },
    });
  };
  const selectCopy = (stack: string) => {
    const copy = path.join(folder, "acme.organization.ts");
    const withoutUnit: ImportFile = async (file) => {
      const loaded = await fromFixture(file);
      if (!file.endsWith("acme.organization.ts")) return loaded;
      const definition = structuredClone(loaded.default) as {
        organization: { accounts: { units: unknown[] }[] };
      };
      for (const account of definition.organization.accounts) account.units = [];
      return { default: definition };
    };
    return select({ organizationFile: copy, stack }, withoutUnit);
  };

  test("an account is refused, and one that draws no addresses is not", async () => {
    await expect(selectCopy("hub")).rejects.toThrow(ProblemError);
    await expect(selectCopy("hub")).rejects.toMatchObject({
      problems: [{ code: "ADDRESS_BOOK_MISSING_ENTRY", path: "addresses.hub/eu-west-1" }],
    });
    await expect(selectCopy("shop")).resolves.toMatchObject({ addresses: [] });
  });

  test("a book that cannot be read stops every account", async () => {
    writeFileSync(path.join(folder, "acme.organization.ts.addresses.json"), "{");
    await expect(selectCopy("shop")).rejects.toMatchObject({
      problems: [{ code: "ADDRESS_BOOK_NOT_JSON", source: { line: 1 } }],
    });
  });
});
