/** Which files belong to which layer. Everything else in the rules is said in terms of these lists. */

/**
 * Tests and what only tests read, packages/testing as a whole. They may throw plain errors, read clocks and write literal
 * ARNs.
 */
export const TESTS = ["**/*.test.ts", "**/*.types.ts", "**/testing/**"];

/**
 * Files of packages/organization that create resources or run programs. Its other sources are pure, because its main
 * entry is read by the command line before any engine starts. New ones belong in `src/components/`.
 */
export const ORGANIZATION_COMPONENTS = [
  "packages/organization/src/components.ts",
  "packages/organization/src/components/**",
  "packages/organization/src/run-stack.ts",
];

/** Code without Pulumi, AWS SDK, clock, environment, network or randomness. */
export const PURE = [
  "packages/core/src/**/*.ts",
  "packages/aws-facts/src/**/*.ts",
  "packages/organization/src/**/*.ts",
  "packages/*/src/plan/**/*.ts",
];

/** Pure, and yet written in Pulumi's types: what a program is given and returns. */
export const PURE_WITH_PULUMI_TYPES = [
  "packages/organization/src/stack.ts",
  "packages/organization/src/contracts.ts",
];

/** Lambda code: pure code and the AWS SDK. */
export const HANDLERS = ["packages/*/handlers/**/*.ts"];

export const PACKAGES = ["packages/**/*.ts"];
export const STACKS = ["stacks/**/*.ts"];
export const TOOLS = ["tools/**/*.ts", "tools/**/*.mjs", "*.mjs"];

/** Programs of kinds and units; what composes them (`main.ts`, `programs.ts`) stands beside these folders. */
export const KIND_PROGRAMS = ["stacks/!(contracts|config|units|types|testing)/**/*.ts"];
export const UNIT_PROGRAMS = ["stacks/units/*/**/*.ts"];

/** Files whose default export is their contract. */
export const DEFAULT_EXPORTS = [
  "stacks/**/index.ts",
  "stacks/main.ts",
  "**/organization.ts",
  "tools/bench/organization/**/*.ts",
  "**/*.config.mjs",
];

/** Generated or copied tables, where an ARN is data. */
export const DATA = ["**/data/**"];
