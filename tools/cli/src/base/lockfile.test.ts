import { lockfileProblem } from "./lockfile.ts";

const lockfile = (packages: Record<string, { version?: string; link?: boolean }>) =>
  JSON.stringify({ lockfileVersion: 3, packages: { "": { version: "1.0.0" }, ...packages } });

test("the same lockfile is no problem", () => {
  const text = lockfile({ "node_modules/zod": { version: "4.0.0" } });
  expect(lockfileProblem(text, text)).toBeUndefined();
});

test("names the packages that differ, at the top of node_modules only", () => {
  const base = lockfile({
    "node_modules/zod": { version: "4.0.0" },
    "node_modules/gone": { version: "1.0.0" },
    "node_modules/same/node_modules/inner": { version: "1.0.0" },
    "node_modules/@atoll/core": { link: true },
  });
  const head = lockfile({
    "node_modules/zod": { version: "4.1.0" },
    "node_modules/@pulumi/aws": { version: "7.0.0" },
    "node_modules/same/node_modules/inner": { version: "2.0.0" },
  });
  expect(lockfileProblem(base, head)).toMatchObject({
    code: "BASE_DEPENDENCIES_DIFFER",
    severity: "warning",
    got: ["@pulumi/aws none → 7.0.0", "gone 1.0.0 → none", "zod 4.0.0 → 4.1.0"],
  });
});

test("a base without a lockfile, or with a broken one, differs in everything", () => {
  const head = lockfile({ "node_modules/zod": { version: "4.1.0" } });
  expect(lockfileProblem(null, head)?.got).toEqual(["zod none → 4.1.0"]);
  expect(lockfileProblem("{", head)?.got).toEqual(["zod none → 4.1.0"]);
});
