import { defineConfig } from "eslint/config";
import tseslint from "typescript-eslint";

import { TESTS } from "./folders.mjs";

/**
 * Rules for every source: typescript-eslint's strict type-aware set, less what quarrels with this code.
 * @type {import("eslint").Linter.Config}
 */
const strict = {
  languageOptions: { parserOptions: { projectService: true } },
  rules: {
    "@typescript-eslint/switch-exhaustiveness-check": [
      "error",
      { considerDefaultExhaustiveForUnions: true, requireDefaultForNonUnion: true },
    ],
    "@typescript-eslint/consistent-type-imports": ["error", { disallowTypeAnnotations: false }],
    "@typescript-eslint/consistent-type-exports": "error",
    "@typescript-eslint/no-import-type-side-effects": "error",
    "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
    "@typescript-eslint/no-misused-spread": ["error", { allow: ["string"] }],
    "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
    "@typescript-eslint/no-unused-vars": [
      "error",
      { argsIgnorePattern: "^_", varsIgnorePattern: "^_" },
    ],
    // A function that must return a promise need not await one.
    "@typescript-eslint/require-await": "off",
    // `keyof StackContracts` is never until contracts are declared into it; `Record<never, never>` is meant.
    "@typescript-eslint/no-redundant-type-constituents": "off",
    "@typescript-eslint/no-generated-empty-object-type": "off",
    // It overflows the stack on types that contain themselves, such as a JSON value (8.73.0).
    "@typescript-eslint/no-unsafe-class-instance-assignment": "off",
    eqeqeq: ["error", "always", { null: "ignore" }],
    "no-console": "error",
    // The aim is 250 lines a file and 60 a function; here it ends.
    "max-lines": ["error", { max: 300, skipBlankLines: true, skipComments: true }],
    "max-lines-per-function": ["error", { max: 75, skipBlankLines: true, skipComments: true }],
  },
};

/**
 * Tests: assertions narrow nothing for the compiler, jest's matchers are `any`, and tables of cases are long.
 * @type {import("eslint").Linter.Config}
 */
const inTests = {
  files: TESTS,
  rules: {
    "@typescript-eslint/no-non-null-assertion": "off",
    "@typescript-eslint/no-unsafe-argument": "off",
    "@typescript-eslint/no-unsafe-assignment": "off",
    "max-lines": "off",
    "max-lines-per-function": "off",
  },
};

/**
 * Plain JavaScript: its casts are comments, which these rules do not see. tsc reads them (`checkJs`).
 * @type {import("eslint").Linter.Config}
 */
const inJavaScript = {
  files: ["**/*.mjs"],
  rules: {
    "@typescript-eslint/no-unsafe-argument": "off",
    "@typescript-eslint/no-unsafe-assignment": "off",
    "@typescript-eslint/no-unsafe-call": "off",
    "@typescript-eslint/no-unsafe-member-access": "off",
    "@typescript-eslint/no-unsafe-return": "off",
  },
};

/** The type-aware rules, to extend from. */
export const typescript = defineConfig(
  tseslint.configs.strictTypeChecked,
  strict,
  inTests,
  inJavaScript,
);
