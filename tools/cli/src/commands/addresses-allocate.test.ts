import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { tinyOrganization, workbench, type Workbench } from "../testing/run-atoll.ts";

// Each starts whole processes; on a busy machine that takes its time.
jest.setTimeout(60_000);

let bench: Workbench;

beforeEach(() => {
  bench = workbench();
});

afterEach(() => {
  bench.remove();
});

const file = ["--organization", "organization.ts"];

function organization(prefixLength: number, more = "") {
  const draws = `addresses: { pool: "main", prefixLength: ${String(prefixLength)} }, ${more}`;
  const files = tinyOrganization("return {};", draws);
  const text = files["organization.ts"]?.replace(
    "organizationalUnits: {},",
    'organizationalUnits: {}, pools: { main: { cidr: "10.0.0.0/12" } },',
  );
  return { ...files, "organization.ts": text ?? "" };
}

const book = () => readFileSync(join(bench.folder, "organization.ts.addresses.json"), "utf8");
const files = () => readdirSync(bench.folder).filter((name) => name.includes("addresses"));

test("a dry run says what would be added, a real one adds it, a second one has nothing to do", async () => {
  bench.write(organization(16));
  const dry = await bench.run(["addresses", "allocate", "--dry-run", ...file]);
  expect(dry).toMatchObject({ exitCode: 0, err: "" });
  expect(dry.out).toContain("one/eu-west-1");
  expect(dry.out).toContain("nothing was written");
  expect(files()).toEqual([]);

  const real = await bench.run(["addresses", "allocate", "--json", ...file]);
  expect(real).toMatchObject({ exitCode: 0, err: "" });
  const { added, written } = JSON.parse(real.out) as { added: object; written: boolean };
  expect(written).toBe(true);
  expect(JSON.parse(book())).toEqual({ version: 1, allocations: added });

  const again = await bench.run(["addresses", "allocate", ...file]);
  expect(again).toMatchObject({ exitCode: 0, err: "" });
  expect(again.out).toMatch(/^Nothing to allocate/);
  expect(files()).toEqual(["organization.ts.addresses.json"]);

  const table = await bench.run(["addresses", ...file]);
  expect(table).toMatchObject({ exitCode: 0, err: "" });
  expect(table.out).toContain("euw1-az1");
});

test("several at the same time write one whole book, and leave no lock", async () => {
  bench.write(organization(16));
  const runs = await Promise.all(
    [1, 2, 3].map(() => bench.run(["addresses", "allocate", "--json", ...file])),
  );
  expect(runs.map(({ exitCode }) => exitCode)).toEqual([0, 0, 0]);
  const results = runs.map(({ out }) => JSON.parse(out) as { written: boolean; added: object });
  expect(results.filter(({ written }) => written)).toHaveLength(1);
  const winner = results.find(({ written }) => written);
  expect(JSON.parse(book())).toEqual({ version: 1, allocations: winner?.added });
  expect(files()).toEqual(["organization.ts.addresses.json"]);
});

test("a book with errors is left as it is", async () => {
  const broken = '{ "version": 1, "allocations": { "one/eu-west-1": "10.0.0.300/16" } }\n';
  bench.write({ ...organization(16), "organization.ts.addresses.json": broken });
  const run = await bench.run(["addresses", "allocate", ...file]);
  expect(run.exitCode).toBe(1);
  expect(run.out).toContain("ADDRESS_BOOK_BAD_CIDR");
  expect(run.out).toContain("was left as it is");
  expect(book()).toBe(broken);
});

test("accounts: a block that is missing is said in the table and as a problem", async () => {
  bench.write(organization(16));
  const run = await bench.run(["accounts", ...file]);
  expect(run).toMatchObject({ exitCode: 1, err: "" });
  expect(run.out).toMatch(/^one .* not allocated /m);
  expect(run.out).toContain("ADDRESS_BOOK_MISSING_ENTRY");
});
