import {
  DATA,
  DEFAULT_EXPORTS,
  HANDLERS,
  KIND_PROGRAMS,
  ORGANIZATION_COMPONENTS,
  PACKAGES,
  PURE,
  PURE_WITH_PULUMI_TYPES,
  STACKS,
  TESTS,
  TOOLS,
  UNIT_PROGRAMS,
} from "./folders.mjs";
import { FORBIDDEN_IMPORTS } from "./imports.mjs";
import { FORBIDDEN_GLOBALS, FORBIDDEN_SYNTAX } from "./syntax.mjs";

/**
 * @typedef {import("./imports.mjs").Pattern} Pattern
 * @typedef {import("./syntax.mjs").Restriction} Restriction
 * @typedef {{ files: (string | string[])[], ignores?: string[], rules: import("eslint").Linter.RulesRecord }} Block
 */

/** @type {(patterns: Pattern[]) => Block["rules"]} */
const imports = (patterns) => ({
  "@typescript-eslint/no-restricted-imports": ["error", { patterns }],
});

/** @type {(restrictions: Restriction[]) => Block["rules"]} */
const syntax = (restrictions) => ({ "no-restricted-syntax": ["error", ...restrictions] });

/** @type {(files: string[], others: string[]) => string[][]} Files that are in both lists. */
const both = (files, others) => files.flatMap((file) => others.map((other) => [file, other]));

/**
 * What holds for the files of a layer, less what their contract or their being data allows them.
 * @type {(files: string[], ignores: string[], restrictions: Restriction[]) => Block[]}
 */
const layer = (files, ignores, restrictions) => [
  { files, ignores, rules: syntax(restrictions) },
  {
    files: both(files, DEFAULT_EXPORTS),
    ignores,
    rules: syntax(FORBIDDEN_SYNTAX.withDefaultExport(restrictions)),
  },
  {
    files: both(files, DATA),
    ignores,
    rules: syntax(FORBIDDEN_SYNTAX.withLiteralArns(restrictions)),
  },
];

/**
 * Planners, at a depth below `plan`: they may not climb out of it, because beside it lie components.
 * @type {(depth: number) => Block}
 */
const plan = (depth) => ({
  files: [`packages/*/src/plan/${"*/".repeat(depth)}*.ts`],
  rules: imports(FORBIDDEN_IMPORTS.plan(depth)),
});

/**
 * The layers inside packages and the house rules, from the general to the particular: where two blocks set the same
 * rule for a file, the later one replaces the earlier.
 * @type {Block[]}
 */
export const layers = [
  { files: TOOLS, rules: imports(FORBIDDEN_IMPORTS.tool) },
  ...layer(TOOLS, [], FORBIDDEN_SYNTAX.tool),

  { files: STACKS, rules: imports(FORBIDDEN_IMPORTS.stack) },
  { files: KIND_PROGRAMS, rules: imports(FORBIDDEN_IMPORTS.kindProgram) },
  { files: UNIT_PROGRAMS, rules: imports(FORBIDDEN_IMPORTS.unitProgram) },
  ...layer(STACKS, [], FORBIDDEN_SYNTAX.stack),

  { files: PACKAGES, rules: imports(FORBIDDEN_IMPORTS.package) },
  ...layer(PACKAGES, [], FORBIDDEN_SYNTAX.package),
  { files: HANDLERS, rules: imports(FORBIDDEN_IMPORTS.handler) },

  {
    files: PURE,
    ignores: ORGANIZATION_COMPONENTS,
    rules: {
      ...imports(FORBIDDEN_IMPORTS.pure),
      "no-restricted-globals": ["error", ...FORBIDDEN_GLOBALS],
    },
  },
  ...layer(PURE, ORGANIZATION_COMPONENTS, FORBIDDEN_SYNTAX.pure),
  { files: PURE_WITH_PULUMI_TYPES, rules: imports(FORBIDDEN_IMPORTS.pureWithPulumiTypes) },
  ...[0, 1, 2].map(plan),

  {
    files: TESTS,
    rules: { ...syntax(FORBIDDEN_SYNTAX.test), "no-restricted-globals": "off" },
  },
  { files: both([...PACKAGES, ...STACKS], TESTS), rules: imports(FORBIDDEN_IMPORTS.test) },
  { files: both(TOOLS, TESTS), rules: imports(FORBIDDEN_IMPORTS.toolTest) },

  {
    files: ["**/*[A-Z_]*.{ts,mjs}"],
    rules: syntax([{ selector: "Program", message: "File names are kebab-case." }]),
  },
];
