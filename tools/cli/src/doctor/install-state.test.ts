import { installProblems } from "./install-state.ts";

const packages = (entries: Record<string, object>) => JSON.stringify({ packages: entries });
const zod = { version: "4.0.0" };

test.each<[string, string | null, string | null, string[]]>([
  [
    "as locked",
    packages({ "": {}, "node_modules/zod": zod }),
    packages({ "node_modules/zod": zod }),
    [],
  ],
  ["missing", packages({ "node_modules/zod": zod }), packages({}), ["1 package missing: zod"]],
  [
    "at another version",
    packages({ "node_modules/zod": zod }),
    packages({ "node_modules/zod": { version: "3.0.0" } }),
    ["1 package at another version: zod"],
  ],
  [
    "for another machine",
    packages({ "node_modules/fsevents": { version: "2.0.0", optional: true } }),
    packages({}),
    [],
  ],
  [
    "a package of the workspace",
    packages({ "node_modules/@atoll/core": { link: true, resolved: "packages/core" } }),
    packages({ "node_modules/@atoll/core": { link: true, resolved: "packages/core" } }),
    [],
  ],
  ["nothing installed", packages({}), null, ["nothing is installed"]],
  ["no lockfile", null, null, ["there is no package-lock.json"]],
  ["half-written", "{", packages({}), ["package-lock.json cannot be read"]],
])("%s", (_name, lockfile, installed, expected) => {
  expect(installProblems(lockfile, installed)).toEqual(expected);
});

test("long lists are cut", () => {
  const names = ["a", "b", "c", "d", "e"].map((name) => [`node_modules/${name}`, zod]);
  expect(
    installProblems(packages(Object.fromEntries(names) as Record<string, object>), packages({})),
  ).toEqual(["5 packages missing: a, b, c and 2 more"]);
});
