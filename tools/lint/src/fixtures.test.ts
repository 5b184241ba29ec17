import { globSync, rmSync } from "node:fs";

import { fixtures, lintWorkspace, makeFixtureWorkspace } from "./fixture-workspace.ts";

const IMPORTS = "@typescript-eslint/no-restricted-imports";
const LAYERS = "@nx/enforce-module-boundaries";
const SYNTAX = "no-restricted-syntax";
const GLOBALS = "no-restricted-globals";

/** Every fixture, and exactly the rules that it breaks. */
const EXPECTED: Readonly<Record<string, readonly string[]>> = {
  // Pure code
  "packages/networking/src/plan/clean.ts": [],
  "packages/networking/src/plan/imports-pulumi.ts": [IMPORTS],
  "packages/networking/src/plan/imports-pulumi-types.ts": [IMPORTS],
  "packages/networking/src/plan/imports-sdk.ts": [IMPORTS],
  "packages/networking/src/plan/imports-components.ts": [IMPORTS],
  "packages/networking/src/plan/reads-files.ts": [IMPORTS],
  "packages/networking/src/plan/reads-clock.ts": [SYNTAX],
  "packages/networking/src/plan/reads-date.ts": [SYNTAX],
  "packages/networking/src/plan/draws-at-random.ts": [SYNTAX],
  "packages/networking/src/plan/loads-at-run-time.ts": [SYNTAX],
  "packages/networking/src/plan/reads-environment.ts": [GLOBALS],
  "packages/networking/src/plan/fetches.ts": [GLOBALS],
  "packages/networking/src/plan/waits.ts": [GLOBALS],
  "packages/networking/src/plan/climbs-out.ts": [IMPORTS],
  "packages/networking/src/plan/tiers/climbs-out.ts": [IMPORTS],
  "packages/networking/src/plan/tiers/clean.ts": [],
  "packages/core/src/imports-component-package.ts": [LAYERS, IMPORTS],
  "packages/aws-facts/src/reads-clock.ts": [SYNTAX],
  "packages/organization/src/imports-pulumi.ts": [IMPORTS],
  "packages/organization/src/imports-own-component.ts": [IMPORTS],
  "packages/organization/src/stack.ts": [],
  "packages/organization/src/components/clean.ts": [],

  // Packages
  "packages/networking/src/index.ts": [],
  "packages/networking/src/vpc.ts": [],
  "packages/networking/src/clean.test.ts": [],
  "packages/networking/src/imports-tool.ts": [LAYERS, IMPORTS],
  "packages/networking/src/imports-tool.test.ts": [LAYERS, IMPORTS],
  "packages/networking/src/imports-tool-by-path.ts": [LAYERS, IMPORTS],
  "packages/networking/src/imports-package-by-path.ts": [LAYERS],
  "packages/networking/src/imports-stack.ts": [LAYERS],
  "packages/networking/src/imports-deeply.ts": [IMPORTS],
  "packages/networking/src/imports-testing.ts": [LAYERS, IMPORTS],
  "packages/networking/src/imports-testing.test.ts": [],
  "packages/networking/src/testing/imports-testing.ts": [],
  "packages/testing/src/imports-component-package.ts": [LAYERS],
  "packages/networking/src/literal-partition.ts": [SYNTAX],
  "packages/networking/src/literal-partition-in-template.ts": [SYNTAX],
  "packages/networking/src/bare-error.ts": [SYNTAX],
  "packages/networking/src/bare-type-error.ts": [SYNTAX],
  "packages/networking/src/floating-promise.ts": ["@typescript-eslint/no-floating-promises"],
  "packages/networking/src/open-switch.ts": ["@typescript-eslint/switch-exhaustiveness-check"],
  "packages/networking/src/uses-any.ts": ["@typescript-eslint/no-explicit-any"],
  "packages/networking/src/default-export.ts": [SYNTAX],
  "packages/networking/src/exports-all.ts": [SYNTAX],
  "packages/networking/src/AddressBook.ts": [SYNTAX],
  "packages/networking/handlers/reclaim/clean.ts": [],
  "packages/networking/handlers/reclaim/imports-pulumi.ts": [IMPORTS],

  // Stacks
  "stacks/contracts/clean.ts": [],
  "stacks/network/index.ts": [],
  "stacks/network/imports-another-stack.ts": [IMPORTS],
  "stacks/network/imports-tool.ts": [LAYERS, IMPORTS],
  "stacks/network/imports-testing.ts": [LAYERS, IMPORTS],
  "stacks/network/imports-testing.test.ts": [],
  "stacks/network/literal-partition.ts": [SYNTAX],
  "stacks/units/shop/clean.ts": [],
  "stacks/units/shop/imports-kind.ts": [IMPORTS],
  "stacks/units/shop/imports-another-unit.ts": [IMPORTS],

  // Tools
  "tools/aws-model/data/arns.ts": [],
  "tools/engine/src/index.ts": [],
  "tools/engine/src/clean.ts": [],
  "tools/engine/src/literal-partition.ts": [SYNTAX],
  "tools/engine/src/imports-stack-by-path.ts": [LAYERS],
  "tools/engine/src/imports-testing.ts": [LAYERS, IMPORTS],
  "tools/engine/src/imports-testing.test.ts": [],
};

let workspace: string;
let broken: ReadonlyMap<string, readonly string[]>;

beforeAll(() => {
  workspace = makeFixtureWorkspace();
  broken = lintWorkspace(workspace);
}, 180_000);

afterAll(() => {
  rmSync(workspace, { recursive: true, force: true });
});

test("every fixture has its line in the table", () => {
  expect(globSync("**/*.ts", { cwd: fixtures }).sort()).toEqual(Object.keys(EXPECTED).sort());
});

test.each(Object.entries(EXPECTED))("%s breaks %j", (file, rules) => {
  expect(broken.get(file)).toEqual(rules);
});
