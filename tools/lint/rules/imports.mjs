import { builtinModules } from "node:module";

/**
 * Import patterns that each layer refuses, as options of `@typescript-eslint/no-restricted-imports`.
 * @typedef {{ regex: string, message: string, allowTypeImports?: boolean, allowImportNames?: string[] }} Pattern
 */

/** Builtins that neither look at the machine nor change it. */
const HARMLESS_BUILTINS = ["path", "path/posix", "util", "crypto", "assert"];

const harmful = builtinModules
  .map((name) => name.replace(/^node:/, ""))
  .filter((name) => !name.startsWith("_") && !HARMLESS_BUILTINS.includes(name));

/** @type {Pattern} */
const deepImport = {
  regex: "^@atoll/[^/]+/(src(/|$)|.*\\.[cm]?[jt]s$)",
  message: "A deep import. Import what the package exports: see `exports` in its package.json.",
};

/** @type {Pattern} */
const tool = {
  regex:
    "^@atoll/(aws-model|bench|cli|deploy|engine|generators|lint|report|sandbox|setup)(/|$)|(^|/)tools/",
  message: "Nothing imports a tool: tools may go away, packages and stacks may not notice.",
};

/** @type {Pattern} */
const testing = {
  regex: "^@atoll/testing(/|$)",
  message: "Only tests import what is made for tests.",
};

/** @type {Pattern} */
const pulumi = {
  regex: "^@pulumi/",
  message: "This layer has no Pulumi: it must run without an engine.",
};

/** @type {Pattern[]} */
const outsideWorld = [
  {
    regex: "^(@aws-sdk/|@smithy/|aws-sdk($|/)|@aws-lambda-powertools/)",
    message: "Pure code has no AWS SDK.",
  },
  {
    regex: `^(node:)?(${harmful.join("|")})$`,
    message:
      "Pure code does not touch the machine: take the value as an argument, or move this to a tool or a component.",
  },
  {
    regex: "^(node:)?crypto$",
    allowImportNames: ["createHash", "hash"],
    message:
      "Of node:crypto pure code uses `createHash` and `hash` alone: the rest is random or keeps keys.",
  },
];

/** @type {Pattern} */
const impureEntry = {
  regex: "^@atoll/(?!(core|aws-facts|organization(/(lifecycle|stack))?)$|[a-z-]+/plan$)",
  message:
    "Pure code imports pure entries only: @atoll/core, @atoll/aws-facts, @atoll/organization or a `/plan`.",
};

/** @type {Pattern} */
const organizationComponent = {
  regex: "^\\.{1,2}/(.*/)?(components|run-stack)(\\.ts$|/)",
  message:
    "The main entry of @atoll/organization is pure: its components have an entry of their own.",
};

/** @type {(depth: number) => Pattern} A relative path that climbs out of a `plan` folder. */
const outOfPlan = (depth) => ({
  regex: `^(\\./)?(\\.\\./){${String(depth + 1)}}`,
  message: "A planner imports nothing of its package but other planners.",
});

/** @type {Pattern} */
const anotherKind = {
  regex: "^(\\./)?\\.\\./(?!contracts/)",
  message:
    "A stack never imports another stack: read its outputs with `context.output(kind, name)`.",
};

/** @type {Pattern} */
const anotherUnit = {
  regex: "^(\\./)?\\.\\./(?!\\.\\./contracts/)",
  message: "A unit imports neither another unit nor a kind's program.",
};

const everywhere = [deepImport, testing];
const shipped = [...everywhere, tool];
const pure = [...shipped, ...outsideWorld, impureEntry, organizationComponent];

/** What each layer may not import. */
export const FORBIDDEN_IMPORTS = {
  tool: everywhere,
  toolTest: [deepImport],
  package: shipped,
  handler: [...shipped, pulumi],
  pure: [...pure, pulumi],
  pureWithPulumiTypes: [...pure, { ...pulumi, allowTypeImports: true }],
  /** @type {(depth: number) => Pattern[]} */
  plan: (depth) => [...pure, pulumi, outOfPlan(depth)],
  stack: shipped,
  test: [deepImport, tool],
  kindProgram: [...shipped, anotherKind],
  unitProgram: [...shipped, anotherUnit],
};
